/**
 * The shared tier as values: encoded, with their times and tags, and judged by what has been invalidated since.
 *
 * @module
 */
import type { Codec } from './codec.ts'
import { decodeEntry, type Entry, encodeEntry } from './entry.ts'
import { TierAwayError } from './errors.ts'
import type { Figures } from './figures.ts'
import { freeze } from './frozen.ts'
import type { LocalValue } from './local-tier.ts'
import type { SharedTier, TagVersion } from './shared-tier.ts'
import type { Lifetime } from './strategies.ts'

/** A value out of the shared tier, or on its way into it, with times of this machine's clock. */
export class SharedValue implements LocalValue {
  readonly #isFrozen: boolean

  constructor(
    readonly value: unknown,
    readonly freshUntilMs: number,
    readonly staleUntilMs: number,
    readonly refreshAtMs: number,
    readonly tags: readonly string[],
  ) {
    this.#isFrozen = freeze(value).isFrozen
  }

  /** For one reader. */
  copy(): unknown {
    return this.#isFrozen ? this.value : structuredClone(this.value)
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

/** How eagerly values are refreshed before they expire: 1 is the optimum of Vattani et al., VLDB 2015. */
const eagerness = 1

export class SharedValues {
  constructor(
    readonly tier: SharedTier,
    readonly codec: Codec,
    readonly figures: Figures,
  ) {}

  /** @param tags those that are known before: their versions come with the same round trip. */
  async read(key: string, tags: readonly string[]): Promise<Found> {
    const { entries, versions } = await this.tier.read([key], tags)
    return await this.#judge(entries[0], tags, versions)
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
    const renewed = encodeEntry({ ...entry, freshUntilMs, staleUntilMs: freshUntilMs + graceMs })
    // When someone has written meanwhile, that value has its own lifetime.
    await this.tier.replace(key, bytes, renewed, ttlMs + graceMs)
    return true
  }

  /** What a value is for this process alone, while the tier is away. */
  local(value: unknown, { ttlMs, graceMs, tags }: Writing): SharedValue {
    const freshUntilMs = Date.now() + ttlMs
    return new SharedValue(value, freshUntilMs, freshUntilMs + graceMs, freshUntilMs, tags)
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
    const entry: Entry = { loadedAt, freshUntilMs, staleUntilMs, loadMs, tags: [...tags], body }
    return { bytes: encodeEntry(entry), shared: this.#valueOf(entry, value) }
  }

  async #judge(bytes: Uint8Array | undefined, tags: readonly string[], given: TagVersion[]): Promise<Found> {
    const newest = given.reduce((max, version) => Math.max(max, version?.hard ?? 0), 0)
    const none: Found = { kind: 'none', voidBefore: newest }
    const entry = bytes && this.#decode(bytes)
    if (!entry) return none
    const versions = await this.#versionsOf(entry, tags, given)
    // A tag that the tier has forgotten may have been invalidated.
    if (versions.some((version) => version === undefined || version.hard > entry.loadedAt)) return none
    const nowMs = this.tier.nowMs()
    if (nowMs >= entry.staleUntilMs) return none
    const value = this.#restore(entry)
    if (!value) return none
    const isSoftlyInvalid = versions.some((version) => version!.soft > entry.loadedAt)
    if (nowMs < entry.freshUntilMs && !isSoftlyInvalid) return { kind: 'fresh', value }
    return { kind: 'stale', value, voidBefore: newest }
  }

  /** In most cases all were read with the entry. */
  async #versionsOf({ tags }: Entry, known: readonly string[], given: TagVersion[]): Promise<TagVersion[]> {
    const others = tags.filter((tag) => !known.includes(tag))
    if (others.length === 0) return tags.map((tag) => given[known.indexOf(tag)])
    const { versions } = await this.tier.read([], others)
    return [...tags.filter((tag) => known.includes(tag)).map((tag) => given[known.indexOf(tag)]), ...versions]
  }

  #decode(bytes: Uint8Array): Entry | undefined {
    try {
      return decodeEntry(bytes)
    } catch {
      // Foreign or broken bytes under our key: as good as none.
      this.figures.corrupt++
      return undefined
    }
  }

  #restore(entry: Entry): SharedValue | undefined {
    try {
      return this.#valueOf(entry, this.codec.decode(entry.body))
    } catch {
      // As above.
      this.figures.corrupt++
      return undefined
    }
  }

  #valueOf({ freshUntilMs, staleUntilMs, loadMs, tags }: Entry, value: unknown): SharedValue {
    const offsetMs = Date.now() - this.tier.nowMs()
    const freshMs = freshUntilMs + offsetMs
    // Each process takes its chance: the longer a load takes, the earlier one of them begins.
    const refreshAtMs = freshMs + loadMs * eagerness * Math.log(Math.random() || Number.MIN_VALUE)
    return new SharedValue(value, freshMs, staleUntilMs + offsetMs, refreshAtMs, tags)
  }
}
