import { describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { createLogger } from '../../foundation/index.ts'
import { taskBackends } from '../../testing/task-backends.ts'
import { taskSuite } from '../../testing/task-suite.ts'
import { until } from '../../testing/until.ts'
import {
  chain,
  DeadLetters,
  NoDeadLetterError,
  PermanentTaskError,
  queueDepth,
  type Task,
  type TaskRun,
  TaskUsageError,
  task,
  taskStatus,
  WorkerBeats,
} from '../index.ts'
import type { Beat } from './beat.ts'

const logger = createLogger('test', 'silent')
const note = { input: z.object({ text: z.string() }) }

describe.each(taskBackends)('what is seen of tasks on %s', (_, openBackends) => {
  const suite = taskSuite(openBackends)

  /** Tasks that can be enqueued, and workers that tell of themselves, when told. */
  function started(...tasks: Task<never, unknown>[]) {
    const { queues, reopen, work: begin } = suite.started(...tasks)
    const work = async (concurrency = 8) => {
      const own = reopen()
      const worker = await begin({ queues: own, concurrency })
      const beats = new WorkerBeats({ queues: own, worker, process: { release: 'r1' }, logger, everyMs: 50 })
      await beats.start()
      const stop = async () => {
        await worker.stop(100)
        await beats.stop()
      }
      suite.afterTest(stop)
      return { worker, stop }
    }
    const names = [...new Set(tasks.map(({ queue }) => queue))]
    return { queues, work, names, letters: new DeadLetters(queues, names) }
  }

  /** A task whose runs end when they are told to. */
  function gated(name: string, queue = 'default') {
    const gate = Promise.withResolvers<void>()
    suite.afterTest(gate.resolve)
    return { open: () => gate.resolve(), task: task(name, { ...note, queue }, () => gate.promise) }
  }

  describe('a queue', () => {
    test('tells how many wait, run, are delayed, have failed and are kept', async () => {
      const { task: held, open } = gated('held')
      const quick = task('quick', note, () => 1)
      const bad = task('bad', note, () => {
        throw new PermanentTaskError('no')
      })
      const { queues, work } = started(held, quick, bad)
      await work(2)
      await quick.enqueueMany([{ text: 'a' }, { text: 'b' }, { text: 'c' }])
      await bad.enqueue({ text: 'a' })
      await until(async () => (await queueDepth(queues, 'default')).failed === 1)
      await held.enqueueMany(Array.from({ length: 7 }, () => ({ text: 'a' })))
      await quick.enqueue({ text: 'later' }, { delayMs: 60_000 })
      await until(async () => (await queueDepth(queues, 'default')).active === 2)
      const depth = await queueDepth(queues, 'default')
      expect(depth).toMatchObject({
        ...{ name: 'default', waiting: 5, active: 2, delayed: 1, failed: 1, completed: 3 },
        isPaused: false,
      })
      open()
    })

    test('nothing of which waits or runs has no oldest', async () => {
      const quick = task('quick', note, () => 1)
      const { queues } = started(quick)
      expect(await queueDepth(queues, 'default')).toMatchObject({ oldestWaitingMs: undefined, waiting: 0 })
      expect((await queueDepth(queues, 'default')).oldestActiveMs).toBeUndefined()
    })

    test('tells how old the oldest is, whatever its priority', async () => {
      const quick = task('quick', note, () => 1)
      const { queues } = started(quick)
      const begun = performance.now()
      await quick.enqueue({ text: 'the oldest' }, { priority: 2 })
      const afterOldest = performance.now()
      await Bun.sleep(300)
      await quick.enqueueMany([{ text: 'a' }, { text: 'b' }], { priority: 9 })
      await quick.enqueueMany([{ text: 'a' }, { text: 'b' }], { priority: 2 })
      await quick.enqueueMany([{ text: 'a' }], { priority: 0 })
      const atLeast = performance.now() - afterOldest
      const { oldestWaitingMs, waiting } = await queueDepth(queues, 'default')
      expect(waiting).toBe(6)
      expect(oldestWaitingMs).toBeGreaterThanOrEqual(Math.floor(atLeast) - 1)
      expect(oldestWaitingMs).toBeLessThanOrEqual(performance.now() - begun + 2)
    })

    test('counts a delayed task as waiting from when it could run, though all slots are taken', async () => {
      const quick = task('quick', note, () => 1)
      const { task: held } = gated('held')
      const { queues, work } = started(quick, held)
      await work(1)
      await held.enqueue({ text: 'a' })
      await until(async () => (await queueDepth(queues, 'default')).active === 1)
      await quick.enqueue({ text: 'a' }, { delayMs: 500 })
      expect(await queueDepth(queues, 'default')).toMatchObject({ waiting: 0, delayed: 1, oldestWaitingMs: undefined })
      const enqueuedAt = performance.now()
      await until(async () => (await queueDepth(queues, 'default')).waiting === 1)
      const { oldestWaitingMs, delayed } = await queueDepth(queues, 'default')
      expect(delayed).toBe(0)
      expect(oldestWaitingMs).toBeLessThan(performance.now() - enqueuedAt - 400)
    })
  })

  describe('the figures of the last minutes', () => {
    test('are of all processes together, by queue and by task', async () => {
      const slow = task('slow', note, () => Bun.sleep(60))
      const quick = task('quick', { ...note, queue: 'email' }, () => 1)
      let tries = 0
      const shaky = task('shaky', { ...note, retry: { on: 'any', max: 2, delayMs: 1 } }, () => {
        tries++
        throw new Error('again')
      })
      const { queues, work, names } = started(slow, quick, shaky)
      const workers = [await work(2), await work(2)]
      const runs = await Promise.all([
        slow.enqueueMany(Array.from({ length: 12 }, () => ({ text: 'a' }))),
        quick.enqueueMany(Array.from({ length: 40 }, () => ({ text: 'a' }))),
      ])
      await shaky.enqueue({ text: 'a' })
      await Promise.all(runs.flat().map((run) => run.result()))
      await until(() => tries === 3)
      // One tells on its way out, the other by itself.
      await workers[0]!.stop()
      const counted = async () => {
        const { tasks } = await taskStatus(queues, names)
        return tasks.reduce((sum, one) => sum + one.completed + one.failed + one.retried, 0)
      }
      await until(async () => (await counted()) === 55)
      const status = await taskStatus(queues, names)
      const figures = Object.fromEntries(status.tasks.map((one) => [one.task, one]))
      expect(figures['slow']).toMatchObject({ queue: 'default', completed: 12, failed: 0, retried: 0 })
      expect(figures['shaky']).toMatchObject({ completed: 0, failed: 1, retried: 2 })
      expect(figures['slow']!.run!.p50).toBeGreaterThan(55)
      expect(figures['slow']!.run!.count).toBe(12)
      expect(figures['quick']!.run!.p50).toBeLessThan(figures['slow']!.run!.p50)
      // They waited for four slots, and only first attempts count.
      expect(figures['slow']!.wait!.p99).toBeGreaterThan(90)
      expect(figures['shaky']!.wait!.count).toBe(1)
      const byQueue = Object.fromEntries(status.queues.map((one) => [one.name, one]))
      expect(byQueue['default']!.recent.run!.count).toBe(12 + 3)
      expect(byQueue['email']).toMatchObject({ completed: 40, workers: 1, slots: 2 })
      expect(byQueue['email']!.recent.perMinute).toBeGreaterThan(40)
    })

    test('survive the worker that counted them, but not for long', async () => {
      const { queues } = started()
      const store = queues.beats()
      const minute = Math.floor(Date.now() / 60_000)
      const counts = { queue: 'default', task: 'gone', completed: 3, failed: 0, retried: 0, wait: [], run: [] }
      const tasks = [0, 4, 5, 6].map((ago) => ({ ...counts, minute: minute - ago }))
      await store.publish({ ...beat('gone'), tasks, hasLeft: true })
      const { tasks: figures, workers } = await taskStatus(queues, [])
      expect(workers).toEqual([])
      expect(figures).toMatchObject([{ task: 'gone', completed: 6 }])
    })
  })

  describe('a worker', () => {
    test('tells where it is, what it works on and what it runs since when', async () => {
      const { task: held, open } = gated('held', 'media')
      const { queues, work, names } = started(held)
      const { stop } = await work(3)
      const run = await held.enqueue({ text: 'a' })
      await until(async () => (await taskStatus(queues, names)).workers[0]?.running.length === 1)
      const { workers, queues: seen } = await taskStatus(queues, names)
      expect(workers).toHaveLength(1)
      expect(workers[0]).toMatchObject({ pid: process.pid, queues: ['media'], concurrency: 3, release: 'r1', done: 0 })
      expect(workers[0]).toMatchObject({ isDraining: false, running: [{ id: run.id, task: 'held' }] })
      expect(workers[0]!.memoryBytes).toBeGreaterThan(10_000_000)
      expect(workers[0]!.upMs).toBeLessThan(60_000)
      expect(seen[0]!.oldestActiveMs).toBeGreaterThanOrEqual(workers[0]!.running[0]!.runningMs)
      open()
      await run.result()
      await stop()
      expect((await taskStatus(queues, names)).workers).toEqual([])
    })

    test('that drains says so, and its slots do not count', async () => {
      const { task: held, open } = gated('held')
      const { queues, work, names } = started(held)
      const { worker } = await work(3)
      await held.enqueue({ text: 'a' })
      await until(() => worker.running === 1)
      const stopped = worker.stop(30_000)
      await until(async () => (await taskStatus(queues, names)).workers[0]?.isDraining)
      expect((await taskStatus(queues, names)).queues[0]).toMatchObject({ workers: 0, slots: 0, active: 1 })
      open()
      await stopped
    })

    test('that has died is not listed after ten seconds, by the clock of the store', async () => {
      const { queues } = started()
      const store = queues.beats()
      // Its own clock is an hour late.
      const atMs = Date.now() - 3_600_000
      await store.publish({ ...beat('dead'), atMs, startedAtMs: atMs - 5_000 })
      const [worker] = (await taskStatus(queues, [])).workers
      expect(worker).toMatchObject({ id: 'dead' })
      expect(worker!.upMs).toBeGreaterThanOrEqual(5_000)
      expect(worker!.upMs).toBeLessThan(8_000)
      await until(async () => (await store.read())[0]!.ageMs > 0)
      const tenSecondsLater = async () =>
        (await store.read()).map(({ beat, ageMs }) => ({ beat, ageMs: ageMs + 10_000 }))
      queues.beats = () => ({ publish: store.publish, read: tenSecondsLater })
      expect((await taskStatus(queues, [])).workers).toEqual([])
    })

    test('of another app is not heard', async () => {
      const { queues } = started()
      await queues.beats().publish(beat('own'))
      await queues.backend.beats(`${queues.app}b`).publish(beat('foreign'))
      expect((await queues.beats().read()).map(({ beat }) => beat.id)).toEqual(['own'])
    })
  })

  describe('dead letters', () => {
    /** Tasks that fail until they are mended. */
    async function failing(count: number) {
      let isMended = false
      const ran: string[] = []
      const handler = ({ text }: { text: string }) => {
        if (!isMended) throw new TypeError(`can't ${text}`)
        ran.push(text)
      }
      const first = task('first', { ...note, retry: { on: [TypeError], max: 1, delayMs: 1 } }, handler)
      const second = task('second', { ...note, queue: 'email', priority: 9 }, handler)
      const opened = started(first, second)
      const { stop, worker } = await opened.work(1)
      const runs: TaskRun[] = []
      for (let index = 0; index < count; index++) {
        runs.push(await (index % 2 === 0 ? first : second).enqueue({ text: `${index}` }))
        await until(async () => (await runs.at(-1)!.state()) === 'failed')
      }
      const mend = () => {
        isMended = true
      }
      return { ...opened, runs, ran, mend, worker, stop, first, second }
    }

    test('are listed from the newest on, page by page, and by queue and task', async () => {
      const { letters, runs } = await failing(5)
      const newest = runs.map(({ id }) => id).reverse()
      const all = await letters.list()
      expect(all.map(({ id }) => id)).toEqual(newest)
      expect(all[0]).toMatchObject({ task: 'first', queue: 'default', input: { text: '4' }, error: "can't 4" })
      expect(all[0]).toMatchObject({ attempts: 2 })
      const page = await letters.list({ limit: 2, offset: 1 })
      expect(page.map(({ id }) => id)).toEqual(newest.slice(1, 3))
      expect((await letters.list({ queue: 'email' })).map(({ task }) => task)).toEqual(['second', 'second'])
      expect(await letters.list({ task: 'first', limit: 2 })).toHaveLength(2)
      expect(await letters.list({ olderThanMs: 60_000 })).toEqual([])
      expect(letters.list({ queue: 'emial' })).rejects.toThrow(TaskUsageError)
    })

    test('tell what went wrong, and where', async () => {
      const { letters, runs } = await failing(1)
      const letter = await letters.inspect(runs[0]!.id)
      expect(letter).toMatchObject({ error: "can't 0", attempts: 2, priority: 5, logs: [] })
      expect(letter.stacks[0]).toContain('monitor.test.ts')
      expect(letter.failedAt.getTime()).toBeGreaterThanOrEqual(letter.enqueuedAt.getTime())
    })

    test('have what their handlers have logged, of each attempt', async () => {
      const retry = { on: 'any', max: 1, delayMs: 1 } as const
      const chatty = task('chatty', { ...note, retry }, ({ text }, { logger, attempt }) => {
        logger.info({ attempt, text }, 'about to fail\0')
        for (let line = 0; line < 200 && attempt === 2; line++) logger.warn(`line ${line}`)
        throw new Error('as it said', { cause: new Error('the shop is shut') })
      })
      const { work, queues } = suite.started(chatty)
      const letters = new DeadLetters(queues, ['default'])
      const written: string[] = []
      await work({ logger: createLogger('test', 'info', { write: (line) => void written.push(line) }) })
      const run = await chatty.enqueue({ text: 'x' })
      await until(async () => (await run.state()) === 'failed')
      const { logs, error, stacks } = await letters.inspect(run.id)
      expect([error, stacks[0]]).toEqual([
        'as it said: the shop is shut',
        expect.stringContaining('caused by: Error: the shop is shut'),
      ])
      expect(logs[0]).toMatch(/^20\d\d-\S+Z info about to fail\\0 {"attempt":1,"text":"x"}$/)
      expect([logs.length, logs[1], logs.at(-1)]).toEqual([
        102,
        '… 101 earlier lines',
        expect.stringMatching(/ warn line 199$/),
      ])
      expect(written.filter((line) => line.includes('"line 199"'))).toHaveLength(1)
    })

    test('have what their handlers have logged in threads', async () => {
      const { failing } = await import('../fixtures/thread-tasks.ts')
      const { work, queues } = suite.started(failing)
      const written: string[] = []
      await work({ logger: createLogger('test', 'info', { write: (line) => void written.push(line) }) })
      const run = await failing.enqueue({ how: 'permanent' })
      await until(async () => (await run.state()) === 'failed')
      const { logs } = await new DeadLetters(queues, ['default']).inspect(run.id)
      expect(logs).toEqual([
        expect.stringMatching(/ warn it will fail {"how":"permanent","err":{"type":"TypeError".*}}$/),
      ])
      const line = JSON.parse(written.find((one) => one.includes('it will fail'))!)
      expect(line).toMatchObject({ role: 'test', level: 'warn', task: 'failing-in-thread', task_id: run.id })
    })

    test('of a step have the input that it got, for as long as its workflow is known', async () => {
      const size = task('size', note, ({ text }) => text.length)
      const order = task('order', { input: z.object({ to: z.string(), size: z.number() }) }, () => {
        throw new PermanentTaskError('sold out')
      })
      const { queues, work, letters } = started(size, order)
      await work()
      const run = await chain(size.with({ text: 'large' }), order.withPrevious('size', { to: 'ann' })).enqueue()
      await until(async () => (await run.state()) === 'failed')
      const letter = await until(async () => (await letters.list({ task: 'order' }))[0])
      const input = { to: 'ann', size: 5 }
      expect(letter).toMatchObject({ input, error: 'sold out' })
      expect(await letters.inspect(letter.id)).toMatchObject({ input })
      const { opening } = (await queues.find(run.id))!.data
      await queues.backend.workflows.forget(queues.storedId(run.id, opening))
      expect((await letters.inspect(letter.id)).input).toBeUndefined()
    })

    test('are retried one by one, with all their attempts, and wait anew', async () => {
      const { letters, runs, ran, mend, queues, names } = await failing(2)
      const failedAt = performance.now()
      await until(() => performance.now() - failedAt > 700)
      expect(await letters.retry([runs[0]!.id])).toBe(1)
      // It fails twice once more.
      await until(async () => (await runs[0]!.state()) === 'failed')
      expect((await letters.inspect(runs[0]!.id)).attempts).toBe(2)
      mend()
      await letters.retry([runs[0]!.id])
      await runs[0]!.result()
      expect(ran).toEqual(['0'])
      expect((await letters.list()).map(({ id }) => id)).toEqual([runs[1]!.id])
      // What it waited before it failed for good doesn't count.
      await until(
        async () => (await taskStatus(queues, names)).tasks.find(({ task }) => task === 'first')?.completed === 1,
      )
      const first = (await taskStatus(queues, names)).tasks.find(({ task }) => task === 'first')!
      expect(first.wait!.count).toBe(3)
      expect(first.wait!.p99).toBeLessThan(700)
    })

    test('that are retried keep their priority, and do not run before what is more urgent', async () => {
      const { letters, runs, queues, work, stop, worker, mend, first, ran } = await failing(1)
      mend()
      await stop()
      expect(worker.isDraining).toBe(true)
      await letters.retry([runs[0]!.id])
      const urgent = await first.enqueue({ text: 'urgent' }, { priority: 9 })
      expect((await queueDepth(queues, 'default')).waiting).toBe(2)
      await work(1)
      await Promise.all([urgent.result(), runs[0]!.result()])
      expect(ran).toEqual(['urgent', '0'])
    })

    test('are retried together: of a task, a queue, or all', async () => {
      const { letters, runs, ran, mend } = await failing(5)
      mend()
      expect(await letters.retryAll({ task: 'second' })).toBe(2)
      await until(() => ran.length === 2)
      expect(ran.toSorted()).toEqual(['1', '3'])
      expect(await letters.retryAll({ queue: 'email' })).toBe(0)
      expect(await letters.retryAll()).toBe(3)
      await Promise.all(runs.map((run) => run.result()))
      expect(await letters.list()).toEqual([])
    })

    test('that fail again at once are retried once only', async () => {
      const { letters } = await failing(3)
      expect(await letters.retryAll()).toBe(3)
      await until(async () => (await letters.list()).length === 3)
    })

    test('are discarded one by one, or together', async () => {
      const { letters, runs } = await failing(5)
      expect(await letters.discard([runs[0]!.id])).toBe(1)
      expect(await runs[0]!.state()).toBe('unknown')
      expect(await letters.discardAll({ olderThanMs: 60_000 })).toBe(0)
      expect(await letters.discardAll({ task: 'second' })).toBe(2)
      expect(await letters.list()).toHaveLength(2)
      expect(await letters.discardAll({ queue: 'default' })).toBe(2)
      expect(await letters.list()).toEqual([])
    })

    test('are left alone, all of them, when one of the ids is wrong', async () => {
      const { letters, runs, first } = await failing(1)
      const waiting = await first.enqueue({ text: 'waits' }, { delayMs: 60_000 })
      const ids = [runs[0]!.id, 'default/nonsense', waiting.id, 'nowhere/1', 'nonsense', '']
      for (const act of ['retry', 'discard'] as const) {
        const error = await letters[act](ids).catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(NoDeadLetterError)
        expect((error as Error).message.split('\n')).toEqual([
          'There is no task default/nonsense.',
          `The task ${waiting.id} has not failed: it is delayed.`,
          'There is no task nowhere/1.',
          'There is no task nonsense.',
          'There is no task .',
        ])
      }
      expect(await letters.list()).toHaveLength(1)
      expect(await waiting.state()).toBe('delayed')
      expect(letters.inspect('nowhere/1')).rejects.toThrow(NoDeadLetterError)
    })
  })
})

function beat(id: string): Beat {
  const nowMs = Date.now()
  return {
    ...{ id, host: 'test', pid: 1, release: 'r1', startedAtMs: nowMs, atMs: nowMs, queues: [], concurrency: 8 },
    ...{ running: [], done: 0, memoryBytes: 1, isDraining: false, hasLeft: false, tasks: [] },
  }
}
