/**
 * The caches of an app: `default`, `sessions` and `longTerm`, each with a bound, a version and, where settings say so, a
 * Redis of its own.
 *
 * @module
 */
import type { Logger } from '../foundation/index.ts'
import type { Backend } from './backend.ts'
import { Cache } from './cache.ts'
import type { CacheOptions, RememberManyOptions, RememberOptions, StartOptions } from './cache-options.ts'
import { CacheUsageError } from './errors.ts'
import type { Load, LoadContext } from './load.ts'
import { type Strategy, strategies as usualStrategies } from './strategies.ts'

export interface CachesDefinition {
  /** Lifetimes by name, beside hot, warm, cold and session. */
  strategies?: Record<string, Strategy>
  /** Options of the caches by name; further names make further caches. */
  caches?: Record<string, Omit<CacheOptions, 'name' | 'strategies'>>
}

/** The caches that every app has. */
const names = ['default', 'sessions', 'longTerm']

export class Caches {
  readonly all: ReadonlyMap<string, Cache>
  readonly #byStrategy: ReadonlyMap<string, Cache>
  readonly #default: Cache

  constructor({ strategies = {}, caches = {} }: CachesDefinition = {}) {
    const all = new Set([...names, ...Object.keys(caches)])
    this.all = new Map([...all].map((name) => [name, new Cache({ ...caches[name], name, strategies })]))
    this.#default = this.named('default')
    const placed = Object.entries<Strategy>({ ...usualStrategies, ...strategies })
    this.#byStrategy = new Map(placed.map(([name, { cache }]) => [name, this.named(cache ?? 'default')]))
  }

  /** @throws {CacheUsageError} when the app has none of that name. */
  named(name: string): Cache {
    const cache = this.all.get(name)
    if (cache) return cache
    throw new CacheUsageError(`There is no cache "${name}".`, `There are ${[...this.all.keys()].join(', ')}.`)
  }

  /**
   * The value under `key`, in the cache that the strategy belongs to; see `Cache.remember`.
   *
   * @example await caches.remember('categories', loadTree, { strategy: 'cold', tags: ['categories'] }) // in longTerm
   */
  remember<Value>(key: string, load: Load<Value>, options: RememberOptions = {}): Promise<Value> {
    return this.#placeOf(options).remember(key, load, options)
  }

  /** The values of many keys, in the cache that the strategy belongs to; see `Cache.rememberMany`. */
  rememberMany<Key extends string, Value>(
    keys: readonly Key[],
    load: (keys: Key[], context: LoadContext) => Promise<Map<Key, Value>>,
    options: RememberManyOptions<Key> = {},
  ): Promise<Map<Key, Value>> {
    return this.#placeOf(options).rememberMany(keys, load, options)
  }

  /** In all caches: tags know no names. */
  async invalidate(...tags: string[]): Promise<void> {
    const caches = new Map([...this.all.values()].map((cache) => [cache.backend, cache]))
    await Promise.all([...caches.values()].map((cache) => cache.invalidate(...tags)))
  }

  /** @param backendOf what each cache keeps its shared values in; several may have the same. */
  start(backendOf: (name: string) => Backend, logger: Logger, options?: StartOptions): void {
    for (const [name, cache] of this.all) cache.start(backendOf(name), logger, options)
  }

  stop(): void {
    for (const cache of this.all.values()) cache.stop()
  }

  #placeOf({ strategy }: { strategy?: string }): Cache {
    return strategy === undefined ? this.#default : (this.#byStrategy.get(strategy) ?? this.#default)
  }
}

/**
 * Declares the caches of an app. They can be imported anywhere and work from the start of the app to its stop.
 *
 * @example
 * export const caches = defineCaches({ strategies: { search: { ttl: 900 } } })
 * const results = await caches.remember(`search:${query}`, () => search(query), { strategy: 'search' })
 */
export function defineCaches(definition?: CachesDefinition): Caches {
  return new Caches(definition)
}
