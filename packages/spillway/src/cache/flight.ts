/** A load under way in this process, and all who wait for it. @module */

/** What became of it. */
export interface Outcome {
  /** What its readers get: the same frozen value, or a copy each. */
  read(): unknown
  /** False when something it may have read was invalidated meanwhile: not for those who came after that. */
  isCurrent: boolean
}

export class Flight {
  readonly landed: Promise<Outcome>
  /** The key was written or deleted meanwhile. */
  isVoid = false

  constructor(
    readonly tags: ReadonlySet<string>,
    land: (flight: Flight) => Promise<Outcome>,
  ) {
    this.landed = land(this)
  }
}
