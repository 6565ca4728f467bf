/**
 * Tasks: work that leaves the request, and is done by a worker.
 *
 * @module
 */
import { z } from 'zod'
import type { Json, Outgoing, OutgoingMessage } from '../database/index.ts'
import { currentContext, type Floors, messageOf } from '../foundation/index.ts'
import { notStarted, TaskInputError, TaskUsageError } from './errors.ts'
import { outgoingJob } from './outbox.ts'
import type { TaskQueues } from './queues.ts'
import { type RetryPolicy, retryPolicy } from './retry.ts'
import { unstorable } from './storable.ts'
import type { TaskContext } from './task-context.ts'
import { type JobPolicy, type NewJob, newJob, type TaskData, workflowJob } from './task-job.ts'
import {
  defaultKeepSeconds,
  defaultPriority,
  defaultQueue,
  defaultTimeoutMs,
  type EnqueueOptions,
  isPriority,
  type Priority,
  type TaskDefinition,
} from './task-options.ts'
import { TaskRun } from './task-run.ts'
import { Step } from './workflow/step.ts'

export type TaskHandler<Input, Output> = (input: Input, task: TaskContext) => Output | Promise<Output>

/**
 * Declares a task. It can be enqueued wherever the app has been started, and is run by a worker of its queue, at least
 * once.
 *
 * @param name unique in the app, and part of what waits in queues: `orders.send-receipt`.
 * @throws {TaskUsageError}
 * @example
 * export const sendReceipt = task(
 *   'orders.send-receipt',
 *   { input: z.object({ orderId: z.int() }), queue: 'email', priority: 9, retry: { on: [MailError] } },
 *   async ({ orderId }, { once }) => {
 *     await mail(await findOrder(orderId))
 *   },
 * )
 * await sendReceipt.enqueue({ orderId: 42 })
 */
export function task<Schema extends z.ZodType, Output>(
  name: string,
  definition: TaskDefinition<Schema>,
  handler: TaskHandler<z.output<Schema>, Output>,
): Task<z.input<Schema>, Awaited<Output>> {
  // Inside, a task is its schema's; those who enqueue and run it see what goes in and comes out.
  return new Task(name, definition, handler) as Task<z.input<Schema>, Awaited<Output>>
}

export class Task<Input = unknown, Output = unknown> implements JobPolicy, Outgoing<Input, EnqueueOptions> {
  readonly name: string
  readonly queue: string
  readonly priority: Priority
  readonly retry: RetryPolicy
  readonly timeoutMs: number
  readonly keepSeconds: number
  readonly thread: string | undefined
  readonly onFailure: TaskDefinition<z.ZodType>['onFailure']
  readonly handler: TaskHandler<unknown, Output>
  readonly #schema: z.ZodType
  #queues: TaskQueues | undefined

  constructor(name: string, definition: TaskDefinition<z.ZodType>, handler: TaskHandler<never, unknown>) {
    this.name = name
    this.queue = definition.queue ?? defaultQueue
    this.priority = definition.priority ?? defaultPriority
    this.retry = retryPolicy(name, definition.retry)
    this.timeoutMs = definition.timeoutMs ?? defaultTimeoutMs
    this.keepSeconds = definition.keepSeconds ?? defaultKeepSeconds
    this.thread = definition.thread
    this.onFailure = definition.onFailure
    this.#schema = definition.input
    // What `task` was typed by.
    this.handler = handler as TaskHandler<unknown, Output>
    this.#ensureUsable()
  }

  get retriesMax(): number {
    return this.retry.max
  }

