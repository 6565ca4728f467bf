/**
 * The shared tier of a program that is one process: for tests, and for what needs no other.
 *
 * @module
 */
import { highestFloors, noFloors } from '../foundation/index.ts'
import type { Invalidation, LeaseAnswer, LeaseRequest, Reading, SharedTier, TagVersion } from './shared-tier.ts'

interface Lease {
  token: string
  sequence: number
  untilMs: number
  failure?: string
}

export class MemoryTier implements SharedTier {
  readonly name = 'memory'
  readonly epoch = 'this process'
  readonly #entries = new Map<string, { bytes: Uint8Array; untilMs: number }>()
  readonly #counters = new Map<string, { value: number; untilMs: number }>()
  readonly #leases = new Map<string, Lease>()
  readonly #tags = new Map<string, { hard: number; soft: number }>()
  #sequence = 1
  #floors = noFloors

  nowMs(): number {
    return Date.now()
  }

  async read(keys: readonly string[], tags: readonly string[]): Promise<Reading> {
    const versions: TagVersion[] = tags.map((tag) => this.#tags.get(tag))
    return { entries: keys.map((key) => this.#bytes(key)), versions }
  }

  async write(key: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<void> {
    this.#leases.delete(key)
    this.#put(key, bytes, ttlMs, tags)
  }

  async sequence(): Promise<number> {
    return this.#sequence
  }

  async replace(key: string, expected: Uint8Array, bytes: Uint8Array, ttlMs: number): Promise<boolean> {
    const current = this.#bytes(key)
    if (!current || !Buffer.from(current).equals(expected)) return false
    this.#put(key, bytes, ttlMs, [])
    return true
  }

  async delete(keys: readonly string[]): Promise<number> {
    let count = 0
    for (const key of keys) {
      this.#leases.delete(key)
      if (this.#bytes(key)) count++
      this.#entries.delete(key)
    }
    return count
  }

  async lease({ key, token, forMs, voidBefore }: LeaseRequest): Promise<LeaseAnswer> {
    const held = this.#leases.get(key)
    if (held && held.untilMs > Date.now()) {
      if (held.failure !== undefined) return { kind: 'failed', message: held.failure }
      if (held.sequence >= voidBefore) return { kind: 'held' }
    }
    this.#leases.set(key, { token, sequence: this.#sequence, untilMs: Date.now() + forMs })
    return { kind: 'granted', sequence: this.#sequence, floors: this.#floors, bytes: this.#bytes(key) }
  }

  async renew(key: string, token: string, forMs: number): Promise<boolean> {
    const lease = this.#own(key, token)
    if (lease) lease.untilMs = Date.now() + forMs
    return lease !== undefined
  }

  async fill(key: string, token: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<boolean> {
    if (!this.#own(key, token)) return false
    this.#leases.delete(key)
    this.#put(key, bytes, ttlMs, tags)
    return true
  }

  async fail(key: string, token: string, failure?: { message: string; forMs: number }): Promise<void> {
    const lease = this.#own(key, token)
    if (!lease) return
    if (!failure) this.#leases.delete(key)
    else this.#leases.set(key, { ...lease, failure: failure.message, untilMs: Date.now() + failure.forMs })
  }

  async invalidate(tags: readonly string[], kind: 'hard' | 'soft', floors = noFloors): Promise<Invalidation> {
    this.#sequence++
    this.#floors = highestFloors(this.#floors, floors)
    for (const tag of tags) {
      const version = this.#tags.get(tag)
      // Of an unknown tag it is not known what was invalidated before: it counts as hard.
      this.#tags.set(tag, version ? { ...version, [kind]: this.#sequence } : { hard: this.#sequence, soft: 0 })
    }
    return 'done'
  }

  async increment(key: string, by: number, ttlMs: number): Promise<number> {
    const nowMs = Date.now()
    const counter = this.#counters.get(key)
    const alive = counter && counter.untilMs > nowMs ? counter : { value: 0, untilMs: nowMs + ttlMs }
    alive.value += by
    this.#counters.set(key, alive)
    return alive.value
  }

  async *scan(pattern: string): AsyncIterable<string> {
    const glob = new Bun.Glob(pattern)
    for (const key of this.#entries.keys()) if (glob.match(key)) yield key
  }

  async close(): Promise<void> {
    this.#entries.clear()
    this.#leases.clear()
  }

  #bytes(key: string): Uint8Array | undefined {
    const entry = this.#entries.get(key)
    if (entry && entry.untilMs > Date.now()) return entry.bytes
    this.#entries.delete(key)
    return undefined
  }

  #put(key: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): void {
    this.#entries.set(key, { bytes: bytes.slice(), untilMs: Date.now() + ttlMs })
    for (const tag of tags) if (!this.#tags.has(tag)) this.#tags.set(tag, { hard: this.#sequence, soft: 0 })
  }

  #own(key: string, token: string): Lease | undefined {
    const lease = this.#leases.get(key)
    return lease?.token === token && lease.failure === undefined ? lease : undefined
  }
}

/** A process alone has nobody to tell. */
export const silentBus = {
  publish: async () => undefined,
  subscribe: () => undefined,
  close: async () => undefined,
}
