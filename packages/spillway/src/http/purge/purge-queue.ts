/** What waits to be purged: each tag once, and everything in place of too many. @module */

/** In place of tags: all that the CDN keeps. */
export const everything = Symbol('everything')

/** What to purge, and whether to purge it once more later. */
export type Targets = Map<string | typeof everything, boolean>

export class PurgeQueue {
  readonly #maxTags: number
  readonly #onOverflow: () => void
  #targets: Targets = new Map()

  constructor(maxTags: number, onOverflow: () => void) {
    this.#maxTags = maxTags
    this.#onOverflow = onOverflow
  }

  get isEmpty(): boolean {
    return this.#targets.size === 0
  }

  add(target: string | typeof everything, isRepeated: boolean): void {
    // What waits with everything is included in it.
    if (target === everything || this.#targets.has(everything)) return this.#addEverything(isRepeated)
    this.#targets.set(target, isRepeated || this.#targets.get(target) === true)
    if (this.#targets.size <= this.#maxTags) return
    this.#onOverflow()
    this.#addEverything(isRepeated)
  }

  putBack(targets: Targets): void {
    for (const [target, isRepeated] of targets) this.add(target, isRepeated)
  }

  /** The oldest ones. */
  take(maxTags: number): Targets {
    const taken: Targets = new Map([...this.#targets].slice(0, maxTags))
    for (const target of taken.keys()) this.#targets.delete(target)
    return taken
  }

  /** @returns how many there were. */
  clear(): number {
    const { size } = this.#targets
    this.#targets.clear()
    return size
  }

  #addEverything(isRepeated: boolean): void {
    const repeats = isRepeated || [...this.#targets.values()].some(Boolean)
    this.#targets = new Map([[everything, repeats]])
  }
}
