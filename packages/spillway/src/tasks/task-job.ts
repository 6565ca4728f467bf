/** A task as the engine keeps it: what every part that reads or writes jobs agrees on. @module */
import type { BulkJobOptions, Job, JobsOptions } from 'bullmq'
import type { Json } from '../database/index.ts'
import type { Floors } from '../foundation/index.ts'
import { TaskUsageError } from './errors.ts'
import { type EnqueueOptions, enginePriority, isPriority, type Priority } from './task-options.ts'

/** What a job carries. */
export interface TaskData {
  input: Json
  /** Of the request, or the task, that it was enqueued in. */
  requestId?: string
  /** How far databases must be to read what whoever enqueued it has written. */
  floors?: Floors
  /** The workflow whose step it is. Its input is brought when it runs. */
  step?: StepPlace
  /** Where an id can come again: tells it from an earlier one, such as a workflow that was cancelled. */
  opening?: string
  /** When somebody has told a dead letter to run again. */
  retriedAtMs?: number
  /** The tick of the schedule that it was enqueued for, ms. */
  scheduledFor?: number
  /** The deaths of its workers when it was held back last, and those that don't count any more. */
  deathsHeldBack?: number
  deathsForgiven?: number
}

/** Where a task stands in a workflow. */
export interface StepPlace {
  /** The workflow, as `TaskRun` has it. */
  of: string
  opening: string
  /** The number of the step in its plan. */
  n: number
}

/** The name of the job that stands for a whole workflow. */
export const workflowJob = 'spillway.workflow'

export type TaskJob = Job<TaskData>

/** A job to add. */
export interface NewJob {
  /** As the app calls it. */
  queue: string
  name: string
  data: TaskData
  options: BulkJobOptions & { jobId: string }
}

/** What of a task's declaration decides how its jobs are kept. */
export interface JobPolicy {
  readonly name: string
  readonly queue: string
  readonly priority: Priority
  readonly retriesMax: number
  readonly keepSeconds: number
}

export function newJob(policy: JobPolicy, data: TaskData, options: EnqueueOptions = {}): NewJob {
  const { name, queue } = policy
  // A key may be used again when its task is forgotten, and then its id is as well.
  const isReusable = options.idempotencyKey !== undefined && data.opening === undefined
  return {
    ...{ queue, name },
    data: isReusable ? { ...data, opening: newOpening() } : data,
    options: jobOptions(policy, options),
  }
}

/** Long enough for the few that may have one id after each other. */
export const newOpening = () => crypto.randomUUID().slice(0, 8)

function jobOptions(policy: JobPolicy, options: EnqueueOptions) {
  const { name, retriesMax, keepSeconds } = policy
  ensureEnqueuable(name, options)
  const { delayMs, eta, priority, idempotencyKey } = options
  const delay = eta ? Math.max(0, eta.getTime() - Date.now()) : (delayMs ?? 0)
  return {
    jobId: idempotencyKey === undefined ? Bun.randomUUIDv7() : idOfKey(name, idempotencyKey),
    priority: enginePriority(priority ?? policy.priority),
    ...(delay > 0 && { delay }),
    ...(retriesMax > 0 && { attempts: retriesMax + 1, backoff: { type: 'task' } }),
    // Those that are kept are cleaned up by age: the engine would look for old ones after each task.
    ...(keepSeconds === 0 && { removeOnComplete: true }),
  } satisfies JobsOptions
}

/** Farther off than any task waits; the engine counts in milliseconds and 53 bits. */
const delayMaxMs = 100 * 365 * 86_400_000

/** What types don't see, and what comes from where there are none. @throws {TaskUsageError} */
export function ensureEnqueuable(task: string, { delayMs = 0, eta, priority }: EnqueueOptions): void {
  const wrong = (what: string, hint: string) => new TaskUsageError(`"${task}" can't be enqueued with ${what}.`, hint)
  if (priority !== undefined && !isPriority(priority)) {
    throw wrong(`the priority ${priority}`, 'Give a whole number from 0 to 10; higher runs first.')
  }
  if (!(delayMs >= 0 && delayMs <= delayMaxMs)) {
    throw wrong(`a delay of ${delayMs} ms`, 'Give milliseconds from 0 on, up to a hundred years.')
  }
  if (eta !== undefined && !(eta instanceof Date && eta.getTime() < Date.now() + delayMaxMs)) {
    throw wrong(`the eta ${eta}`, 'Give a valid Date, a hundred years from now at most.')
  }
}

/** The same in every process. Ids may hold no colon, and not be a number. */
export function idOfKey(task: string, key: string): string {
  return `key-${new Bun.CryptoHasher('sha256')
    .update(JSON.stringify([task, key]))
    .digest('hex')
    .slice(0, 32)}`
}

/** When it could first run, or could again after it had failed for good. */
export function readyAtMs({ timestamp, delay, data }: TaskJob): number {
  return Math.max(timestamp + delay, data.retriedAtMs ?? 0)
}

/** 1 is the first. */
export const attemptOf = (job: TaskJob): number => job.attemptsMade + 1

export const isLastAttempt = (job: TaskJob): boolean => attemptOf(job) >= (job.opts.attempts ?? 1)
