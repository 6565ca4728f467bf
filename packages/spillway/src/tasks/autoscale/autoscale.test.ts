import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { createLogger } from '../../foundation/index.ts'
import { runningProcesses } from '../../foundation/processes.ts'
import { until } from '../../testing/until.ts'
import { type AutoscaleOptions, autoscale } from './autoscale.ts'
import { ProcessesDriver } from './drivers/processes.ts'
import { Journal } from './fixtures/journal.ts'
import { loadOf, workers } from './fixtures/loads.ts'
import { SteadyDriver } from './fixtures/steady-driver.ts'
import type { Load } from './load.ts'

interface Line {
  level: string
  msg: string
  workers?: number
  target?: number
  reason?: string
  dry_run?: boolean
}

const hasty = { upCooldownMs: 0, downCooldownMs: 0, quietLooks: 1 }

/** Runs it with looks in quick succession, until disposed. */
function startAutoscale(observe: () => Promise<Load>, options: Partial<AutoscaleOptions> = {}) {
  const driver = new SteadyDriver()
  const stopping = new AbortController()
  const lines: Line[] = []
  const logger = createLogger('test', 'debug', { write: (line) => void lines.push(JSON.parse(line)) })
  const ended = autoscale({
    observe,
    driver,
    rules: hasty,
    intervalMs: 2,
    logger,
    signal: stopping.signal,
    ...options,
  })
  const said = (level: string, reason: string) =>
    until(() => lines.find((line) => line.level === level && (line.reason ?? line.msg).includes(reason)), {
      what: `${level}: ${reason}`,
    })
  const stop = async () => {
    stopping.abort()
    await ended
  }
  return { driver, lines, said, stop, [Symbol.asyncDispose]: stop }
}

describe('the autoscaler', () => {
  test('starts at the minimum, follows the load and says why', async () => {
    let load = loadOf({ waiting: 200 })
    await using scaling = startAutoscale(async () => load, { rules: { ...hasty, stepUp: 17 } })
    const { driver, said } = scaling
    expect(await said('info', 'below the minimum')).toMatchObject({ workers: 0, target: 3, msg: 'more workers' })
    expect(await said('info', '200 tasks wait')).toMatchObject({ workers: 3, target: 20, driver: 'steady' })
    await said('debug', '20 workers are the maximum')
    load = loadOf({ workers: workers(0, ...Array(19).fill(1)) })
    expect(await said('info', 'idle')).toMatchObject({ workers: 20, target: 19, msg: 'fewer workers' })
    expect(driver.asked.find(({ count }) => count === 19)).toEqual({ count: 19, idle: ['w0'] })
  })

  test('holds and says so while the queue is away, and goes on when it is back', async () => {
    let isAway = true
    await using scaling = startAutoscale(async () => {
      if (isAway) throw new Error('connection refused')
      return loadOf({ waiting: 200 })
    })
    const { driver, said } = scaling
    await said('warn', "the queue can't be seen: connection refused")
    expect(driver.asked).toEqual([{ count: 3, idle: [] }])
    isAway = false
    await said('info', '200 tasks wait')
  })

  test('tries again what the driver could not do', async () => {
    const driver = new SteadyDriver()
    driver.trouble = new Error('no more machines')
    await using scaling = startAutoscale(async () => loadOf(), { driver })
    await scaling.said('error', 'could not be read or changed')
    await until(() => driver.asked.length > 3, { what: 'more attempts' })
    driver.trouble = undefined
    await until(() => driver.count === 3, { what: 'the minimum' })
  })

  test('says in a dry run what it would do, and does nothing', async () => {
    const driver = new SteadyDriver()
    driver.count = 4
    await using scaling = startAutoscale(async () => loadOf({ waiting: 200 }), { driver, isDryRun: true })
    expect(await scaling.said('info', '200 tasks wait')).toMatchObject({ workers: 4, target: 6, dry_run: true })
    await until(() => scaling.lines.length > 3, { what: 'further looks' })
    expect(driver.asked).toEqual([])
  })

  test.each([
    ['lasts longer than an interval', 60_000, ['info', 'debug', 'debug', 'debug']],
    ['is just over at each look', 20, ['info', 'info', 'info', 'info']],
  ])(
    'says more in a dry run no sooner than it would do more, when the cooldown %s',
    async (_, upCooldownMs, levels) => {
      const driver = new SteadyDriver()
      driver.count = 4
      const options = { driver, rules: { upCooldownMs }, intervalMs: 20, isDryRun: true }
      await using scaling = startAutoscale(async () => loadOf({ waiting: 200 }), options)
      await until(() => scaling.lines.length >= 4, { what: 'four looks' })
      expect(scaling.lines.slice(0, 4).map(({ level }) => level)).toEqual(levels)
    },
  )

  test('stops its driver when it is told to, also during a look that gets no answer', async () => {
    const scaling = startAutoscale(() => new Promise<never>(() => undefined))
    await scaling.stop()
    expect(scaling.driver.stops).toBe(1)
    expect(scaling.lines).toEqual([])
  })

  test('refuses what can not be', async () => {
    const { signal } = new AbortController()
    const options = {
      observe: async () => loadOf(),
      driver: new SteadyDriver(),
      logger: createLogger('test', 'silent'),
    }
    await expect(autoscale({ ...options, signal, intervalMs: 0 })).rejects.toThrow("can't look every 0 ms")
    await expect(autoscale({ ...options, signal, rules: { min: 9, max: 3 } })).rejects.toThrow(
      'At least 9 and at most 3',
    )
  })
})

test('real processes come with the load and go when it is over', async () => {
  using journal = new Journal()
  let waiting = 200
  const running = () => {
    const alive = new Set(runningProcesses().map(({ pid }) => pid))
    return journal.pids('ready').filter((pid) => alive.has(pid))
  }
  const observe = async () =>
    loadOf({
      waiting,
      workers: running().map((pid) => ({ id: `${pid}`, busy: 0, startedAtMs: pid, isDraining: false })),
    })
  const driver = new ProcessesDriver({
    command: [process.execPath, join(import.meta.dir, 'fixtures/worker.ts')],
    env: { ...process.env, JOURNAL: journal.path, TASK_MS: '50' },
    idOf: String,
    logger: createLogger('test', 'silent'),
  })
  const scaling = startAutoscale(observe, { driver, rules: { ...hasty, min: 1, max: 4 }, intervalMs: 20 })
  await until(() => running().length === 4, { what: 'four workers' })
  waiting = 0
  await until(() => running().length === 1, { what: 'one worker' })
  await scaling.stop()
  expect(running()).toEqual([])
  expect(journal.pids('drained').toSorted()).toEqual(journal.pids('told').toSorted())
})
