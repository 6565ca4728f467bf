/**
 * The shared tier as values: encoded, with their times and tags, and judged by what has been invalidated since.
 *
 * @module
 */
import type { Codec } from './codec.ts'
import { type Entry, encodeEntry, StoredEntry } from './entry.ts'
import { TierAwayError } from './errors.ts'
import type { Figures } from './figures/figures.ts'
import { Shareable } from './local/frozen.ts'
import type { LocalValue } from './local/tier.ts'
import type { SharedTier, TagVersion } from './shared-tier.ts'
import type { Lifetime } from './strategies.ts'

/** A value out of the shared tier, or on its way into it, with times of this machine's clock. */
export class SharedValue implements LocalValue {
  #kept: Shareable | string
  #isTaken = false

  /** @param kept what readers get; or its JSON, when `value` was decoded from that and nobody else has it. */
  constructor(
    readonly value: unknown,
    kept: Shareable | string,
    readonly freshUntilMs: number,
    readonly staleUntilMs: number,
    readonly refreshAtMs: number,
    readonly tags: readonly string[],
  ) {
    this.#kept = kept
  }

  get kept(): Shareable | string {
    return this.#kept
  }

  /** For one reader. The first one has what was decoded for himself: freezing that takes longer than decoding it. */
  read(): unknown {
    if (typeof this.#kept === 'string') {
      if (!this.#isTaken) {
        this.#isTaken = true
        return this.value
      }
      this.#kept = new Shareable(JSON.parse(this.#kept))
    }
    return this.#kept.read()
  }
}

/** What was found: fresh, servable while it is loaded anew, or nothing that may be served. */
export type Found =
  | { kind: 'fresh'; value: SharedValue }
  | { kind: 'stale'; value: SharedValue; voidBefore: number }
  | { kind: 'none'; voidBefore: number }

export interface Writing extends Lifetime {
  tags: readonly string[]
  loadMs: number
}

type Times = Pick<Entry, 'freshUntilMs' | 'staleUntilMs' | 'loadMs'>

/** How eagerly values are refreshed before they expire: 1 is the optimum of Vattani et al., VLDB 2015. */
const eagerness = 1

export class SharedValues {
  constructor(
    readonly tier: SharedTier,
    readonly codec: Codec,
    readonly figures: Figures,
  ) {}

