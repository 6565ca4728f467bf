/** A worker process tells how it is, beside its tasks and never in one. @module */
import { hostname } from 'node:os'
import { type Logger, messageOf, type Part } from '../../foundation/index.ts'
import type { TaskQueues } from '../queues.ts'
import type { TaskWorker } from '../worker/task-worker.ts'
import { type Beat, type BeatStore, beatEveryMs } from './beat.ts'
import { TaskCounts } from './task-counts.ts'

export interface WorkerBeatsOptions {
  queues: TaskQueues
  worker: TaskWorker
  process: Pick<Beat, 'release'>
  logger: Logger
  /** The pause between two of them. @default {@link beatEveryMs} */
  everyMs?: number
}

/** Start it before the worker and stop it after: then it also tells how the worker ends. */
export class WorkerBeats implements Part {
  readonly name = 'beats of the task worker'
  readonly #options: WorkerBeatsOptions
  readonly #store: BeatStore
  readonly #counts = new TaskCounts()
  readonly #id = crypto.randomUUID()
  readonly #startedAtMs = Date.now()
  #timer: ReturnType<typeof setTimeout> | undefined
  #publishing: Promise<void> = Promise.resolve()
  #unlisten: () => void = () => undefined

  constructor(options: WorkerBeatsOptions) {
    this.#options = options
    this.#store = options.queues.beats()
  }

  async start(): Promise<void> {
    this.#unlisten = this.#options.worker.onReport((report) => this.#counts.record(report))
    this.#timer = setTimeout(() => this.#turn(), 0)
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#unlisten()
    await this.#publishing
    await this.#publish(true)
  }

  #turn(): void {
    this.#publishing = this.#publish(false).finally(() => {
      if (this.#timer) this.#timer = setTimeout(() => this.#turn(), this.#options.everyMs ?? beatEveryMs)
    })
  }

  async #publish(hasLeft: boolean): Promise<void> {
    // That the server is away is said by the worker. A beat has no worth later.
    await this.#store.publish(this.#beat(hasLeft)).catch((error: unknown) => {
      this.#options.logger.debug({ error: messageOf(error) }, 'the beat of the task worker could not be published')
    })
  }

  #beat(hasLeft: boolean): Beat {
    const { worker, process: own } = this.#options
    const { queueNames: queues, concurrency, runningTasks: running, isDraining } = worker
    return {
      ...{ id: this.#id, host: hostname(), pid: process.pid, ...own, startedAtMs: this.#startedAtMs, atMs: Date.now() },
      ...{ queues, concurrency, running, done: this.#counts.done, memoryBytes: process.memoryUsage.rss() },
      ...{ isDraining, hasLeft, tasks: this.#counts.told() },
    }
  }
}
