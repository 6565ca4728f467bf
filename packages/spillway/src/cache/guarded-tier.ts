/**
 * A shared tier that may be away. While it is, every call fails at once instead of waiting, and what must not be lost
 * (invalidations, deletions) is kept and done before the tier is trusted again.
 *
 * @module
 */
import type { Logger } from '../foundation/index.ts'
import { TierAwayError } from './errors.ts'
import type { LeaseAnswer, LeaseRequest, Reading, SharedTier } from './shared-tier.ts'

export interface GuardOptions {
  tier: SharedTier
  logger: Logger
}

/** Failures in a row after which nobody asks the tier any more. */
const failuresMax = 3
const probeEveryMs = 250
const owedMax = 10_000

export class GuardedTier implements SharedTier {
  readonly #tier: SharedTier
  /** Tags that everything of a cache carries: what is invalidated when more is owed than can be kept. */
  readonly everything = new Set<string>()
  readonly #logger: Logger
  readonly #owedTags = new Map<string, 'hard' | 'soft'>()
  readonly #owedKeys = new Set<string>()
  #failures = 0
  /** Until it has come through, nobody asks the tier. */
  #probe: ReturnType<typeof setTimeout> | undefined

  constructor({ tier, logger }: GuardOptions) {
    this.#tier = tier
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

  async invalidate(tags: readonly string[], kind: 'hard' | 'soft'): Promise<void> {
    try {
      await this.#ask(() => this.#tier.invalidate(tags, kind))
    } catch (error) {
      this.#owe({ tags, kind }, error)
    }
  }

  scan(pattern: string): AsyncIterable<string> {
    return this.#tier.scan(pattern)
  }

  async close(): Promise<void> {
    clearTimeout(this.#probe)
    await this.#tier.close()
  }

  async #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    if (this.#probe !== undefined) throw new TierAwayError(this.name)
    try {
      const answer = await question()
      this.#failures = 0
      return answer
    } catch (error) {
      if (error instanceof TierAwayError && ++this.#failures >= failuresMax) this.#open(error)
      throw error
    }
  }

  /** Whether it was done is unknown when the answer is lost; doing it twice changes nothing. */
  #owe(debt: { keys?: readonly string[]; tags?: readonly string[]; kind?: 'hard' | 'soft' }, error: unknown): void {
    if (!(error instanceof TierAwayError)) throw error
    for (const key of debt.keys ?? []) this.#owedKeys.add(key)
    for (const tag of debt.tags ?? []) {
      if (this.#owedTags.get(tag) !== 'hard') this.#owedTags.set(tag, debt.kind ?? 'hard')
    }
    if (this.#owedKeys.size + this.#owedTags.size > owedMax) {
      this.#owedKeys.clear()
      this.#owedTags.clear()
      for (const tag of this.everything) this.#owedTags.set(tag, 'hard')
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
      while (this.#owedTags.size > 0 || this.#owedKeys.size > 0) await this.#payOnce()
      await this.#tier.sequence()
    } catch {
      // Still away: that was said when it left.
      this.#probeSoon()
      return
    }
    this.#probe = undefined
    this.#failures = 0
    this.#logger.info({ tier: this.name }, 'the shared cache is back')
  }

  async #payOnce(): Promise<void> {
    for (const kind of ['hard', 'soft'] as const) {
      const tags = [...this.#owedTags].filter(([, owed]) => owed === kind).map(([tag]) => tag)
      if (tags.length === 0) continue
      await this.#tier.invalidate(tags, kind)
      for (const tag of tags) if (this.#owedTags.get(tag) === kind) this.#owedTags.delete(tag)
    }
    const keys = [...this.#owedKeys]
    if (keys.length > 0) await this.#tier.delete(keys)
    for (const key of keys) this.#owedKeys.delete(key)
  }
}
