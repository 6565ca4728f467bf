/**
 * Tags of what this process keeps. Invalidating one costs the same however many entries carry it: it takes the next
 * number of a sequence, and an entry holds as long as none of its tags has a number above the one at which its load began.
 *
 * @module
 */

export interface Tag {
  readonly name: string
  /** The sequence number of the last invalidation. */
  invalidatedAt: number
  /** Entries that carry this tag. */
  holders: number
}

/** Invalidated tags without entries that are remembered for loads under way. */
const idleMax = 10_000

export class LocalTags {
  /** Grows by one with each invalidation. */
  sequence = 0
  /** When the last invalidation was, in milliseconds since the epoch. */
  invalidatedAtMs = 0

  readonly #used = new Map<string, Tag>()
  /** Oldest invalidation first. */
  readonly #idle = new Map<string, Tag>()
  #forgottenUpTo = 0

  invalidate(names: Iterable<string>): void {
    this.sequence++
    this.invalidatedAtMs = Date.now()
    for (const name of names) {
      const used = this.#used.get(name)
      if (used) used.invalidatedAt = this.sequence
      else this.#rest({ name, invalidatedAt: this.sequence, holders: 0 })
    }
  }

  /** As if every tag had been named: no load that has begun may be kept. */
  invalidateAll(): void {
    this.sequence++
    this.invalidatedAtMs = Date.now()
    this.#forgottenUpTo = this.sequence
  }

  /**
   * Tags for an entry whose load began at `sequence`, or undefined when something it may have read was invalidated
   * since: then it must not be stored. Give them back with `release`.
   */
  hold(names: readonly string[], sequence: number): Tag[] | undefined {
    if (sequence < this.#forgottenUpTo) return undefined
    for (const name of names) {
      const known = this.#used.get(name) ?? this.#idle.get(name)
      if (known && known.invalidatedAt > sequence) return undefined
    }
    const tags: Tag[] = []
    for (const name of names) {
      const tag = this.#used.get(name) ?? this.#wake(name)
      if (tags.includes(tag)) continue
      tag.holders++
      tags.push(tag)
    }
    return tags
  }

  release(tags: readonly Tag[]): void {
    for (const tag of tags) {
      tag.holders--
      if (tag.holders > 0) continue
      this.#used.delete(tag.name)
      if (tag.invalidatedAt > 0) this.#rest(tag)
    }
  }

  #wake(name: string): Tag {
    const tag = this.#idle.get(name) ?? { name, invalidatedAt: 0, holders: 0 }
    this.#idle.delete(name)
    this.#used.set(name, tag)
    return tag
  }

  #rest(tag: Tag): void {
    this.#idle.delete(tag.name)
    this.#idle.set(tag.name, tag)
    if (this.#idle.size <= idleMax) return
    const [oldest] = this.#idle.values()
    if (!oldest) return
    this.#idle.delete(oldest.name)
    this.#forgottenUpTo = Math.max(this.#forgottenUpTo, oldest.invalidatedAt)
  }
}
