/**
 * The part of a process that runs tasks: one engine's worker for each queue.
 *
 * @module
 */
import type { Job, Worker } from 'bullmq'
import type { Database } from '../../database/index.ts'
import { type Logger, LogThrottle, messageOf } from '../../foundation/index.ts'
import { TaskHoldLostError, TaskReleasedError, TaskUsageError } from '../errors.ts'
import type { TaskQueues } from '../queues.ts'
import { retryDelayMs } from '../retry.ts'
import type { Task } from '../task.ts'
import { type TaskJob, workflowJob } from '../task-job.ts'
import { Cleaning, keepSecondsOf } from './cleaning.ts'
import { engineDeathsMax } from './deaths.ts'
import { Ending } from './ending.ts'
import { holdMs } from './hold.ts'
import { withOwnFailures } from './own-failures.ts'
import { type RunTaskOptions, taskProcessor } from './run-task.ts'
import type { RunningTask, TaskReport } from './task-report.ts'
import { TaskThreads } from './threads.ts'

export interface TaskWorkerOptions {
  queues: TaskQueues
  tasks: readonly Task[]
  /** Those that this process works on. @default all that the tasks have */
  only?: readonly string[]
  /** Tasks of one queue at once, in this process. @default 8 */
  concurrency?: number
  database?: Pick<Database, 'db'> | undefined
  logger: Logger
  onReport?: (report: TaskReport) => void
}

/** A dead worker's task is found by two looks of another one, and so runs again after 20 s at most. */
const lookForStalledMs = 5_000
/** Beyond what tasks under way are given. */
const closingMs = 3_000
/** How long the engine waits for a task in one go. */
const waitSeconds = 5

export class TaskWorker {
  /** Those that it works on. */
  readonly queueNames: readonly string[]
  /** Tasks of one queue at once. */
  readonly concurrency: number
  readonly #options: TaskWorkerOptions
  readonly #leaving = new AbortController()
  readonly #threads = new TaskThreads()
  readonly #tasks: ReadonlyMap<string, Task>
  /** With what ends each. */
  readonly #running = new Map<RunningTask, Ending>()
  readonly #listeners = new Set<(report: TaskReport) => void>()
  readonly #cleaning: Cleaning
  readonly #log = new LogThrottle(10_000)
  #workers: Worker[] = []
  #isDraining = false

  constructor(options: TaskWorkerOptions) {
    this.#options = options
    this.#tasks = new Map(options.tasks.map((task) => [task.name, task]))
    this.queueNames = options.only ?? [...new Set(options.tasks.map(({ queue }) => queue))]
    this.concurrency = options.concurrency ?? 8
    if (options.onReport) this.#listeners.add(options.onReport)
    const keepSeconds = new Map(
      this.queueNames.map((name) => [name, keepSecondsOf(options.tasks.filter(({ queue }) => queue === name))]),
    )
    this.#cleaning = new Cleaning({ queues: options.queues, keepSeconds, onError: (error) => this.#tell(error) })
  }

  /** Tasks under way. */
  get running(): number {
    return this.#running.size
  }

