/**
 * A shared tier that may be away. While it is, every call fails at once instead of waiting, and what must not be lost
 * (invalidations, deletions) is kept and done before the tier is trusted again.
 *
 * @module
 */
import { type Floors, highestFloors, type Logger, noFloors } from '../foundation/index.ts'
import { TierAwayError } from './errors.ts'
import type { Invalidation, LeaseAnswer, LeaseRequest, Notice, Reading, SharedTier } from './shared-tier.ts'

export interface GuardOptions {
  tier: SharedTier
  /** Hears what was owed and has been done just now: until then others could read, and keep, what it voids. */
  onPaid?: (notice: Notice) => void
  logger: Logger
}

/** Failures in a row after which nobody asks the tier any more. */
const failuresMax = 3
const probeEveryMs = 250
const owedMax = 10_000

/** What is to be done when the tier is back. */
class Debt {
  readonly tags = new Map<string, 'hard' | 'soft'>()
  readonly keys = new Set<string>()
  floors = noFloors

  get size(): number {
    return this.tags.size + this.keys.size
  }

  add({ tags = [], keys = [], floors = noFloors }: DebtItems): void {
    for (const key of keys) this.keys.add(key)
    for (const [tag, kind] of tags) if (this.tags.get(tag) !== 'hard') this.tags.set(tag, kind)
    this.floors = highestFloors(this.floors, floors)
  }
}

interface DebtItems {
  tags?: Iterable<readonly [string, 'hard' | 'soft']>
  keys?: Iterable<string>
  floors?: Floors
}

export class GuardedTier implements SharedTier {
  readonly #tier: SharedTier
  readonly #onPaid: GuardOptions['onPaid']
  /** Tags that everything of a cache carries: what is invalidated when more is owed than can be kept. */
  readonly everything = new Set<string>()
  readonly #logger: Logger
  #owed = new Debt()
  #failures = 0
  /** Until it has come through, nobody asks the tier. */
  #probe: ReturnType<typeof setTimeout> | undefined

  constructor({ tier, logger, onPaid }: GuardOptions) {
    this.#tier = tier
    this.#onPaid = onPaid
    this.#logger = logger
  }

  get name(): string {
    return this.#tier.name
  }

  get epoch(): string {
    return this.#tier.epoch
  }

  nowMs(): number {
    return this.#tier.nowMs()
  }

  read(keys: readonly string[], tags: readonly string[]): Promise<Reading> {
    return this.#ask(() => this.#tier.read(keys, tags))
  }

  sequence(): Promise<number> {
    return this.#ask(() => this.#tier.sequence())
  }

  replace(key: string, expected: Uint8Array, bytes: Uint8Array, ttlMs: number): Promise<boolean> {
    return this.#ask(() => this.#tier.replace(key, expected, bytes, ttlMs))
  }

  lease(request: LeaseRequest): Promise<LeaseAnswer> {
    return this.#ask(() => this.#tier.lease(request))
  }

  renew(key: string, token: string, forMs: number): Promise<boolean> {
    return this.#ask(() => this.#tier.renew(key, token, forMs))
  }

  fill(key: string, token: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<boolean> {
    return this.#ask(() => this.#tier.fill(key, token, bytes, ttlMs, tags))
  }

  fail(key: string, token: string, failure?: { message: string; forMs: number }): Promise<void> {
    return this.#ask(() => this.#tier.fail(key, token, failure))
  }

  increment(key: string, by: number, ttlMs: number): Promise<number> {
    return this.#ask(() => this.#tier.increment(key, by, ttlMs))
  }

  /** A value that can't be written takes the old one with it. */
  async write(key: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<void> {
    try {
      await this.#ask(() => this.#tier.write(key, bytes, ttlMs, tags))
    } catch (error) {
      this.#owe({ keys: [key] }, error)
    }
  }

  async delete(keys: readonly string[]): Promise<number> {
    try {
      return await this.#ask(() => this.#tier.delete(keys))
    } catch (error) {
      this.#owe({ keys }, error)
      return 0
    }
  }

  /** @returns `owed` when the tier is away; a process that dies before it is back takes along what it owes. */
  async invalidate(tags: readonly string[], kind: 'hard' | 'soft', floors = noFloors): Promise<Invalidation> {
    try {
      return await this.#ask(() => this.#tier.invalidate(tags, kind, floors))
    } catch (error) {
      this.#owe({ tags: tags.map((tag) => [tag, kind] as const), floors }, error)
      return 'owed'
    }
  }

  scan(pattern: string): AsyncIterable<string> {
    return this.#tier.scan(pattern)
  }

  async close(): Promise<void> {
    clearTimeout(this.#probe)
    await this.#tier.close()
  }

  #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    if (this.#probe !== undefined) return Promise.reject(new TierAwayError(this.name))
    return question().then(
      (answer) => {
        this.#failures = 0
        return answer
      },
      (error: unknown) => {
        if (error instanceof TierAwayError && ++this.#failures >= failuresMax) this.#open(error)
        throw error
      },
    )
  }

  /** Whether it was done is unknown when the answer is lost; doing it twice changes nothing. */
  #owe(debt: DebtItems, error: unknown): void {
    if (!(error instanceof TierAwayError)) throw error
    this.#owed.add(debt)
    if (this.#owed.size > owedMax) {
      const { floors } = this.#owed
      this.#owed = new Debt()
      this.#owed.add({ floors, tags: [...this.everything].map((tag) => [tag, 'hard'] as const) })
    }
    // Until it is done, what the tier says can't be trusted.
    this.#open(error)
  }

  #open(error: TierAwayError): void {
    if (this.#probe !== undefined) return
    this.#logger.warn({ tier: this.name, error: String(error.cause ?? error) }, 'the shared cache is away')
    this.#probeSoon()
  }

  #probeSoon(): void {
    this.#probe = setTimeout(() => void this.#settle(), probeEveryMs * (0.75 + Math.random() / 2))
  }

  /** What is owed first; only when all of it is done the tier is asked again. */
  async #settle(): Promise<void> {
    try {
      await this.#tier.sequence()
      // Last, and nothing is awaited after it: what is owed from then on opens the circuit again.
      while (this.#owed.size > 0) await this.#payOnce()
    } catch {
      // Still away: that was said when it left.
      this.#probeSoon()
      return
    }
    this.#probe = undefined
    this.#failures = 0
    this.#logger.info({ tier: this.name }, 'the shared cache is back')
  }

  /** What comes up meanwhile is owed anew: nobody knows whether this was done before or after it. */
  async #payOnce(): Promise<void> {
    const owed = this.#owed
    this.#owed = new Debt()
    try {
      for (const kind of ['hard', 'soft'] as const) {
        const tags = [...owed.tags].filter(([, owedKind]) => owedKind === kind).map(([tag]) => tag)
        if (tags.length > 0) await this.#tier.invalidate(tags, kind, owed.floors)
      }
      if (owed.keys.size > 0) await this.#tier.delete([...owed.keys])
      this.#onPaid?.({ tags: [...owed.tags.keys()], keys: [...owed.keys] })
    } catch (error) {
      this.#owed.add(owed)
      throw error
    }
  }
}