  /** @param tags those that are known before: their versions come with the same round trip. */
  read(key: string, tags: readonly string[]): Promise<Found> {
    return this.tier.read([key], tags).then(({ entries, versions }) => this.#judge(entries[0], tags, versions))
  }

  async readMany(keys: readonly string[], tags: readonly string[]): Promise<Map<string, Found>> {
    const { entries, versions } = await this.tier.read(keys, tags)
    const found = await Promise.all(entries.map((bytes) => this.#judge(bytes, tags, versions)))
    return new Map(found.map((value, index) => [keys[index]!, value]))
  }

  /** Bytes that came with a lease. */
  async judge(bytes: Uint8Array | undefined, tags: readonly string[]): Promise<Found> {
    if (bytes === undefined) return { kind: 'none', voidBefore: 0 }
    const { versions } = await this.tier.read([], tags)
    return await this.#judge(bytes, tags, versions)
  }

  async write(key: string, value: unknown, writing: Writing): Promise<void> {
    const sequence = await this.#sequence()
    // While the tier is away, the old value goes when it is back.
    if (sequence === undefined) return void (await this.tier.delete([key]))
    const { bytes } = this.#encode(value, writing, sequence)
    await this.tier.write(key, bytes, writing.ttlMs + writing.graceMs, writing.tags)
  }

  /** Ends the lease with a value. @returns the value, and whether the lease still held, so that it was written. */
  async fill(key: string, lease: { token: string; sequence: number }, value: unknown, writing: Writing) {
    const { bytes, shared } = this.#encode(value, writing, lease.sequence)
    const ttlMs = writing.ttlMs + writing.graceMs
    const isWritten = await this.tier.fill(key, lease.token, bytes, ttlMs, writing.tags)
    return { value: shared, isWritten }
  }

  async touch(key: string, { ttlMs, graceMs }: Lifetime): Promise<boolean> {
    const { entries } = await this.tier.read([key], [])
    const bytes = entries[0]
    const entry = bytes && this.#decode(bytes)
    if (!entry) return false
    const freshUntilMs = this.tier.nowMs() + ttlMs
    const renewed = entry.renewed(freshUntilMs, freshUntilMs + graceMs)
    // When someone has written meanwhile, that value has its own lifetime.
    await this.tier.replace(key, bytes, renewed, ttlMs + graceMs)
    return true
  }

  /** What a value is for this process alone, while the tier is away. */
  local(value: unknown, { ttlMs, graceMs, tags }: Writing): SharedValue {
    const freshUntilMs = Date.now() + ttlMs
    return new SharedValue(value, Shareable.of(value), freshUntilMs, freshUntilMs + graceMs, freshUntilMs, tags)
  }

  async #sequence(): Promise<number | undefined> {
    try {
      return await this.tier.sequence()
    } catch (error) {
      if (error instanceof TierAwayError) return undefined
      throw error
    }
  }

  #encode(value: unknown, { ttlMs, graceMs, tags, loadMs }: Writing, loadedAt: number) {
    const freshUntilMs = this.tier.nowMs() + ttlMs
    const staleUntilMs = freshUntilMs + graceMs
    const body = this.codec.encode(value)
    const entry: Entry = { loadedAt, freshUntilMs, staleUntilMs, loadMs, tags, body }
    return { bytes: encodeEntry(entry), shared: this.#valueOf(entry, tags, value, Shareable.of(value)) }
  }

  /** At once where all versions were read with the entry, as in most cases. */
  #judge(bytes: Uint8Array | undefined, known: readonly string[], given: TagVersion[]): Found | Promise<Found> {
    const entry = bytes && this.#decode(bytes)
    if (!entry) return { kind: 'none', voidBefore: newestOf(given) }
    if (entry.carries(known)) return this.#judgeBy(entry, known, given, given)
    const tags = entry.tags()
    const versionOf = new Map(known.map((tag, index) => [tag, given[index]]))
    const others = tags.filter((tag) => !versionOf.has(tag))
    const judge = () =>
      this.#judgeBy(
        entry,
        tags,
        tags.map((tag) => versionOf.get(tag)),
        given,
      )
    if (others.length === 0) return judge()
    return this.tier.read([], others).then(({ versions }) => {
      for (const [index, tag] of others.entries()) versionOf.set(tag, versions[index])
      return judge()
    })
  }

  #judgeBy(entry: StoredEntry, tags: readonly string[], versions: readonly TagVersion[], given: TagVersion[]): Found {
    const { loadedAt, freshUntilMs, staleUntilMs } = entry
    const nowMs = this.tier.nowMs()
    let holds = nowMs < staleUntilMs
    let isFresh = nowMs < freshUntilMs
    for (const version of versions) {
      // A tag that the tier has forgotten may have been invalidated.
      if (version === undefined || version.hard > loadedAt) holds = false
      else if (version.soft > loadedAt) isFresh = false
    }
    const value = holds ? this.#restore(entry, tags, nowMs) : undefined
    if (!value) return { kind: 'none', voidBefore: newestOf(given) }
    return isFresh ? { kind: 'fresh', value } : { kind: 'stale', value, voidBefore: newestOf(given) }
  }

  #decode(bytes: Uint8Array): StoredEntry | undefined {
    try {
      return new StoredEntry(bytes)
    } catch {
      // Foreign or broken bytes under our key: as good as none.
      this.figures.corrupt++
      return undefined
    }
  }

  #restore(entry: StoredEntry, tags: readonly string[], nowMs: number): SharedValue | undefined {
    try {
      const { value, text } = this.codec.decode(entry.bytes, entry.bodyStart)
      return this.#valueOf(entry, tags, value, text ?? new Shareable(value), nowMs)
    } catch {
      // As above.
      this.figures.corrupt++
      return undefined
    }
  }

  #valueOf(times: Times, tags: readonly string[], value: unknown, kept: Shareable | string, nowMs = this.tier.nowMs()) {
    const offsetMs = Date.now() - nowMs
    const freshMs = times.freshUntilMs + offsetMs
    // Each process takes its chance: the longer a load takes, the earlier one of them begins.
    const refreshAtMs = freshMs + times.loadMs * eagerness * Math.log(Math.random() || Number.MIN_VALUE)
    return new SharedValue(value, kept, freshMs, times.staleUntilMs + offsetMs, refreshAtMs, tags)
  }
}

function newestOf(versions: readonly TagVersion[]): number {
  return versions.reduce((max, version) => Math.max(max, version?.hard ?? 0), 0)
}
