import { describe, expect, test } from 'bun:test'
import { type Exit, type Restart, RestartPolicy } from './restart-policy.ts'

const failed: Exit = { wasReady: false, uptimeMs: 50 }
const killed: Exit = { wasReady: true, bySignal: 'SIGKILL', uptimeMs: 50 }
const stable: Exit = { wasReady: true, uptimeMs: 60_000 }

const after = (...exits: Exit[]): Restart[] => {
  const policy = new RestartPolicy()
  return exits.map((exit) => policy.next(exit))
}
const delays = (restarts: Restart[]) => restarts.map((one) => (one.kind === 'restart' ? one.delayMs : one.kind))

describe('a process that ended starts again', () => {
  test('at once the first time, then after growing pauses of up to a second', () => {
    const pauses = delays(after(...Array.from({ length: 8 }, () => killed)))
    expect(pauses).toEqual([0, 100, 200, 400, 800, 1000, 1000, 1000])
  })

  test('at once when it had been up for a while', () => {
    expect(delays(after(killed, killed, stable, stable, killed))).toEqual([0, 100, 0, 0, 0])
  })

  test('for ever when it is killed from outside', () => {
    expect(after(...Array.from({ length: 100 }, () => killed)).at(-1)?.kind).toBe('restart')
  })

  test('not a fifth time in a row that it failed by itself soon after its start', () => {
    expect(delays(after(failed, failed, failed, failed, failed))).toEqual([0, 100, 200, 400, 'give up'])
  })

  test('a failure that is not in a row does not count', () => {
    const restarts = after(failed, failed, failed, failed, stable, failed, failed, failed, failed)
    expect(restarts.map(({ kind }) => kind)).not.toContain('give up')
  })

  test('being up without ever being ready is no success', () => {
    const slow: Exit = { wasReady: false, uptimeMs: 60_000 }
    expect(after(slow, slow, slow, slow, slow).at(-1)).toEqual({ kind: 'give up', failures: 5 })
  })
})
