/** What becomes of a job: done, tried again, left to others, or a dead letter. @module */
import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq'
import { loggedError, messageOf } from '../../foundation/index.ts'
import {
  DeadlyTaskError,
  PermanentTaskError,
  TaskHoldLostError,
  TaskReleasedError,
  TaskTimeoutError,
} from '../errors.ts'
import { storableText } from '../storable.ts'
import type { Task } from '../task.ts'
import { attemptOf, isLastAttempt, readyAtMs, type TaskJob, workflowJob } from '../task-job.ts'
import type { TaskFailure } from '../task-options.ts'
import { conduct } from '../workflow/conduct.ts'
import { StepTurn } from '../workflow/step-turn.ts'
import { type AttemptOptions, attempt } from './attempt.ts'
import { deathsOf, forgiveDeaths, hasDiedAgain, heldBack, isDeadly, isDeadlyInFailure } from './deaths.ts'
import { Ending } from './ending.ts'
import { ensureHeld } from './hold.ts'
import { mayPass } from './may-pass.ts'
import type { TaskReport } from './task-report.ts'

export interface RunTaskOptions extends AttemptOptions {
  /** As the app calls it. */
  queue: string
  taskOf: (name: string) => Task | undefined
  onReport: (report: TaskReport) => void
}

/** How long a task that this release doesn't know waits for a worker that does, longer each time. */
const unknownDelay = { firstMs: 250, maxMs: 30_000 }

/**
 * What is called with each job that the engine gives. Its errors tell the engine what is to become of the job. `ending` ends
 * it when the process leaves, or the job is not its own any more.
 */
export function taskProcessor(options: RunTaskOptions) {
  return async (job: Job, token: string | undefined, ending: Ending): Promise<unknown> => {
    if (hasDiedAgain(job) && (await heldBack(job, token))) throw new DelayedError()
    if (job.name === workflowJob) return await conducted(job, token, options)
    const task = options.taskOf(job.name)
    if (!task) return await leaveToOthers(job, token, options)
    const startedAt = performance.now()
    const report = (outcome: TaskReport['outcome']) => {
      const runMs = performance.now() - startedAt
      options.onReport({
        id: idOf(job, options),
        task: task.name,
        queue: options.queue,
        waitMs: waitOf(job),
        runMs,
        outcome,
      })
    }
    try {
      return await run(task, job, { token, ending, report }, options)
    } catch (error) {
      if (!isLeft(error)) throw error
      report('released')
      return await leave(error, job, token)
    }
  }
}

interface Run {
  token: string | undefined
  ending: Ending
  report: (outcome: TaskReport['outcome']) => void
}

async function run(
  task: Task,
  job: TaskJob,
  { token, ending, report }: Run,
  options: RunTaskOptions,
): Promise<unknown> {
  const turn = turnOf(job, options)
  try {
    if (turn && !(await turn.begin())) return null
    if (isDeadly(job)) throw new DeadlyTaskError(task.name, deathsOf(job))
    const { value, floors } = await attempt(task, job, idOf(job, options), ending, options)
    await ensureHeld(job, token, options)
    await turn?.settle(value, floors)
    report('completed')
    return value
  } catch (thrown) {
    const error = tellable(thrown)
    if (isLeft(error)) throw error
    await ensureHeld(job, token, options)
    const isFinal = isLastAttempt(job) || !mayPass(task.retry, error)
    const told = isFinal ? await failure(task, job, error, options) : retry(job, error, options)
    report(isFinal ? 'failed' : 'retried')
    throw told
  }
}

async function conducted(job: Job, token: string | undefined, options: RunTaskOptions): Promise<unknown> {
  try {
    return await conduct(job, token, options)
  } catch (error) {
    if (isLeft(error)) return await leave(error, job, token)
    throw error
  }
}

/** The process goes, or the job: somebody else runs it from its beginning. */
const isLeft = (error: unknown) => error instanceof TaskReleasedError || error instanceof TaskHoldLostError

/** While the server is away it can't be handed back: then the end of its hold gives it to others. */
async function leave(error: unknown, job: Job, token: string | undefined): Promise<never> {
  if (error instanceof TaskReleasedError) await job.moveToWait(token).catch(() => undefined)
  // Leaves the job to who has it.
  throw new WaitingError()
}

