/** Tasks that every app has: its caches are warmed, and what nobody needs any more is removed. @module */
import { z } from 'zod'
import type { App } from '../app.ts'
import { runWarmer, type Warming } from '../cache/index.ts'
import { type PlatformSettings, SpillwayError } from '../foundation/index.ts'
import { forgetEffects, type Schedule, schedule, type Task, task } from '../tasks/index.ts'

/** The queue of what can wait until nothing else does. */
export const maintenance = 'maintenance'

const hourMs = 3_600_000

/** @param page how warmers visit pages. */
export function warmTask({ warmers }: App, page: Warming['page']) {
  return task(
    'spillway.warm',
    {
      input: z.object({ warmer: z.enum(warmers.map(({ name }) => name)) }),
      queue: maintenance,
      priority: 3,
      timeoutMs: hourMs,
      retry: { on: 'any', max: 2, delayMs: 60_000 },
    },
    async ({ warmer: name }, { signal, logger }) => {
      const warmer = warmers.find((one) => one.name === name)
      return warmer && (await runWarmer(warmer, { signal, logger, page }))
    },
  )
}

export function cleanUpTask({ databases }: App) {
  return task(
    'spillway.clean-up',
    { input: z.object({}), queue: maintenance, priority: 2, timeoutMs: hourMs, retry: { on: 'any' } },
    async (_, { logger }) => {
      const forgotten = await Promise.all(databases.map((database) => forgetEffects(database)))
      const effects = forgotten.reduce((sum, count) => sum + count, 0)
      logger.info({ effects }, 'cleaned up')
      return { effects }
    },
  )
}

/** The app's own, and those of the platform. */
export function allSchedules(
  app: App,
  { CACHE_WARMING, TIME_ZONE: timeZone }: PlatformSettings,
  { warm, cleanUp }: { warm: ReturnType<typeof warmTask>; cleanUp: ReturnType<typeof cleanUpTask> },
): Schedule[] {
  const warmers = CACHE_WARMING ? app.warmers : []
  return [
    ...app.schedules,
    schedule('spillway.clean-up', { cron: '0 2 * * *', timeZone }, cleanUp, {}),
    ...warmers.map(({ name, everySeconds }) =>
      schedule(`spillway.warm.${name}`, { everySeconds, missed: 'skip' }, warm, { warmer: name }),
    ),
  ]
}

/** @throws {SpillwayError} `QUEUE_UNKNOWN`: its workers would have nothing to do, and nobody would know. */
export function ensureQueues(wanted: readonly string[], known: readonly string[]): void {
  const unknown = wanted.filter((queue) => !known.includes(queue))
  if (unknown.length === 0) return
  throw new SpillwayError('QUEUE_UNKNOWN', `No task of this app waits in ${unknown.join(', ')}.`, {
    hint: `There are ${known.join(', ')}.`,
  })
}

/** All queues that tasks of the app may wait in. */
export function queueNames({ tasks }: App): string[] {
  return [...new Set([...tasks.map(({ queue }: Task) => queue), maintenance])]
}
