/** A shared tier that misbehaves on demand. @module */
import {
  type Invalidation,
  type LeaseAnswer,
  type LeaseRequest,
  type Reading,
  type SharedTier,
  TierAwayError,
} from '../cache/index.ts'
import type { Floors } from '../foundation/index.ts'

/** How the tier misbehaves; change it at any time. */
export type Chaos =
  | { kind: 'none' }
  /** Everything takes so much longer. */
  | { kind: 'slow'; byMs: number }
  /** Nothing is done. */
  | { kind: 'failing' }
  /** All is done, but the answer gets lost: the caller can't tell it from `failing`. */
  | { kind: 'disconnecting' }
  /** What is read isn't what was written. */
  | { kind: 'lying'; with: Lie }

/** Bytes of something else, only their first half, with their lengths and flags changed, or none at all. */
export type Lie = 'foreign' | 'truncated' | 'hostile' | 'empty'

/**
 * @example
 * const tier = new ChaosTier(new MemoryTier())
 * tier.chaos = { kind: 'slow', byMs: 200 }
 */
export class ChaosTier implements SharedTier {
  chaos: Chaos = { kind: 'none' }
  /** Calls that came here since it was made. */
  calls = 0
  readonly #tier: SharedTier

  constructor(tier: SharedTier) {
    this.#tier = tier
  }

  get name(): string {
    return `${this.#tier.name}, in chaos`
  }

  get epoch(): string {
    return this.#tier.epoch
  }

  nowMs(): number {
    return this.#tier.nowMs()
  }

  async read(keys: readonly string[], tags: readonly string[]): Promise<Reading> {
    const { entries, versions } = await this.#suffer(() => this.#tier.read(keys, tags))
    return { entries: entries.map((bytes) => this.#distort(bytes)), versions }
  }

  write(key: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<void> {
    return this.#suffer(() => this.#tier.write(key, bytes, ttlMs, tags))
  }

  sequence(): Promise<number> {
    return this.#suffer(() => this.#tier.sequence())
  }

  replace(key: string, expected: Uint8Array, bytes: Uint8Array, ttlMs: number): Promise<boolean> {
    return this.#suffer(() => this.#tier.replace(key, expected, bytes, ttlMs))
  }

  delete(keys: readonly string[]): Promise<number> {
    return this.#suffer(() => this.#tier.delete(keys))
  }

  async lease(request: LeaseRequest): Promise<LeaseAnswer> {
    const answer = await this.#suffer(() => this.#tier.lease(request))
    return answer.kind === 'granted' ? { ...answer, bytes: this.#distort(answer.bytes) } : answer
  }

  renew(key: string, token: string, forMs: number): Promise<boolean> {
    return this.#suffer(() => this.#tier.renew(key, token, forMs))
  }

  fill(key: string, token: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<boolean> {
    return this.#suffer(() => this.#tier.fill(key, token, bytes, ttlMs, tags))
  }

  fail(key: string, token: string, failure?: { message: string; forMs: number }): Promise<void> {
    return this.#suffer(() => this.#tier.fail(key, token, failure))
  }

  invalidate(tags: readonly string[], kind: 'hard' | 'soft', floors?: Floors): Promise<Invalidation> {
    return this.#suffer(() => this.#tier.invalidate(tags, kind, floors))
  }

  increment(key: string, by: number, ttlMs: number): Promise<number> {
    return this.#suffer(() => this.#tier.increment(key, by, ttlMs))
  }

  async *scan(pattern: string): AsyncIterable<string> {
    await this.#suffer(async () => undefined)
    yield* this.#tier.scan(pattern)
  }

  close(): Promise<void> {
    return this.#tier.close()
  }

  async #suffer<Result>(work: () => Promise<Result>): Promise<Result> {
    this.calls++
    const { chaos } = this
    if (chaos.kind === 'failing') throw new TierAwayError(this.name)
    if (chaos.kind === 'slow') await Bun.sleep(chaos.byMs)
    const result = await work()
    if (chaos.kind === 'disconnecting') throw new TierAwayError(this.name)
    return result
  }

  #distort(bytes: Uint8Array | undefined): Uint8Array | undefined {
    const { chaos } = this
    return bytes && chaos.kind === 'lying' ? lies[chaos.with](bytes) : bytes
  }
}

const lies: Record<Lie, (bytes: Uint8Array) => Uint8Array> = {
  foreign: () => new TextEncoder().encode('{"somebody":"else"}'),
  truncated: (bytes) => bytes.slice(0, bytes.byteLength / 2),
  // From the second byte of every eight: magic numbers stay, what follows is not what it says.
  hostile: (bytes) => bytes.map((byte, index) => (index % 8 === 2 ? byte ^ 0xff : byte)),
  empty: () => new Uint8Array(),
}
