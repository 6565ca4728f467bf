/**
 * Tasks that have failed for good. They stay for a month, or until somebody retries or discards them.
 *
 * @module
 */
import { NoDeadLetterError, TaskUsageError } from '../errors.ts'
import type { TaskQueues } from '../queues.ts'
import type { TaskJob } from '../task-job.ts'
import { priorityOf } from '../task-options.ts'
import { UnderWay } from '../workflow/under-way.ts'
import { retryDeadLetter } from './retry-dead-letter.ts'

export interface DeadLetter {
  /** As `TaskRun` has it. */
  id: string
  task: string
  queue: string
  /** Undefined when it was stored with a workflow that is forgotten. */
  input: unknown
  error: string
  attempts: number
  enqueuedAt: Date
  failedAt: Date
  /** Of the request, or the task, that it was enqueued in. */
  requestId: string | undefined
}

export interface DeadLetterDetails extends DeadLetter {
  priority: number
  /** Of the last attempts, the latest first. */
  stacks: string[]
  progress: unknown
  logs: string[]
}

/** Which of them; without anything, all. */
export interface DeadLetterChoice {
  queue?: string | undefined
  task?: string | undefined
  /** Only those that failed so long ago. */
  olderThanMs?: number | undefined
}

export interface DeadLetterPage extends DeadLetterChoice {
  /** @default 20 */
  limit?: number
  /** How many of the newest are left out. */
  offset?: number
}

interface FailedJob {
  /** As the app calls it. */
  queue: string
  job: TaskJob
}

/** Read, retried or discarded at once. */
const batch = 50

export class DeadLetters {
  readonly #queues: TaskQueues
  readonly #names: readonly string[]

  /** @param names of all queues of the app, as it calls them. */
  constructor(queues: TaskQueues, names: readonly string[]) {
    this.#queues = queues
    this.#names = names
  }

