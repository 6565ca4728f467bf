/** Apps with tasks for a suite of tests: each has queues of its own, and what it has started ends after its test. @module */
import { afterAll, afterEach, beforeAll } from 'bun:test'
import { createLogger } from '../foundation/index.ts'
import { type Task, TaskQueues, type TaskReport, TaskWorker, type TaskWorkerOptions } from '../tasks/index.ts'
import type { OpenedTaskBackends } from './task-backends.ts'

interface StartedTasks {
  /** Those that the tasks are enqueued in. */
  readonly queues: TaskQueues
  /** What its workers have run, in the order in which it ended. */
  readonly reports: readonly TaskReport[]
  /** The same queues, as one more process has them. */
  reopen(): TaskQueues
  /** Starts a worker of these tasks. */
  work(options?: Partial<TaskWorkerOptions>): Promise<TaskWorker>
}

const logger = createLogger('test', 'silent')

/**
 * Call it in a `describe`.
 *
 * @param open what the suite's apps share.
 * @example
 * describe.each(taskBackends)('tasks on %s', (_, open) => {
 *   const { started } = taskSuite(open)
 *   test('a task is run', async () => {
 *     const { work } = started(double)
 *     await work()
 *     expect(await (await double.enqueue(21)).result()).toBe(42)
 *   })
 * })
 */
export function taskSuite(open: () => Promise<OpenedTaskBackends>) {
  let backends: OpenedTaskBackends
  let apps = 0
  let stops: (() => unknown)[] = []

  beforeAll(async () => {
    backends = await open()
  })
  afterAll(() => backends.stop())
  afterEach(async () => {
    for (const stop of stops.reverse()) await stop()
    stops = []
  })

  /** What was begun last ends first. */
  const afterTest = (stop: () => unknown): void => void stops.push(stop)

  /** An app whose tasks can be enqueued. */
  function started(...given: Task<never, unknown>[]): StartedTasks {
    const app = `app${++apps}`
    // Each is started with its own input, which this doesn't touch.
    const tasks = given as unknown as Task[]
    const reports: TaskReport[] = []
    const reopen = () => {
      const queues = new TaskQueues({ backend: backends.open(), app })
      afterTest(() => queues.close())
      return queues
    }
    const queues = reopen()
    for (const task of tasks) task.start(queues)
    const work = async (options: Partial<TaskWorkerOptions> = {}) => {
      const onReport = (report: TaskReport) => void reports.push(report)
      const worker = new TaskWorker({ queues, tasks, logger, onReport, ...options })
      await worker.start()
      afterTest(() => worker.stop(100))
      return worker
    }
    return { queues, reports, reopen, work }
  }

  return { started, afterTest }
}
