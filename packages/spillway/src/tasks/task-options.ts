/** How a task is declared and enqueued. @module */
import type { z } from 'zod'
import type { Retry } from './retry.ts'

/** Higher runs first. */
export type Priority = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10

export interface TaskDefinition<Schema extends z.ZodType> {
  /** Checked when the task is enqueued, and again when it runs: a release may lie between. */
  input: Schema
  /** Where it waits; workers can be given to queues. @default 'default' */
  queue?: string
  /** @default 5 */
  priority?: Priority
  /** Without it, the first failure is final. */
  retry?: Retry
  /** An attempt that takes longer has failed, and its slot is free. @default 60_000 */
  timeoutMs?: number
  /** How long the result can be asked for, and an idempotency key is known, seconds. @default 3_600 */
  keepSeconds?: number
  /**
   * Runs the handler in a thread, for work that keeps a processor busy: `import.meta.url` of the module that exports the
   * task. It is loaded there once more, so it must not start anything; the databases and caches of the app aren't there.
   */
  thread?: string
  /** Called once the last attempt has failed, at least once. */
  onFailure?: (failure: TaskFailure<z.output<Schema>>) => unknown
}

export interface TaskFailure<Input> {
  readonly id: string
  readonly input: Input
  readonly error: unknown
  readonly attempts: number
}

export interface EnqueueOptions {
  /** Not before so many milliseconds from now. */
  delayMs?: number
  /** Not before this moment. */
  eta?: Date
  /** Instead of the task's own. */
  priority?: Priority
  /** While a task of this name with the same key is known (see `keepSeconds`), it is the one that is meant. */
  idempotencyKey?: string
}

export const defaultQueue = 'default'
export const defaultPriority: Priority = 5
export const defaultTimeoutMs = 60_000
export const defaultKeepSeconds = 3_600

export const isPriority = (value: unknown): value is Priority =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 10

/** BullMQ's priorities are the other way round: 1 runs first, and none at all even before that. */
export const enginePriority = (priority: Priority): number => 11 - priority
/** Before all that have a priority. */
export const engineFirst = 0
export const priorityOf = (engine: number | undefined): Priority => (11 - (engine || 11)) as Priority
