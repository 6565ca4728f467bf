/** What the suite is run on. @module */
import type { SharedTier } from '../../cache/index.ts'

/** Two clients of one store, as two processes have them, and how to end it all. */
export interface OpenedTiers {
  tier: SharedTier
  other: SharedTier
  /** Writes something where the tier keeps its floors, where others can. */
  spoilFloors?(text: string): Promise<void>
  close(): Promise<void>
}
