import { describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { createLogger } from '../../foundation/index.ts'
import { taskBackends } from '../../testing/task-backends.ts'
import { taskSuite } from '../../testing/task-suite.ts'
import { until } from '../../testing/until.ts'
import { RedisTasks } from '../backend/redis.ts'
import { TaskQueues } from '../queues.ts'
import { type Task, task } from '../task.ts'
import { Schedule, schedule } from './schedule.ts'
import { Schedules } from './schedules.ts'
import { schedulesOf } from './schedules-of.ts'
import type { Timing } from './timing.ts'

const logger = createLogger('test', 'silent')
const empty = { input: z.object({}) }
const dayMs = 86_400_000
const start = Date.parse('2026-05-01T12:00:00Z')

const oftenMs = 250
/** Fires more often than people can ask for, and leaves out no tick where the machine is busy. */
class Often extends Schedule {
  override readonly timing: Timing = {
    text: 'often',
    shortestMs: oftenMs,
    next: (afterMs) => (Math.floor(afterMs / oftenMs) + 1) * oftenMs,
  }

  constructor(task: Task<Record<string, never>, unknown>) {
    super('often', { everySeconds: 1, missed: 'all' }, task as Task, {})
  }
}

describe.each(taskBackends)('schedules on %s', (_, openBackends) => {
  const { started, afterTest } = taskSuite(openBackends)

  /** An app with one task, which tells the ticks that it runs for, and workers that have connections of their own. */
  function fleet(handler: () => unknown = () => undefined) {
    const ran: number[] = []
    // Nothing is kept of a run that has ended, which must not make its tick come again.
    const work = task('work', { ...empty, keepSeconds: 0 }, async (_, { scheduledFor }) => {
      ran.push(scheduledFor!.getTime())
      await handler()
    })
    let now: number | undefined
    const { reopen: open, work: runTasks } = started(work)
    const running: Schedules[] = []
    const tick = async (count: number, ...schedules: Schedule[]) => {
      for (let index = 0; index < count; index++) {
        const one = new Schedules({ queues: open(), schedules, logger, ...(now && { now: () => now! }) })
        await one.start()
        running.push(one)
        afterTest(() => one.stop())
      }
    }
    return {
      ...{ ran, work, open, tick, runTasks },
      at: (ms: number) => {
        now = ms
      },
      /** All of them, until what is due has been dealt with. */
      settle: async (schedules: readonly Schedule[]) => {
        const queues = open()
        await until(async () => {
          const found = await schedulesOf(queues, schedules)
          return found.every(({ next }) => next && next.getTime() > now!)
        })
        for (const one of running.splice(0)) await one.stop()
      },
    }
  }

  test('five processes fire each tick once, on time, and the handler knows which it is', async () => {
    const { ran, work, tick, runTasks } = fleet()
    await runTasks()
    await tick(5, new Often(work))
    await until(() => ran.length >= 3)
    const first = ran[0]!
    expect(ran).toEqual(ran.map((_, index) => first + index * oftenMs))
    expect(Date.now() - ran.at(-1)!).toBeLessThan(5_000)
  })

  test.each([
    ['once', 1],
    ['skip', 0],
    ['all', 3],
  ] as const)('after three days without workers five start at once, with missed: %s', async (missed, runs) => {
    const { ran, work, open, tick, at, settle, runTasks } = fleet()
    const nightly = schedule('nightly', { cron: '0 2 * * *', timeZone: 'Asia/Seoul', missed }, work, {})
    at(start)
    await tick(1, nightly)
    await settle([nightly])
    at(start + 3 * dayMs)
    await tick(5, nightly)
    await settle([nightly])
    const queue = open().queue('default')
    expect(await queue.getJobCountByTypes('prioritized', 'waiting')).toBe(runs)
    await runTasks()
    await until(() => ran.length === runs)
    const last = Date.parse('2026-05-03T17:00:00Z')
    expect(ran.sort()).toEqual(Array.from({ length: runs }, (_, index) => last - (runs - 1 - index) * dayMs))
    await tick(2, nightly)
    await settle([nightly])
    expect(await queue.getJobCountByTypes('prioritized', 'waiting')).toBe(0)
  })

  test('processes whose clocks differ fire a tick once', async () => {
    const { work, open, ran, tick, runTasks } = fleet()
    const schedules = [new Often(work)]
    await runTasks()
    for (const skewMs of [-700, 0, 700]) {
      const one = new Schedules({ queues: open(), schedules, logger, now: () => Date.now() + skewMs })
      await one.start()
      afterTest(() => one.stop())
    }
    await tick(1, ...schedules)
    await until(() => ran.length >= 3)
    expect(new Set(ran).size).toBe(ran.length)
  })

  test('a tick is left out while the last run has not ended, unless they may overlap', async () => {
    const gate = Promise.withResolvers<void>()
    const { ran, work, open, at, tick, settle, runTasks } = fleet(() => gate.promise)
    const alone = schedule('alone', { everySeconds: 600 }, work, {})
    const together = schedule('together', { everySeconds: 600, overlap: 'allow' }, work, {})
    await runTasks()
    const minutes = async (count: number) => {
      at(start + count * 60_000)
      await tick(2, alone, together)
      await settle([alone, together])
    }
    await minutes(0)
    await minutes(10)
    await until(() => ran.length === 2)
    await minutes(20)
    gate.resolve()
    const queue = open().queue('default')
    const isIdle = async () => (await queue.getJobCountByTypes('active', 'prioritized', 'waiting')) === 0
    await until(isIdle)
    await minutes(30)
    await until(isIdle)
    const perTick = [10, 20, 30].map((minute) => ran.filter((tick) => tick === start + minute * 60_000).length)
    expect(perTick).toEqual([2, 1, 2])
  })

  test('one that is not declared any more does not fire, and the others go on', async () => {
    const { work, open, at, tick, settle } = fleet()
    const [kept, gone] = [
      schedule('kept', { everySeconds: 60 }, work, {}),
      schedule('gone', { everySeconds: 60 }, work, {}),
    ]
    at(start)
    await tick(2, kept, gone)
    await settle([kept, gone])
    at(start + 60_000)
    await tick(2, kept)
    await settle([kept])
    const jobs = await open().queue('default').getJobs(['prioritized', 'waiting'])
    expect(jobs.map(({ id }) => id)).toEqual([`kept-${start + 60_000}`])
  })

  test('it is seen when they fire next, and have fired', async () => {
    const { work, open, at, tick, settle } = fleet()
    const nightly = schedule('nightly', { cron: '0 2 * * *', timeZone: 'Asia/Seoul' }, work, {})
    const queues = open()
    const named = { name: 'nightly', task: 'work', timing: '0 2 * * * Asia/Seoul' }
    expect(await schedulesOf(queues, [nightly])).toEqual([{ ...named, next: undefined, last: undefined }])
    at(start)
    await tick(1, nightly)
    await settle([nightly])
    const tickAt = new Date('2026-05-01T17:00:00Z')
    expect(await schedulesOf(queues, [nightly])).toEqual([{ ...named, next: tickAt, last: undefined }])
    at(tickAt.getTime())
    await tick(1, nightly)
    await settle([nightly])
    const last = { at: tickAt, run: `default/nightly-${tickAt.getTime()}` }
    const next = new Date('2026-05-02T17:00:00Z')
    expect(await schedulesOf(queues, [nightly])).toEqual([{ ...named, next, last }])
  })
})

test('two schedules of one name are refused', () => {
  const work = task('work', empty, () => undefined)
  const twice = schedule('twice', { everySeconds: 1 }, work, {})
  const queues = new TaskQueues({ backend: new RedisTasks({ url: 'redis://127.0.0.1:1' }, 'none'), app: 'app' })
  expect(() => new Schedules({ queues, schedules: [twice, twice], logger })).toThrow('Two schedules')
})
