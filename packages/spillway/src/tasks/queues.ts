/**
 * The queues of an app on one backend: where tasks are put, found and taken from.
 *
 * @module
 */
import type { Queue } from 'bullmq'
import type { Floors } from '../foundation/index.ts'
import { type Asked, answered, bounded } from './answered.ts'
import type { TaskBackend } from './backend/backend.ts'
import { Batches } from './batches.ts'
import { TasksUnavailableError, TaskUsageError } from './errors.ts'
import type { BeatStore } from './monitor/beat.ts'
import type { ScheduleLedger } from './schedule/ledger.ts'
import type { NewJob, TaskJob } from './task-job.ts'

export interface TaskQueuesOptions {
  backend: TaskBackend
  /** Of the app: apps that share a backend have queues of their own. */
  app: string
  /** How far the current context has read and written; tasks read at least that. */
  floors?: () => Promise<Floors>
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

export class TaskQueues {
  readonly backend: TaskBackend
  readonly app: string
  readonly #floors: TaskQueuesOptions['floors']
  readonly #opened = new Map<string, Opened>()

  constructor({ backend, app, floors }: TaskQueuesOptions) {
    this.backend = backend
    this.app = app
    this.#floors = floors
  }

  /** The engine's own; opened when it is first asked for. */
  queue(name: string): Queue {
    return this.#open(name).queue
  }

  /** As the backend knows it. */
  fullName(queue: string): string {
    return `${this.app}.${queue}`
  }

  /** A workflow as the backend knows it. @param id as `TaskRun` has it. */
  storedId(id: string, opening = ''): string {
    return `${this.fullName(id)}-${opening}`
  }

  /** What is remembered of the app's schedules; to be closed before this is. */
  ledger(): ScheduleLedger {
    return this.backend.ledger(this.app)
  }

  /** Where the app's worker processes tell of themselves. */
  beats(): BeatStore {
    return this.backend.beats(this.app)
  }

  /** Undefined where there are no databases; else what the promise gives may be empty. */
  floors(): Promise<Floors> | undefined {
    return this.#floors?.()
  }

  /** @throws {TasksUnavailableError} when it is not known whether the task was added. */
  async add(job: NewJob): Promise<void> {
    const { queue, batches, ready } = this.#open(job.queue)
    try {
      if (ready) await bounded(ready)
      await (batches ? batches.add(job) : bounded(queue.add(job.name, job.data, job.options)))
    } catch (cause) {
      throw new TasksUnavailableError('enqueue', cause)
    }
  }

  /** Adds many at once, in their order. Those whose id is known already stay as they are. */
  async addMany(jobs: readonly NewJob[]): Promise<void> {
    const byQueue = Map.groupBy(jobs, ({ queue }) => queue)
    await Promise.all([...byQueue].map(([name, group]) => this.#addMany(this.queue(name), group)))
  }

  /** In parts, each of which the server has time for. Where it takes them in their order, it works while we go on. */
  async #addMany(queue: Queue, jobs: readonly NewJob[]): Promise<void> {
    const { size, underWay } = this.backend.parts
    const sent: Promise<unknown>[] = []
    for (let from = 0; from < jobs.length; from += size) {
      const part = jobs.slice(from, from + size)
      const added = queue.addBulk(part.map(({ name, data, options }) => ({ name, data, opts: options })))
      const told = answered('enqueue', added)
      // Its error is told when its turn comes.
      told.catch(() => undefined)
      sent.push(told)
      if (sent.length < underWay) await nextTurn()
      else await sent.shift()
    }
    await Promise.all(sent)
  }

  /**
   * @param id as `TaskRun` has it: the queue, a slash, and the job's own.
   * @param asked for whom it is looked for.
   * @throws {TasksUnavailableError}
   */
  async find(id: string, asked: Asked = 'read'): Promise<TaskJob | undefined> {
    const [queue = '', ...rest] = id.split('/')
    if (rest.length === 0) {
      throw new TaskUsageError(`"${id}" is no id of a task.`, 'Ids look like "default/0199…": `spillway tasks failed`.')
    }
    return await answered(asked, this.queue(queue).getJob(rest.join('/')))
  }

  async close(): Promise<void> {
    const opened = [...this.#opened.values()]
    this.#opened.clear()
    // One whose server is away may never answer.
    await Promise.all(opened.map(({ queue }) => bounded(queue.close()).catch(() => undefined)))
    await bounded(this.backend.close()).catch(() => undefined)
  }

  #open(name: string): Opened {
    const known = this.#opened.get(name)
    if (known) return known
    const queue = this.backend.queue(this.fullName(name))
    // Whoever waits for an answer hears of it.
    queue.on('error', () => undefined)
    const opened: Opened = { queue, ...(this.backend.kind === 'postgres' && { batches: new Batches(queue) }) }
    opened.ready = queue.waitUntilReady().then(() => {
      delete opened.ready
    })
    opened.ready.catch(() => this.#opened.delete(name))
    this.#opened.set(name, opened)
    return opened
  }
}

interface Opened {
  queue: Queue
  /** Where each call would be a transaction of its own. */
  batches?: Batches
  /** Until the server has answered for the first time. From then on the clients' own limits hold. */
  ready?: Promise<void>
}
