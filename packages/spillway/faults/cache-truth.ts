/**
 * What the caches are copies of, in memory that all processes of a drill share: a version for each tag, and the newest
 * version that everyone has been told of.
 *
 * Each tag has one writer, so plain stores suffice: aligned ones are never seen half.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'

const bytesPerTag = 16

export class Truth {
  /** What a loader reads. */
  readonly #versions: Int32Array
  /** From this version on nobody may be given an older one. */
  readonly #settled: Int32Array
  readonly #settledAtMs: Float64Array

  constructor(
    path: string,
    readonly tags: number,
  ) {
    const { buffer } = Bun.mmap(path, { shared: true })
    this.#settledAtMs = new Float64Array(buffer, 0, tags)
    this.#versions = new Int32Array(buffer, tags * 8, tags)
    this.#settled = new Int32Array(buffer, tags * 12, tags)
  }

  /** Makes the file, all zero. */
  static create(path: string, tags: number): void {
    writeFileSync(path, new Uint8Array(tags * bytesPerTag))
  }

  version(tag: number): number {
    return this.#versions[tag]!
  }

  /** What a commit does. @returns the new version. */
  change(tag: number): number {
    return ++this.#versions[tag]!
  }

  /** The invalidation of this version has returned. */
  settle(tag: number, version: number): void {
    this.#settledAtMs[tag] = nowMs()
    this.#settled[tag] = version
  }

  settled(tag: number): { version: number; atMs: number } {
    return { version: this.#settled[tag]!, atMs: this.#settledAtMs[tag]! }
  }
}

/** Finer than a millisecond, and the same in all processes. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now()
}