  /**
   * Puts it into its queue. Inside of a transaction use `tx.enqueue`, which waits for the commit.
   *
   * @throws {TaskInputError} when the input doesn't fit.
   * @throws {TasksUnavailableError} when the queue doesn't answer; with an `idempotencyKey` it can be tried again safely.
   */
  async enqueue(input: Input, options?: EnqueueOptions): Promise<TaskRun<Output>> {
    const queues = this.started()
    const data = this.#dataOf(input)
    const floors = queues.floors()
    const job = newJob(this, floors ? await this.#withFloors(data, floors) : data, options)
    await queues.add(job)
    return this.run(job)
  }

  /**
   * Many in one go, which costs little more than one.
   *
   * @throws {TaskInputError} and has enqueued none, {@link TasksUnavailableError} when it isn't known which were.
   */
  async enqueueMany(inputs: readonly Input[], options?: EnqueueOptions): Promise<TaskRun<Output>[]> {
    const queues = this.started()
    if (inputs.length > 1) this.ensureMany(options)
    const floors = await queues.floors()
    const jobs = inputs.map((input) => newJob(this, { ...this.#dataOf(input), ...(floors && { floors }) }, options))
    await queues.addMany(jobs)
    return jobs.map((job) => this.run(job))
  }

  /** With its input, as a step of a workflow. */
  with(input: Input): Step<unknown, Output> {
    return new Step(this, { kind: 'given', input })
  }

  /** As a step of a workflow whose input is `rest` and, as its field `key`, what the step before has returned. */
  withPrevious<Key extends keyof Input & string>(key: Key, rest: Omit<Input, Key>): Step<Input[Key], Output> {
    return new Step(this, { kind: 'joined', key, rest })
  }

  /** For `tx.enqueue`: it is handed over after the commit. @throws {TaskInputError} */
  outgoing(input: Input, options?: EnqueueOptions): OutgoingMessage {
    return outgoingJob(this, this.#dataOf(input), options)
  }

  /** @throws {TaskUsageError} when their options make them one. */
  ensureMany(options?: EnqueueOptions): void {
    if (options?.idempotencyKey === undefined) return
    throw new TaskUsageError(`Many "${this.name}" can't share one idempotency key.`, 'Enqueue each with its own.')
  }

  /** A job of this task that was added. */
  run({ queue, options }: Pick<NewJob, 'queue' | 'options'>): TaskRun<Output> {
    return new TaskRun<Output>(this.started(), `${queue}/${options.jobId}`)
  }

  /** @throws {TaskInputError} */
  parse(input: unknown): unknown {
    const parsed = this.#schema.safeParse(input)
    if (parsed.success) return parsed.data
    throw new TaskInputError(this.name, z.prettifyError(parsed.error))
  }

  /** What arrives at the worker must fit, so that is what is checked. @throws {TaskInputError} */
  travelling(input: unknown): Json {
    const travelled = this.carried(input)
    this.parse(travelled ?? (input === undefined ? undefined : travelled))
    return travelled
  }

  /** What arrives of an input, or of a part of one. @throws {TaskInputError} when it can't be kept. */
  carried(input: unknown): Json {
    const text = this.#jsonOf(input)
    const problem = text === undefined ? undefined : unstorable(text)
    if (problem) throw new TaskInputError(this.name, `It ${problem}.`)
    return text === undefined ? null : JSON.parse(text)
  }

  /** From now on it can be enqueued. */
  start(queues: TaskQueues): void {
    this.#queues = queues
  }

  stop(): void {
    this.#queues = undefined
  }

  /** @throws {TaskUsageError} */
  started(): TaskQueues {
    if (this.#queues) return this.#queues
    throw notStarted(this.name)
  }

  /** How far databases must be for the task to read what its enqueuer has written. */
  async #withFloors(data: TaskData, read: Promise<Floors>): Promise<TaskData> {
    const floors = await read
    return Object.keys(floors).length > 0 ? { ...data, floors } : data
  }

  #jsonOf(input: unknown): string | undefined {
    try {
      return JSON.stringify(input)
    } catch (error) {
      throw new TaskInputError(this.name, messageOf(error))
    }
  }

  #dataOf(input: unknown): TaskData {
    const requestId = currentContext()?.id
    return { input: this.travelling(input), ...(requestId && { requestId }) }
  }

  #ensureUsable(): void {
    const wrong = (what: string, hint: string) => new TaskUsageError(`The task "${this.name}" ${what}.`, hint)
    const named = 'Use lower case letters, digits, _ . and -, as in "orders.send-receipt".'
    if (!/^[a-z][\w.-]*$/i.test(this.name) || this.name === workflowJob) throw wrong("can't be called so", named)
    if (!/^[a-z][\w-]*$/i.test(this.queue)) throw wrong(`can't wait in "${this.queue}"`, named)
    if (!isPriority(this.priority)) {
      throw wrong(`has the priority ${this.priority}`, 'Give a whole number from 0 to 10; higher runs first.')
    }
    if (!(this.timeoutMs > 0 && this.timeoutMs < 2 ** 31)) throw wrong('has no usable timeout', 'Give milliseconds.')
    if (!(this.keepSeconds >= 0 && this.keepSeconds < 1e9))
      throw wrong('has no usable keepSeconds', 'Give seconds; 0 keeps no result.')
  }
}
