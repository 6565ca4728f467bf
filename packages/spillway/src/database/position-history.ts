/**
 * When the primary was where in its log: what a replica's position means in time. The age of the last transaction that a
 * replica has replayed doesn't tell: after a quiet night the first write would look like hours of lag.
 *
 * @module
 */
import type { Lsn } from './lsn.ts'

const apartMs = 50

export class PositionHistory {
  readonly #keptMs: number
  /** Oldest first, both numbers growing. */
  #seen: { lsn: Lsn; atMs: number }[] = []

  /** @param keptMs how far back it goes, at least. */
  constructor(keptMs: number) {
    this.#keptMs = keptMs
  }

  /** The primary was seen there. */
  note(lsn: Lsn, nowMs: number): void {
    const last = this.#seen.at(-1)
    if (last && (lsn <= last.lsn || nowMs - last.atMs < apartMs)) return
    this.#seen.push({ lsn, atMs: nowMs })
    // Of those that are too old, one stays: it says since when the others are.
    const [, second] = this.#seen
    if (second && nowMs - second.atMs > 2 * this.#keptMs) {
      this.#seen = this.#seen.filter(({ atMs }) => nowMs - atMs <= this.#keptMs)
    }
  }

  /** For how many milliseconds the primary has been beyond `lsn`; undefined when it was already when first seen. */
  behindMs(lsn: Lsn, nowMs: number): number | undefined {
    const [first] = this.#seen
    if (first && first.lsn > lsn) return undefined
    const beyond = this.#seen.find((seen) => seen.lsn > lsn)
    return beyond ? nowMs - beyond.atMs : 0
  }

  clear(): void {
    this.#seen = []
  }
}
