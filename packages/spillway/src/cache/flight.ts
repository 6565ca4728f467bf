/** A load under way in this process, and all who wait for it. @module */
import type { SharedValue } from './shared-values.ts'

/** What became of it. */
export interface Outcome {
  /** Undefined when there is none. */
  value: SharedValue | undefined
  /** False when something it may have read was invalidated meanwhile: not for those who came after that. */
  isCurrent: boolean
}

export class Flight {
  readonly landed: Promise<Outcome>
  /** The key was written or deleted meanwhile. */
  isVoid = false

  constructor(
    readonly tags: readonly string[],
    land: (flight: Flight) => Promise<Outcome>,
  ) {
    this.landed = land(this)
  }
}
