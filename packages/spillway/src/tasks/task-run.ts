/** A task that was enqueued, seen from outside. @module */
import { setTimeout as pause } from 'node:timers/promises'
import type { JobState } from 'bullmq'
import { answered, bounded } from './answered.ts'
import { insideTask } from './current-task.ts'
import { TaskFailedError, TaskTimeoutError, TaskUnknownError, TaskUsageError } from './errors.ts'
import type { TaskQueues } from './queues.ts'
import { type TaskJob, workflowJob } from './task-job.ts'

export type TaskState = 'waiting' | 'delayed' | 'active' | 'waiting for others' | 'completed' | 'failed' | 'unknown'

const states: Partial<Record<JobState | 'unknown', TaskState>> = { prioritized: 'waiting' }

const firstLookMs = 20
const lookMaxMs = 1_000

export class TaskRun<Output = unknown> {
  /** `<queue>/<job>`, for `spillway tasks` and for another `TaskRun` of it. */
  readonly id: string
  readonly #queues: TaskQueues

  constructor(queues: TaskQueues, id: string) {
    this.#queues = queues
    this.id = id
  }

  /** `unknown` once it isn't kept any more. @throws {TasksUnavailableError} */
  async state(): Promise<TaskState> {
    const job = await this.#queues.find(this.id)
    const state = job ? await answered('read', job.getState()) : 'unknown'
    if (job?.name === workflowJob && state === 'delayed' && job.attemptsStarted > 0) return 'waiting for others'
    return states[state] ?? (state as TaskState)
  }

  /** What its handler has told by `progress`. */
  async progress(): Promise<unknown> {
    return (await this.#queues.find(this.id))?.progress
  }

  /**
   * What the handler has returned, as JSON gives it back; waits for it. Not inside of a task, which would hold a slot
   * while the other one waits for one: let `chain` or `chord` go on with the result.
   *
   * @throws {TaskFailedError} when it has failed for good, {@link TaskUnknownError} when it isn't kept any more, and
   *   {@link TaskTimeoutError} when it takes longer.
   */
  async result({ timeoutMs = 30_000 }: { timeoutMs?: number } = {}): Promise<Output> {
    if (insideTask()) {
      throw new TaskUsageError(
        'A task waited for the result of another one.',
        'It would hold a slot that the other one may need: use chain or chord.',
      )
    }
    const until = performance.now() + timeoutMs
    for (let lookMs = firstLookMs; performance.now() < until; lookMs = Math.min(lookMaxMs, lookMs * 1.5)) {
      const job = await this.#queues.find(this.id)
      const result = job && (await outcome<Output>(this.id, job))
      if (result) return result.value
      if (!job) throw new TaskUnknownError(this.id)
      await pause(Math.min(lookMs, Math.max(0, until - performance.now())))
    }
    throw new TaskTimeoutError(this.id, timeoutMs)
  }

  /**
   * Takes it out of its queue.
   *
   * @returns false when it runs already, or has ended.
   * @throws {TasksUnavailableError} when it is not known whether it was taken out.
   */
  async cancel(): Promise<boolean> {
    const job = await this.#queues.find(this.id)
    if (!job || job.finishedOn !== undefined || (await answered('read', job.isActive()))) return false
    try {
      await bounded(job.remove())
      return true
    } catch (error) {
      // A worker took it in between, and may be done with it.
      const now = await this.#queues.find(this.id)
      if (!now || now.finishedOn !== undefined || (await answered('read', now.isActive()))) return false
      throw error
    }
  }
}

/** Undefined until it has ended. The reason of an attempt that was tried again stays with the job. */
async function outcome<Output>(id: string, job: TaskJob): Promise<{ value: Output } | undefined> {
  if (job.finishedOn === undefined) return undefined
  if (job.failedReason && (await answered('read', job.isFailed()))) throw new TaskFailedError(id, job.failedReason)
  return { value: job.returnvalue as Output }
}
