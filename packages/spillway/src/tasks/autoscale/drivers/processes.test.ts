import { describe, expect, test } from 'bun:test'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '../../../foundation/index.ts'
import { runningProcesses } from '../../../foundation/processes.ts'
import { until } from '../../../testing/until.ts'
import { Journal } from '../fixtures/journal.ts'
import { ProcessesDriver, type ProcessesOptions } from './processes.ts'
import { scalingDriverSuite } from './scaling-driver-suite.ts'
import { pauseAfter } from './worker-process.ts'

const logger = createLogger('test', 'silent')
const script = join(import.meta.dir, '../fixtures/worker.ts')
const command = [process.execPath, script]
const atLeast = (count: number, pids: number[]) => (pids.length >= count ? pids : undefined)
const isAlive = (pid: number) => runningProcesses().some((one) => one.pid === pid)

function openDriver(env: Record<string, string> = {}, options: Partial<ProcessesOptions> = {}) {
  const journal = new Journal()
  const driver = new ProcessesDriver({
    command,
    env: { ...process.env, JOURNAL: journal.path, ...env },
    drainTimeoutMs: 5_000,
    logger,
    ...options,
  })
  const running = () => journal.pids('started').filter(isAlive)
  const ready = (count: number) => until(() => atLeast(count, journal.pids('ready')), { what: `${count} workers` })
  const close = async () => {
    await driver.stop()
    journal[Symbol.dispose]()
  }
  return { driver, journal, running, ready, close, [Symbol.asyncDispose]: close }
}

scalingDriverSuite('the processes driver', async () => {
  const { driver, running, close } = openDriver()
  const runs = (count: number) => until(() => running().length === count, { what: `${count} workers to run` })
  return { driver, runs, stopEndsWorkers: true, close }
})

describe('a worker process', () => {
  test('finishes what it runs before it goes, and no longer counts meanwhile', async () => {
    await using opened = openDriver({ TASK_MS: '300' })
    const { driver, journal, ready, running } = opened
    await driver.scaleTo(2)
    await ready(2)
    await driver.scaleTo(1)
    expect(await driver.current()).toBe(1)
    const [leaver] = await until(() => atLeast(1, journal.pids('told')))
    expect(running()).toContain(leaver!)
    await until(() => journal.pids('drained').includes(leaver!), { what: 'the task to end' })
    await until(() => running().length === 1, { what: 'the worker to go' })
  })

  test('is waited for when the driver stops', async () => {
    await using opened = openDriver({ TASK_MS: '300' })
    const { driver, journal, ready, running } = opened
    await driver.scaleTo(2)
    await ready(2)
    await driver.scaleTo(1)
    await driver.stop()
    expect(journal.pids('drained')).toHaveLength(2)
    expect(running()).toEqual([])
    await driver.scaleTo(3)
    expect(await driver.current()).toBe(0)
  })

  test('that does not drain in time is killed', async () => {
    await using opened = openDriver({ MANNERS: 'deaf' }, { drainTimeoutMs: 300 })
    const { driver, journal, ready, running } = opened
    await driver.scaleTo(1)
    await ready(1)
    await driver.stop()
    expect(journal.pids('told')).toHaveLength(1)
    expect(running()).toEqual([])
  })

  test('that does not drain in time is killed behind its shell too', async () => {
    // The shell waits for its child, so it ends with it; the worker ignores the signal.
    const shell = ['sh', '-c', `trap '' TERM; ${process.execPath} ${script}; true`]
    await using opened = openDriver({ MANNERS: 'deaf' }, { command: shell, drainTimeoutMs: 300 })
    const { driver, ready, running } = opened
    await driver.scaleTo(1)
    await ready(1)
    await driver.stop()
    await until(() => running().length === 0, { what: 'the worker to be gone' })
  })

  test('that is idle goes first, then the youngest', async () => {
    await using opened = openDriver()
    const { driver, journal, ready } = opened
    for (const count of [1, 2, 3, 4]) {
      await driver.scaleTo(count)
      await ready(count)
    }
    const [first, second, third, fourth] = journal.pids('ready') as [number, number, number, number]
    const left = async (count: number) => (await until(() => atLeast(count, journal.pids('drained')))).at(-1)
    await driver.scaleTo(3, { idle: [second, third].map((pid) => `${hostname()}:${pid}`) })
    expect(await left(1)).toBe(second)
    await driver.scaleTo(2)
    expect(await left(2)).toBe(fourth)
    await driver.scaleTo(1, { idle: [`${hostname()}:${first}`] })
    expect(await left(3)).toBe(first)
  })

  test('that was killed is replaced', async () => {
    await using opened = openDriver()
    const { driver, running, ready } = opened
    await driver.scaleTo(2)
    const [victim] = await ready(2)
    process.kill(victim!, 'SIGKILL')
    await ready(3)
    expect(running()).toHaveLength(2)
    expect(running()).not.toContain(victim!)
    expect(await driver.current()).toBe(2)
  })

  test('that crashes again and again is tried with pauses, and goes first', async () => {
    await using opened = openDriver({ MANNERS: 'crashing' })
    const { driver, journal } = opened
    await driver.scaleTo(1)
    await until(() => journal.pids('crashed').length >= 2, { what: 'the second attempt' })
    expect(await driver.current()).toBe(1)
    await driver.scaleTo(0)
    await driver.stop()
    expect(Array.from({ length: 9 }, (_, lives) => pauseAfter(lives))).toEqual([
      0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ])
  })

  test('needs a command that exists', () => {
    expect(() => new ProcessesDriver({ command: ['no-such-worker'], logger })).toThrow('no command "no-such-worker"')
    expect(() => new ProcessesDriver({ command: [], logger })).toThrow('no command ""')
  })
})

test('worker processes drain when the autoscaler is killed', async () => {
  using journal = new Journal()
  const holder = Bun.spawn([process.execPath, '-e', holderCode], {
    env: { ...process.env, JOURNAL: journal.path, TASK_MS: '200' },
    stdout: 'ignore',
    stderr: 'inherit',
  })
  await until(() => journal.pids('ready').length === 2, { what: 'both workers' })
  holder.kill('SIGKILL')
  await until(() => journal.pids('drained').length === 2, { what: 'both to drain' })
  await until(() => !journal.pids('started').some(isAlive), { what: 'both to end' })
})

const holderCode = `
  import { createLogger } from ${JSON.stringify(join(import.meta.dir, '../../../foundation/index.ts'))}
  import { ProcessesDriver } from ${JSON.stringify(join(import.meta.dir, 'processes.ts'))}
  const driver = new ProcessesDriver({ command: ${JSON.stringify(command)}, logger: createLogger('test', 'silent') })
  await driver.scaleTo(2)
  setInterval(() => undefined, 60_000)`
