/**
 * What one process keeps of the cache: values as they are used, bounded in bytes.
 *
 * @module
 */
import { coarseClock, Sieve, SieveNode } from '../../foundation/index.ts'
import { Shareable } from './frozen.ts'
import { LocalTags, type Tag } from './tags.ts'

export interface LocalValue {
  /** What readers get, or its JSON: then it is made when the first one comes. */
  kept: Shareable | string
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
  sizeBytes: number
  #kept: Shareable | string
  /** What hits are answered with: one promise for all of them. */
  #answer: Promise<unknown> | undefined

  constructor(
    readonly key: string,
    { kept, freshUntilMs, staleUntilMs, refreshAtMs }: LocalValue,
    readonly tags: readonly Tag[],
    readonly loadedAt: number,
  ) {
    super()
    this.checkedAt = loadedAt
    this.freshUntilMs = freshUntilMs
    this.staleUntilMs = staleUntilMs
    this.refreshAtMs = refreshAtMs
    this.#kept = kept
    this.sizeBytes = overheadBytes + key.length * 2 + sizeOf(kept)
  }

  get isPacked(): boolean {
    return typeof this.#kept === 'string'
  }

  /** The value for one reader, who may do with it what he likes. */
  read(): Promise<unknown> {
    if (this.#answer) return this.#answer
    const kept = this.unpack()
    if (!kept.isFrozen) return Promise.resolve(kept.read())
    this.#answer = Promise.resolve(kept.value)
    return this.#answer
  }

  /** Makes the value out of its JSON; it takes more room then. */
  unpack(): Shareable {
    if (typeof this.#kept !== 'string') return this.#kept
    const shared = new Shareable(JSON.parse(this.#kept))
    this.sizeBytes += shared.sizeBytes - sizeOf(this.#kept)
    this.#kept = shared
    return shared
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
    if (entry.isPacked) this.#unpack(entry)
    entry.hits++
    if (entry.lives < livesMax) entry.lives++
    return entry
  }

  /** @returns false when something it may have read was invalidated since `loadedAt`; then it is not kept. */
  put(key: string, value: LocalValue, loadedAt: number): boolean {
    const held = this.#tags.hold(value.tags, loadedAt)
    if (!held) return false
    const replaced = this.#entries.get(key)
    if (replaced) this.#remove(replaced)
    // An eighth: one huge value must not push out everything else.
    if (sizeOf(value.kept) > this.maxBytes / 8) {
      this.#tags.release(held)
      return true
    }
    const entry = new LocalEntry(key, value, held, loadedAt)
    if (replaced) entry.hits = replaced.hits
    this.#entries.set(key, entry)
    this.#sieve.add(entry)
    this.#sizeBytes += entry.sizeBytes
    this.#evict()
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

  #unpack(entry: LocalEntry): void {
    this.#sizeBytes -= entry.sizeBytes
    entry.unpack()
    this.#sizeBytes += entry.sizeBytes
    this.#evict()
  }

  #evict(): void {
    while (this.#sizeBytes > this.maxBytes) {
      const entry = this.#sieve.pick()
      if (!entry) return
      this.#evictions++
      this.#remove(entry)
    }
  }

  #remove(entry: LocalEntry): void {
    this.#entries.delete(entry.key)
    this.#sieve.remove(entry)
    this.#sizeBytes -= entry.sizeBytes
    this.#tags.release(entry.tags)
  }
}

/** Characters may take two bytes each. */
function sizeOf(kept: Shareable | string): number {
  return typeof kept === 'string' ? kept.length * 2 : kept.sizeBytes
}