/** That the server is away is no failure of a task that has not begun. */
async function asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch {
    throw new WaitingError()
  }
}

function retry(job: TaskJob, error: unknown, options: RunTaskOptions): unknown {
  const told = { ...toldOf(job, options), attempt: attemptOf(job), error: messageOf(error) }
  options.logger.warn(told, 'task is tried again')
  return storable(error)
}

/** The engine keeps message and stack, here with those of its causes: what can't be kept would keep the task from being tried again. */
function storable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(storableText(String(error)))
  // As it is logged: an error there has both.
  const { message, stack } = loggedError(error) as { message: string; stack: string }
  return Object.assign(new Error(storableText(message)), { stack: storableText(stack) })
}

/** What can't be read or logged must not keep the rest from being done: getters throw, and a message may be anything. */
function tellable(thrown: unknown): unknown {
  try {
    loggedError(thrown)
    const { message, stack } = thrown instanceof Error ? thrown : { message: String(thrown), stack: undefined }
    if (typeof message === 'string' && (stack === undefined || typeof stack === 'string')) return thrown
  } catch {
    // Said below.
  }
  return new PermanentTaskError('The task threw an error that can not be read.', {
    hint: 'Throw an Error whose fields can be read.',
  })
}

/** Says it, tells the task, and gives the error that makes the engine keep the job as a dead letter. */
async function failure(task: Task, job: TaskJob, error: unknown, options: RunTaskOptions): Promise<unknown> {
  const { logger } = options
  const id = idOf(job, options)
  const attempts = attemptOf(job)
  logger.error({ ...toldOf(job, options), attempts, err: error }, 'task has failed for good')
  await turnOf(job, options)?.fail(messageOf(error))
  try {
    if (!isDeadlyInFailure(job)) await tellFailure(task, { id, input: inputOf(task, job), error, attempts }, options)
  } catch (cause) {
    // It is told by the worker that runs the task again.
    if (isLeft(cause)) throw cause
    logger.error({ ...toldOf(job, options), err: cause }, "a task's onFailure has failed")
  }
  if (error instanceof DeadlyTaskError) await forgiveDeaths(job)
  return unrecoverable(error)
}

async function tellFailure(task: Task, failure: TaskFailure<unknown>, { leaving }: RunTaskOptions): Promise<void> {
  const ending = new Ending()
  const leave = () => ending.end(leaving.reason)
  const timeout = setTimeout(() => ending.end(new TaskTimeoutError(task.name, task.timeoutMs)), task.timeoutMs)
  if (leaving.aborted) leave()
  leaving.addEventListener('abort', leave)
  try {
    await ending.of(() => task.onFailure?.(failure))
  } finally {
    clearTimeout(timeout)
    leaving.removeEventListener('abort', leave)
  }
}

/** What the schema makes of it, or, when it can't, the input as it is. */
function inputOf(task: Task, job: TaskJob): unknown {
  try {
    return task.parse(job.data.input)
  } catch {
    return job.data.input
  }
}

function unrecoverable(error: unknown): UnrecoverableError {
  const { message, stack } = storable(error)
  return Object.assign(new UnrecoverableError(message), { stack })
}

/** While a release is being rolled out, old workers meet new tasks. */
async function leaveToOthers(job: Job, token: string | undefined, options: RunTaskOptions): Promise<never> {
  options.logger.warn(toldOf(job, options), 'this release has no such task: it is left to a worker that has')
  const { firstMs, maxMs } = unknownDelay
  await asked(job.moveToDelayed(Date.now() + Math.min(maxMs, firstMs * 2 ** (job.attemptsStarted - 1)), token))
  throw new DelayedError()
}

/** By these a task is followed through the log. */
const toldOf = (job: TaskJob, options: RunTaskOptions) => {
  const { requestId } = job.data
  return { task: job.name, task_id: idOf(job, options), ...(requestId && { request_id: requestId }) }
}

const turnOf = (job: TaskJob, options: RunTaskOptions) => StepTurn.of(job, idOf(job, options), options)

const idOf = (job: TaskJob, { queue }: RunTaskOptions) => `${queue}/${job.id}`

function waitOf(job: TaskJob): number | undefined {
  return attemptOf(job) === 1 ? Math.max(0, (job.processedOn ?? 0) - readyAtMs(job)) : undefined
}
