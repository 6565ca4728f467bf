/** Which addresses carry a tag, as far as this process has seen; bounded, the longest unseen leave first. @module */

interface Seen {
  tags: readonly string[]
  /** Of the page before: it may be what is kept elsewhere. */
  before: readonly string[]
}

export class TaggedAddresses {
  /** In the order in which they were last seen. */
  readonly #seen = new Map<string, Seen>()
  readonly #byTag = new Map<string, Set<string>>()

  /** @param maxAddresses about 300 bytes each. */
  constructor(readonly maxAddresses = 100_000) {}

  add(address: string, tags: readonly string[]): void {
    const before = this.#remove(address)?.tags ?? []
    this.#seen.set(address, { tags, before })
    for (const tag of [...tags, ...before]) {
      const addresses = this.#byTag.get(tag)
      if (addresses) addresses.add(address)
      else this.#byTag.set(tag, new Set([address]))
    }
    if (this.#seen.size > this.maxAddresses) this.#remove(this.#seen.keys().next().value!)
  }

  /** They are kept: a purge can be repeated. */
  of(tags: readonly string[]): string[] {
    return [...new Set(tags.flatMap((tag) => [...(this.#byTag.get(tag) ?? [])]))]
  }

  all(): string[] {
    return [...this.#seen.keys()]
  }

  #remove(address: string): Seen | undefined {
    const seen = this.#seen.get(address)
    if (!seen) return undefined
    this.#seen.delete(address)
    for (const tag of [...seen.tags, ...seen.before]) {
      const addresses = this.#byTag.get(tag)
      addresses?.delete(address)
      if (addresses?.size === 0) this.#byTag.delete(tag)
    }
    return seen
  }
}
