/** The tasks of an app for its tests: a queue of their own, and a worker that runs them. @module */
import { type Database, floorsOf } from '../database/index.ts'
import { createLogger, type Logger } from '../foundation/index.ts'
import { deliverTasks, type Task, TaskQueues, type TaskReport, TaskWorker } from '../tasks/index.ts'
import { tasksOnPostgres, tasksOnRedis } from './task-backends.ts'

export interface TestTasks {
  readonly queues: TaskQueues
  /** What the worker has run, in the order in which it ended. */
  readonly reports: readonly TaskReport[]
  /** Stops the worker and removes the queue, with what waits in it. */
  stop(): Promise<void>
}

export interface TestTasksOptions {
  // biome-ignore lint/suspicious/noExplicitAny: each has an input of its own.
  tasks: readonly Task<any, any>[]
  /** The app's: for `once`, for what `tx.enqueue` has written, and so that tasks read what was written before them. */
  database?: Database
  /** `redis` needs a `redis-server`, see `hasRedis`. @default 'postgres' */
  on?: 'postgres' | 'redis'
  /** Tasks of one queue at once. @default 8 */
  concurrency?: number
  /** Gets its log lines; without it they are dropped. */
  logger?: Logger
}

const silent = createLogger('test', 'silent')

/**
 * Call it before the database is started: that is when its outbox learns where tasks go.
 *
 * @example
 * const work = await testTasks({ tasks: app.tasks, database })
 * const server = await testDatabase({ database })
 * const run = await recount.enqueue({})
 * expect(await run.result()).toEqual({ corrected: 1 })
 * await work.stop()
 * await server.stop()
 */
export async function testTasks({
  tasks,
  database,
  on = 'postgres',
  concurrency = 8,
  logger = silent,
}: TestTasksOptions): Promise<TestTasks> {
  const opened = await (on === 'redis' ? tasksOnRedis() : tasksOnPostgres())
  const floors = database && { floors: floorsOf([database]).current }
  const queues = new TaskQueues({ backend: opened.open(), app: 'test', ...floors })
  const takeBack = database && deliverTasks(database, queues, tasks)
  const reports: TaskReport[] = []
  const onReport = (report: TaskReport) => void reports.push(report)
  for (const task of tasks) task.start(queues)
  const worker = new TaskWorker({ queues, tasks, concurrency, database, logger, onReport })
  await worker.start()
  return {
    ...{ queues, reports },
    async stop() {
      await worker.stop(leaveAfterMs)
      for (const task of tasks) task.stop()
      takeBack?.()
      await queues.close()
      await opened.stop()
    },
  }
}

/** What still runs when a suite has ended is not what it is about. */
const leaveAfterMs = 1_000