  get runningTasks(): readonly RunningTask[] {
    return [...this.#running.keys()]
  }

  /** Whether it takes no more tasks. */
  get isDraining(): boolean {
    return this.#isDraining
  }

  /** Calls it whenever an attempt has ended. @returns what ends that. */
  onReport(listener: (report: TaskReport) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async start(): Promise<void> {
    if (this.#workers.length > 0 || this.isDraining) {
      throw new TaskUsageError('This worker was started before.', 'Make a new one after it was stopped.')
    }
    this.#workers = this.queueNames.map((queue) => this.#open(queue))
    for (const worker of this.#workers) {
      worker.run().catch((error: unknown) => this.#tell(error))
    }
    this.#cleaning.start()
  }

  /**
   * Takes no more tasks and waits for those under way. After `timeoutMs` their signals are aborted and they are put back,
   * for another worker to run them from their beginning.
   */
  async stop(timeoutMs: number): Promise<void> {
    this.#isDraining = true
    const deadline = setTimeout(() => this.#release(), timeoutMs)
    await this.#closed(timeoutMs + closingMs)
    clearTimeout(deadline)
    await this.#cleaning.stop()
    this.#workers = []
    this.#threads.stop()
  }

  /** The engine may wait for an answer that was lost with its server: what it holds then is found by others. */
  async #closed(withinMs: number): Promise<void> {
    const closing = Promise.all(this.#workers.map((worker) => worker.close()))
    const late = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => late.resolve('late'), withinMs)
    const end = await Promise.race([closing, late.promise])
    clearTimeout(timer)
    if (end === 'late') this.#options.logger.warn('a task worker is left before its engine has ended')
  }

  #release(): void {
    if (this.running > 0) this.#options.logger.warn({ tasks: this.running }, 'tasks under way are left to others')
    const reason = new TaskReleasedError('under way')
    this.#leaving.abort(reason)
    for (const ending of this.#running.values()) ending.end(reason)
  }

  #open(queue: string): Worker {
    const { queues } = this.#options
    const process = taskProcessor(this.#runOptions(queue))
    const counted = async (job: Job, token?: string) => {
      const running = { id: `${queue}/${job.id}`, task: job.name, sinceMs: Date.now() }
      const ending = new Ending()
      if (this.#leaving.signal.aborted) ending.end(this.#leaving.signal.reason)
      this.#running.set(running, ending)
      try {
        return await withOwnFailures(job, () => process(job, token, ending))
      } finally {
        this.#running.delete(running)
      }
    }
    const worker = queues.backend.worker(queues.fullName(queue), counted, {
      concurrency: this.concurrency,
      autorun: false,
      lockDuration: holdMs,
      stalledInterval: lookForStalledMs,
      maxStalledCount: engineDeathsMax,
      drainDelay: waitSeconds,
      settings: { backoffStrategy: (attempts, _type, _error, job) => this.#backoffMs(job as TaskJob, attempts) },
    })
    worker.on('error', (error) => this.#tell(error))
    worker.on('lockRenewalFailed', (ids) => this.#lose(queue, ids))
    worker.on('completed', (job) => {
      if (job.name === workflowJob) void this.#forget(`${queue}/${job.id}`, job.data.opening)
    })
    return worker
  }

  #runOptions(queue: string): RunTaskOptions {
    const { queues, database, logger } = this.#options
    const leaving = this.#leaving.signal
    const onReport = (report: TaskReport) => {
      for (const listener of this.#listeners) listener(report)
    }
    return {
      ...{ queue, queues, database, logger, leaving, onReport },
      taskOf: (name) => this.#tasks.get(name),
      runInThread: (task, input, context) => this.#threads.run(task, input, context),
    }
  }

  /** Its job has the result now. What is not forgotten here is forgotten by its age. */
  async #forget(workflow: string, opening: string | undefined): Promise<void> {
    const { queues } = this.#options
    const id = queues.storedId(workflow, opening)
    await queues.backend.workflows.forget(id).catch((error: unknown) => this.#tell(error))
  }

  /** Whoever has them now runs them from their beginning: what they do here doesn't count any more. */
  #lose(queue: string, ids: string[]): void {
    const tasks = ids.map((id) => `${queue}/${id}`)
    for (const [{ id, task }, ending] of this.#running) if (tasks.includes(id)) ending.end(new TaskHoldLostError(task))
    const hint = 'a handler has kept the process busy for longer than 10 s, or the server was away: see `thread`'
    this.#options.logger.warn({ tasks, hint }, 'the hold on tasks under way was lost: they run again elsewhere')
  }

  #backoffMs(job: TaskJob, attempts: number): number {
    const task = this.#tasks.get(job.name)
    return task ? retryDelayMs(task.retry, attempts) : 0
  }

  /** The engine goes on by itself: while the server is away, each of its attempts to come back ends here. */
  #tell(error: unknown): void {
    const { logger } = this.#options
    const reason = messageOf(error)
    const tellMore = (times: number, seconds: number) =>
      logger.warn({ error: reason, times, seconds }, 'the task queue still does not answer as it should')
    if (this.#log.admit(reason, tellMore)) logger.warn({ error: reason }, 'the task queue does not answer as it should')
  }
}
