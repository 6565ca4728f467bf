/** What can start and end workers. @module */

export interface ScalingDriver {
  /** In log lines. */
  readonly name: string

  /**
   * Workers that are there or about to be; those that drain no longer count.
   *
   * @throws {ScalingFailedError} when nobody can tell.
   */
  current(): Promise<number>

  /**
   * Sees to it that there are `count`. Resolves when all is under way: `current()` says `count` then, while new ones may
   * still start, and those that leave finish what they run.
   *
   * @throws {ScalingFailedError}
   */
  scaleTo(count: number, options?: ScaleOptions): Promise<void>

  /** Ends what must not outlive this program, in good order; resolves when that is over. May be called twice. */
  stop(): Promise<void>
}

export interface ScaleOptions {
  /** Ids of workers that run nothing. A driver that can choose who leaves takes these first, in this order. */
  idle?: readonly string[]
}
