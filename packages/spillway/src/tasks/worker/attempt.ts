/** One attempt at a task: its context is restored, its handler is called, and it ends in time. @module */
import { type Database, readAtLeast } from '../../database/index.ts'
import { type Floors, type Logger, messageOf, runInContext } from '../../foundation/index.ts'
import { inTask } from '../current-task.ts'
import { PermanentTaskError, TaskHoldLostError, TaskReleasedError, TaskTimeoutError } from '../errors.ts'
import { once } from '../once.ts'
import type { TaskQueues } from '../queues.ts'
import { jsonOf, unstorable } from '../storable.ts'
import type { Task } from '../task.ts'
import type { TaskContext } from '../task-context.ts'
import { attemptOf, isLastAttempt, type TaskJob } from '../task-job.ts'
import type { Ending } from './ending.ts'
import { KeptLines } from './kept-lines.ts'

/** What handlers need of the process that runs them. */
export interface AttemptOptions {
  /** Of the app; `once` remembers in it. */
  database: Pick<Database, 'db'> | undefined
  logger: Logger
  queues: TaskQueues
  /** Runs the handlers of tasks with a `thread`. */
  runInThread: (task: Task, input: unknown, context: TaskContext) => Promise<unknown>
  /** Aborted with the reason when the process can't wait any longer. */
  leaving: AbortSignal
}

export interface Attempted {
  value: unknown
  /** How far it has read and written, for the next steps of a workflow. */
  floors?: Floors | undefined
}

/**
 * @param id as `TaskRun` has it.
 * @param ending from outside; the task's timeout is added here.
 * @returns what the handler has returned.
 * @throws what the handler throws, {@link TaskTimeoutError}, or the reason why the process leaves it. A handler that goes on
 * after that does so without a slot, and its outcome doesn't count.
 */
export async function attempt(
  task: Task,
  job: TaskJob,
  id: string,
  ending: Ending,
  options: AttemptOptions,
): Promise<Attempted> {
  const { input, requestId, floors, step } = job.data
  const parsed = task.parse(input)
  const lines = new KeptLines()
  const context = contextOf(job, id, ending, lines, options)
  const handle = () => (task.thread ? options.runInThread(task, parsed, context) : task.handler(parsed, context))
  const work = async () => ({ value: await handle(), floors: step && (await options.queues.floors()) })
  // It reads at least what whoever enqueued it had written.
  const reading = floors ? async () => (await readAtLeast(floors, work)).value : work
  const timeout = setTimeout(() => ending.end(new TaskTimeoutError(task.name, task.timeoutMs)), task.timeoutMs)
  try {
    const result = await runInContext({ id: requestId ?? id }, () => inTask(id, () => ending.of(reading)))
    ensureStorable(task, result.value)
    return result
  } catch (error) {
    await keepLines(job, lines, error, options)
    throw error
  } finally {
    clearTimeout(timeout)
  }
}

/** Whoever looks at a failed task sees what it has logged. They are not worth another attempt, nor another error. */
async function keepLines(job: TaskJob, { text }: KeptLines, error: unknown, { logger }: AttemptOptions): Promise<void> {
  if (text === undefined || error instanceof TaskReleasedError || error instanceof TaskHoldLostError) return
  await job.log(text).catch((cause: unknown) => {
    logger.warn({ task: job.name, error: messageOf(cause) }, 'what a task has logged is not kept with it')
  })
}

/** The engine could neither keep it nor go on. */
function ensureStorable({ name }: Task, result: unknown): void {
  const isPlain = result === undefined || result === null || typeof result === 'number' || typeof result === 'boolean'
  if (isPlain) return
  const what = `The result of the task "${name}"`
  const problem = unstorable(jsonOf(what, result) ?? '')
  if (problem) throw new PermanentTaskError(`${what} ${problem}.`, { hint: 'Return something else, or nothing.' })
}

function contextOf(job: TaskJob, id: string, ending: Ending, lines: KeptLines, options: AttemptOptions): TaskContext {
  const { database, logger } = options
  const { scheduledFor } = job.data
  // A later task with the same idempotency key has the same id, and effects of its own.
  const opening = job.data.opening ? `${job.data.opening} ` : ''
  let own: Logger | undefined
  return {
    id,
    ...(scheduledFor !== undefined && { scheduledFor: new Date(scheduledFor) }),
    attempt: attemptOf(job),
    isLastAttempt: isLastAttempt(job),
    get signal() {
      return ending.signal
    },
    get logger() {
      own ??= lines.of(logger, { task: job.name, task_id: id })
      return own
    },
    // Whatever JSON can hold is an object to the engine, or fits as one.
    progress: async (value) => await job.updateProgress(value as object),
    // Unless it names another one, an effect is written for the app's first database.
    once: (key, effect, on = database as undefined) => once(on, `${id} ${opening}${key}`, effect),
  }
}
