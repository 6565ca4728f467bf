/** Removing many rows without holding many locks. @module */

export interface BatchOptions {
  /** Rows in one statement, which is one transaction. @default 1_000 */
  size?: number
  /** Looked at between batches. */
  signal?: AbortSignal
}

/**
 * Calls `remove` until it finds less than it may remove.
 *
 * @returns how many were removed.
 * @example await inBatches((limit) => removeOld(limit), { signal })
 */
export async function inBatches(
  remove: (limit: number) => Promise<number>,
  { size = 1_000, signal }: BatchOptions = {},
): Promise<number> {
  for (let total = 0; ; ) {
    signal?.throwIfAborted()
    const removed = await remove(size)
    total += removed
    if (removed < size) return total
  }
}
