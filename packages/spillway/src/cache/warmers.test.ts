import { describe, expect, test } from 'bun:test'
import { createLogger } from '../foundation/index.ts'
import { runWarmer, type WarmerDefinition, warmer } from './warmers.ts'

const lines: string[] = []
const logger = createLogger('test', 'info', { write: (line) => lines.push(line) })

function run(work: WarmerDefinition['run'], signal = new AbortController().signal) {
  lines.length = 0
  return runWarmer(warmer({ name: 'things', run: work }), { signal, logger, page: async () => undefined })
}

describe('a warmer', () => {
  test('warms in order, two at a time, and tells how much and how long', async () => {
    const seen: number[] = []
    let running = 0
    let most = 0
    const outcome = await run(({ each }) =>
      each([1, 2, 3, 4, 5, 6], async (item) => {
        seen.push(item)
        most = Math.max(most, ++running)
        await Bun.sleep(2)
        running--
      }),
    )
    expect(seen).toEqual([1, 2, 3, 4, 5, 6])
    expect(most).toBe(2)
    expect(outcome).toMatchObject({ warmed: 6, failed: 0 })
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ level: 'info', warmer: 'things', ...outcome })
  })

  test('leaves out what fails, and says so', async () => {
    const outcome = await run(({ each }) =>
      each([1, 2, 3], (item) => {
        if (item === 2) throw new Error('two is broken')
      }),
    )
    expect(outcome).toMatchObject({ warmed: 2, failed: 1 })
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'warn', warmer: 'things', error: 'two is broken' })
  })

  test('gives up when everything fails', async () => {
    let attempts = 0
    const running = run(({ each }) =>
      each(new Array(1_000).fill(0), () => {
        attempts++
        throw new Error('no database')
      }),
    )
    expect(await running.catch(({ code, message }) => ({ code, message }))).toEqual({
      code: 'CACHE_WARMING_FAILED',
      message: '10 in a row failed, at last with: no database',
    })
    expect(attempts).toBeLessThanOrEqual(11)
  })

  test('ends when it is told to, without waiting for the rest', async () => {
    const stopping = new AbortController()
    const endless = (function* () {
      for (let item = 0; ; item++) yield item
    })()
    const outcome = await run(({ each }) => each(endless, (item) => item === 7 && stopping.abort()), stopping.signal)
    expect(outcome.warmed).toBeGreaterThanOrEqual(8)
    expect(outcome.warmed).toBeLessThanOrEqual(9)
    expect(lines.at(-1)).toContain('ended early')
  })

  test('rests as long as it has worked, so a slow database has half of the time for others', async () => {
    const { tookMs } = await run(({ each }) => each([20, 20, 20, 20], (ms) => Bun.sleep(ms)))
    // A lower bound, however busy the machine is: each of two lanes has worked twice, and rested twice.
    expect(tookMs).toBeGreaterThanOrEqual(76)
  })

  test('has a name and an interval that make sense', () => {
    const none = async () => undefined
    expect(() => warmer({ name: 'No Name', run: none })).toThrow('can\'t be called "No Name"')
    expect(() => warmer({ name: 'never', everySeconds: 0, run: none })).toThrow("can't run every 0 s")
    expect(warmer({ name: 'usual', run: none }).everySeconds).toBe(600)
  })
})
