import { describe, expect, test } from 'bun:test'
import { type Exit, type Restart, RestartPolicy } from './restart-policy.ts'

const failed: Exit = { wasReady: false, uptimeMs: 50 }
const killed: Exit = { wasReady: true, bySignal: 'SIGKILL', uptimeMs: 50 }
const stable: Exit = { wasReady: true, uptimeMs: 60_000 }

const after = (...exits: Exit[]): Restart[] => afterThese(new RestartPolicy(), exits)
const afterThese = (policy: RestartPolicy, exits: Exit[]): Restart[] => {
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

describe('a process whose work may be what ends it', () => {
  const crashed: Exit = { wasReady: true, uptimeMs: 50 }
  const restarts = (...exits: Exit[]) => afterThese(new RestartPolicy('go on'), exits)

  test('starts again for ever, after pauses that grow to five seconds', () => {
    const pauses = delays(restarts(...Array.from({ length: 9 }, () => crashed)))
    expect(pauses).toEqual([0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000])
  })

  test('is said to be in a crash loop from the fifth time on, until it was up for a while', () => {
    const loop = restarts(crashed, crashed, crashed, crashed, crashed, stable, crashed)
    const isLoop = loop.map((one) => one.kind === 'restart' && one.isCrashLoop)
    expect(isLoop).toEqual([false, false, false, false, true, false, false])
  })

  test('is given up all the same when it was never ready', () => {
    expect(restarts(failed, failed, failed, failed, failed).at(-1)?.kind).toBe('give up')
  })
})
