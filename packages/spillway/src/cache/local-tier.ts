/**
 * What one process keeps of the cache: values as they are used, bounded in bytes.
 *
 * @module
 */
import { coarseClock, Sieve, SieveNode } from '../foundation/index.ts'
import { LocalTags, type Tag } from './local-tags.ts'

export interface LocalValue {
  value: unknown
  /** Else each reader gets a copy. */
  isFrozen: boolean
  /** What it takes in memory, roughly. */
  sizeBytes: number
  freshUntilMs: number
  staleUntilMs: number
  /** From when a reader loads it anew while it is still fresh. */
  refreshAtMs: number
  tags: readonly string[]
}

/** Measured by growth of RSS over 100,000 small entries. */
const overheadBytes = 480
/** A key that is read all the time survives this many rounds of the eviction hand without being read. */
const livesMax = 3

export class LocalEntry extends SieveNode {
  hits = 0
  /** Where the tags' sequence stood when it was last found valid. */
  checkedAt: number
  readonly freshUntilMs: number
  readonly staleUntilMs: number
  /** When the next reader is to load it anew. */
  refreshAtMs: number
  readonly sizeBytes: number
  readonly #isFrozen: boolean
  readonly #value: unknown
  /** What hits are answered with: one promise for all of them. */
  #shared: Promise<unknown> | undefined

  constructor(
    readonly key: string,
    { value, isFrozen, sizeBytes, freshUntilMs, staleUntilMs, refreshAtMs }: LocalValue,
    readonly tags: readonly Tag[],
    readonly loadedAt: number,
  ) {
    super()
    this.checkedAt = loadedAt
    this.freshUntilMs = freshUntilMs
    this.staleUntilMs = staleUntilMs
    this.refreshAtMs = refreshAtMs
    this.#isFrozen = isFrozen
    // The loader's caller may go on changing its own.
    this.#value = isFrozen ? value : structuredClone(value)
    this.sizeBytes = overheadBytes + key.length * 2 + sizeBytes
  }

  /** The value for one reader, who may do with it what he likes. */
  read(): Promise<unknown> {
    if (!this.#isFrozen) return Promise.resolve(structuredClone(this.#value))
    this.#shared ??= Promise.resolve(this.#value)
    return this.#shared
  }

  /** False once one of its tags was invalidated after its load began. */
  holds(sequence: number): boolean {
    if (this.checkedAt === sequence) return true
    for (const tag of this.tags) if (tag.invalidatedAt > this.loadedAt) return false
    this.checkedAt = sequence
    return true
  }
}

export class LocalTier {
  readonly #entries = new Map<string, LocalEntry>()
  readonly #sieve = new Sieve<LocalEntry>()
  readonly #tags = new LocalTags()
  #sizeBytes = 0
  #evictions = 0

  constructor(readonly maxBytes: number) {}

  get figures() {
    return { entries: this.#entries.size, bytes: this.#sizeBytes, evictions: this.#evictions }
  }

  /** Where invalidations stand; take it before a load, and give it to `put`. */
  get sequence(): number {
    return this.#tags.sequence
  }

  /** A valid entry, fresh or within its grace. */
  get(key: string): LocalEntry | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    if (!entry.holds(this.#tags.sequence) || coarseClock.nowMs >= entry.staleUntilMs) {
      this.#remove(entry)
      return undefined
    }
    entry.hits++
    if (entry.lives < livesMax) entry.lives++
    return entry
  }

  /** @returns false when something it may have read was invalidated since `loadedAt`; then it is not kept. */
  put(key: string, value: LocalValue, loadedAt: number): boolean {
    const held = this.#tags.hold(value.tags, loadedAt)
    if (!held) return false
    const entry = new LocalEntry(key, value, held, loadedAt)
    const replaced = this.#entries.get(key)
    if (replaced) {
      entry.hits = replaced.hits
      this.#remove(replaced)
    }
    // An eighth: one huge value must not push out everything else.
    if (entry.sizeBytes > this.maxBytes / 8) {
      this.#tags.release(held)
      return true
    }
    this.#entries.set(key, entry)
    this.#sieve.add(entry)
    this.#sizeBytes += entry.sizeBytes
    while (this.#sizeBytes > this.maxBytes) this.#evictOne()
    return true
  }

  delete(key: string): void {
    const entry = this.#entries.get(key)
    if (entry) this.#remove(entry)
  }

  invalidate(tags: readonly string[]): void {
    this.#tags.invalidate(tags)
  }

  clear(): void {
    // Also loads that are under way may not be put any more.
    this.#tags.invalidateAll()
    for (const entry of [...this.#entries.values()]) this.#remove(entry)
  }

  /** The keys that were read most, with their hits. One walk over all: milliseconds where there are 100,000. */
  hottest(count: number): { key: string; hits: number }[] {
    const top: { key: string; hits: number }[] = []
    let threshold = 0
    for (const entry of this.#entries.values()) {
      if (entry.hits <= threshold) continue
      const { key, hits } = entry
      top.splice(top.findLastIndex((one) => one.hits >= hits) + 1, 0, { key, hits })
      if (top.length > count) top.pop()
      if (top.length === count) threshold = top[count - 1]!.hits
    }
    return top
  }

  #evictOne(): void {
    const entry = this.#sieve.pick()
    if (!entry) return
    this.#evictions++
    this.#remove(entry)
  }

  #remove(entry: LocalEntry): void {
    this.#entries.delete(entry.key)
    this.#sieve.remove(entry)
    this.#sizeBytes -= entry.sizeBytes
    this.#tags.release(entry.tags)
  }
}
