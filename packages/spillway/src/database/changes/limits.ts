/** Bounds and intervals of the change log. @module */
import { waitingMax } from './install.ts'

export interface ChangeLogLimits {
  /** How long a relay or consumer that has died keeps its work. */
  leaseMs: number
  /** Changes that may wait for a relay; what is over that is told as a gap. */
  waitingMax: number
  /** Changes that are kept for consumers that are behind; one further behind gets a gap. */
  keptMax: number
  /** How long changes are kept that all consumers have handled, for watchers that were cut off. */
  keptMs: number
  /** Changes in one batch. */
  batchMax: number
}

/** 500,000 changes are some 75 MB where they wait, 40 MB in the feed. */
export const defaultLimits: ChangeLogLimits = {
  leaseMs: 2_000,
  waitingMax,
  keptMax: 500_000,
  keptMs: 600_000,
  batchMax: 5_000,
}
