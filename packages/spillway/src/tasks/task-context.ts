/** What a handler has at hand beside its input. @module */
import type { Json } from '../database/index.ts'
import type { Logger } from '../foundation/index.ts'
import type { Effect, EffectDatabase } from './once.ts'

export interface TaskContext {
  /** Of the task, the same in all attempts. */
  readonly id: string
  /** 1 is the first. An attempt that died with its process isn't counted. */
  readonly attempt: number
  /** Of the schedule that has enqueued it: the moment that this run is for, which may be long ago. */
  readonly scheduledFor?: Date
  /** Whether a failure now is final. */
  readonly isLastAttempt: boolean
  /**
   * Aborted at the task's timeout, when the process must leave before the handler has ended, and when another worker has
   * taken the task over because this one kept its process busy for too long.
   */
  readonly signal: AbortSignal
  readonly logger: Logger
  /** Tells how far it is, to whoever asks for the task. */
  progress(value: Json): Promise<void>
  /**
   * Runs `effect` in a transaction, once for this task and `key`, however often the handler runs: what it writes and
   * that it was done are committed together. A later call gets the first one's result. What `effect` does outside of
   * the database can happen twice when the process dies before the commit: give the other side the task's id as well.
   *
   * @param key tells several effects of one task apart.
   * @param database where the effect is; the app's first one by default.
   * @example await once('book', (tx) => tx.update(accounts).set({ balance: sql`balance + ${amount}` }).where(…))
   */
  // biome-ignore lint/suspicious/noExplicitAny: an effect may be on any database of the app, whatever its schema.
  once<Result, S extends Record<string, unknown> = any>(
    key: string,
    effect: Effect<Result, S>,
    database?: EffectDatabase<S>,
  ): Promise<Result>
}
