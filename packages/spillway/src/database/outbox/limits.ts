/** Bounds and pauses of delivery. @module */

export interface OutboxLimits {
  /** How long the messages of a deliverer that has died stay its own. */
  leaseMs: number
  /** Messages in one batch. */
  batchMax: number
  /** Bytes of bodies after which a batch takes no more. */
  batchBytesMax: number
  /** A handler that takes longer has failed. */
  handlerMaxMs: number
  /** The longest pause before a message that was rejected is tried again. */
  retryMaxMs: number
}

export const defaultLimits: OutboxLimits = {
  leaseMs: 2_000,
  batchMax: 500,
  batchBytesMax: 4 * 2 ** 20,
  handlerMaxMs: 30_000,
  retryMaxMs: 30_000,
}