  /** The newest first. */
  async list({ limit = 20, offset = 0, ...choice }: DeadLetterPage = {}): Promise<DeadLetter[]> {
    const newest = await Promise.all(
      this.#chosenQueues(choice).map((queue) => this.#newest(queue, choice, offset + limit)),
    )
    const page = newest
      .flat()
      .sort((one, other) => failedAtMs(other.job) - failedAtMs(one.job))
      .slice(offset, offset + limit)
    return await Promise.all(page.map((found) => this.#letter(found)))
  }

  /** @throws {NoDeadLetterError} */
  async inspect(id: string): Promise<DeadLetterDetails> {
    const [job] = await this.#found([id])
    const queue = queueOf(id)
    const { logs } = await this.#queues.queue(queue).getJobLogs(job!.id!)
    const { priority, stacktrace, progress } = job!
    // The engine appends them.
    const stacks = (stacktrace ?? []).filter((stack) => stack !== null).reverse()
    // Each attempt has added its lines together.
    const lines = logs.flatMap((attempt) => attempt.split('\n'))
    const letter = await this.#letter({ queue, job: job! })
    return { ...letter, priority: priorityOf(priority), stacks, progress, logs: lines }
  }

  /**
   * Runs them again, with all the attempts of their tasks.
   *
   * @throws {NoDeadLetterError} and has retried none when one of them can't be.
   */
  async retry(ids: readonly string[]): Promise<number> {
    return await countOf(await this.#found(ids), retryDeadLetter)
  }

  /** Those that are there now. @returns how many. */
  async retryAll(choice: DeadLetterChoice = {}): Promise<number> {
    return await this.#forAll(choice, retryDeadLetter)
  }

  /** @throws {NoDeadLetterError} and has discarded none when one of them can't be. */
  async discard(ids: readonly string[]): Promise<number> {
    return await countOf(await this.#found(ids), discard)
  }

  /** Those that are there now. @returns how many. */
  async discardAll(choice: DeadLetterChoice = {}): Promise<number> {
    return await this.#forAll(choice, discard)
  }

  async #forAll(choice: DeadLetterChoice, act: (job: TaskJob) => Promise<boolean>): Promise<number> {
    let count = 0
    for (const queue of this.#chosenQueues(choice)) {
      // One that fails again meanwhile isn't met a second time.
      for await (const jobs of this.#failedJobs(queue, { isOldestFirst: true })) {
        count += await countOf(jobs.filter(matching(choice)), act)
      }
    }
    return count
  }

  async #newest(queue: string, choice: DeadLetterChoice, limit: number): Promise<FailedJob[]> {
    const found: FailedJob[] = []
    const last = choice.task === undefined && choice.olderThanMs === undefined ? limit - 1 : -1
    for await (const jobs of this.#failedJobs(queue, { last })) {
      found.push(...jobs.filter(matching(choice)).map((job) => ({ queue, job })))
      if (found.length >= limit) break
    }
    return found.slice(0, limit)
  }

  /** Those that are there now. */
  async *#failedJobs(name: string, { isOldestFirst = false, last = -1 }): AsyncGenerator<TaskJob[]> {
    const queue = this.#queues.queue(name)
    const ids = await queue.getRanges(['failed'], 0, last, isOldestFirst)
    for (let at = 0; at < ids.length; at += batch) {
      const jobs = await Promise.all(ids.slice(at, at + batch).map((id) => queue.getJob(id)))
      yield jobs.filter((job) => job !== undefined)
    }
  }

  async #letter({ queue, job }: FailedJob): Promise<DeadLetter> {
    const { id, name: task, failedReason, attemptsMade: attempts, timestamp } = job
    return {
      ...{ id: `${queue}/${id}`, task, queue, input: await this.#inputOf(job), error: failedReason ?? '', attempts },
      enqueuedAt: new Date(timestamp),
      failedAt: new Date(failedAtMs(job)),
      requestId: job.data.requestId,
    }
  }

  /** That of a step is with its workflow. */
  async #inputOf({ data: { input, step } }: TaskJob): Promise<unknown> {
    if (!step) return input
    const workflow = new UnderWay(this.#queues, step.of, step.opening)
    const taken = await workflow.take(step.n)
    return taken && (await workflow.inputOf(taken)).input
  }

  /** All of them, or an error that says of each other one why not. */
  async #found(ids: readonly string[]): Promise<TaskJob[]> {
    const jobs = await Promise.all([...new Set(ids)].map((id) => this.#failed(id)))
    const reasons = jobs.filter((job) => typeof job === 'string')
    if (reasons.length > 0) throw new NoDeadLetterError(reasons)
    return jobs.filter((job) => typeof job !== 'string')
  }

  /** The job, or why there is none. */
  async #failed(id: string): Promise<TaskJob | string> {
    const queue = queueOf(id)
    // The engine would make a queue of any name that it hears.
    const job = this.#names.includes(queue) ? await this.#queues.find(id) : undefined
    if (!job) return `There is no task ${id}.`
    const state = await job.getState()
    return state === 'failed' ? job : `The task ${id} has not failed: it is ${state}.`
  }

  #chosenQueues({ queue }: DeadLetterChoice): readonly string[] {
    if (queue === undefined) return this.#names
    if (this.#names.includes(queue)) return [queue]
    throw new TaskUsageError(`There is no queue "${queue}".`, `There are ${this.#names.join(', ')}.`)
  }
}

const queueOf = (id: string) => id.slice(0, Math.max(0, id.indexOf('/')))

const failedAtMs = ({ finishedOn, timestamp }: TaskJob) => finishedOn ?? timestamp

function matching({ task, olderThanMs = 0 }: DeadLetterChoice): (job: TaskJob) => boolean {
  const until = Date.now() - olderThanMs
  return ({ name, finishedOn = 0 }) =>
    (task === undefined || name === task) && (olderThanMs === 0 || finishedOn <= until)
}

async function countOf(jobs: TaskJob[], act: (job: TaskJob) => Promise<boolean>): Promise<number> {
  let count = 0
  for (let at = 0; at < jobs.length; at += batch) {
    const done = await Promise.all(jobs.slice(at, at + batch).map(act))
    count += done.filter(Boolean).length
  }
  return count
}

/** @returns false when it isn't a dead letter any more: somebody else was quicker. */
async function discard(job: TaskJob): Promise<boolean> {
  if (!(await job.isFailed())) return false
  await job.remove({ removeChildren: false })
  return true
}
