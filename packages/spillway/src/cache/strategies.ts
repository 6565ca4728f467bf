/** How long values live. @module */
import { CacheUsageError } from './errors.ts'

export interface Strategy {
  /** Seconds for which a value is fresh. */
  ttl: number
  /** Seconds after that for which it may be served while one caller loads it anew, or when that fails. @default ttl */
  grace?: number
  /** The cache whose values these are, in place of the one that is asked. */
  cache?: string
}

/** The usual ones; an app may add its own. */
export const strategies = {
  /** What changes by the minute. */
  hot: { ttl: 60 },
  warm: { ttl: 300 },
  /** What hardly changes; kept in the cache `longTerm`. */
  cold: { ttl: 3_600, cache: 'longTerm' },
  session: { ttl: 86_400, grace: 0, cache: 'sessions' },
} as const satisfies Record<string, Strategy>

export interface Lifetime {
  ttlMs: number
  graceMs: number
}

interface LifetimeOptions {
  strategy?: string
  ttl?: number
  grace?: number
}

const usual = 'warm'

/** The name under which a value's reads are counted. */
export function strategyOf({ strategy, ttl }: LifetimeOptions): string {
  return strategy ?? (ttl === undefined ? usual : 'own ttl')
}

/** Values that were loaded together shouldn't all expire together: each lives up to this share less. */
export const defaultJitter = 0.1

export class Lifetimes {
  readonly #byStrategy: Map<string, Lifetime>

  constructor(
    own: Record<string, Strategy>,
    readonly jitter: number,
  ) {
    const all: Record<string, Strategy> = { ...strategies, ...own }
    this.#byStrategy = new Map(Object.entries(all).map(([name, { ttl, grace = ttl }]) => [name, inMs(ttl, grace)]))
  }

  /** @throws {CacheUsageError} when neither says how long, or the strategy is unknown. */
  of({ strategy, ttl, grace }: LifetimeOptions): Lifetime {
    if (ttl !== undefined) return inMs(ttl, grace ?? 0)
    const known = this.#byStrategy.get(strategy ?? usual)
    if (!known) {
      const names = [...this.#byStrategy.keys()].join(', ')
      throw new CacheUsageError(`There is no strategy "${strategy}".`, `There are ${names}; or give a ttl in seconds.`)
    }
    return grace === undefined ? known : { ...known, graceMs: grace * 1_000 }
  }

  /** A little less than `ttlMs`, by chance. */
  spread(ttlMs: number): number {
    return ttlMs * (1 - Math.random() * this.jitter)
  }
}

/** @throws {CacheUsageError} when they make no sense. */
export function inMs(ttl: number, grace: number): Lifetime {
  if (!(ttl > 0) || !(grace >= 0)) {
    throw new CacheUsageError(`A ttl of ${ttl} s with ${grace} s of grace makes no sense.`, 'Give seconds above zero.')
  }
  return { ttlMs: ttl * 1_000, graceMs: grace * 1_000 }
}
