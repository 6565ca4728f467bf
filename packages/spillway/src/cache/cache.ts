/**
 * One cache: values in this process, behind them the tier that all processes share, behind that the loader. Each value
 * is loaded once for the whole fleet, and what was invalidated is never served again.
 *
 * @module
 */
import { coarseClock, type Logger, messageOf } from '../foundation/index.ts'
import type { Backend, Listener } from './backend.ts'
import { BulkLoad } from './bulk-load.ts'
import type { CacheOptions, RememberManyOptions, RememberOptions, StartOptions, ValueOptions } from './cache-options.ts'
import { Codec } from './codec.ts'
import { CacheUsageError, TierAwayError } from './errors.ts'
import { type Figures, hitRate, newFigures, type StrategyFigures } from './figures/figures.ts'
import { type FindOptions, FleetLoader } from './fleet-loader.ts'
import { Flight, type Outcome } from './flight.ts'
import { keptByNobody, type Load, type LoadContext } from './load.ts'
import { isInLeasedLoad } from './load-scope.ts'
import { type LocalEntry, LocalTier } from './local/tier.ts'
import type { Notice } from './shared-tier.ts'
import { type Found, SharedValues } from './shared-values.ts'
import { defaultJitter, Lifetimes, strategyOf } from './strategies.ts'

interface Started {
  backend: Backend
  shared: SharedValues
  loader: FleetLoader
  logger: Logger
}

/** Without the shared tier there is only what this process keeps. */
function noneWhileAway(error: unknown): Map<string, Found> {
  if (error instanceof TierAwayError) return new Map()
  throw error
}

interface MissOptions extends RememberOptions {
  /** It is known now whether the value must be loaded here. */
  onClaimed?: () => void
}

const noTags: readonly string[] = []

const readOutcome = ({ value }: Outcome) => value?.read()

export class Cache implements Listener {
  readonly name: string
  readonly figures: Figures = newFigures()

  readonly #local: LocalTier
  readonly #codec: Codec
  readonly #lifetimes: Lifetimes
  readonly #flights = new Map<string, Flight>()
  readonly #byStrategy = new Map<string, StrategyFigures>()
  /** For each `get` under way: the keys that were written or deleted meanwhile. */
  readonly #readings = new Set<Set<string>>()
  readonly #leaseMs: number
  readonly #backoffMs: number
  readonly #prefix: string
  /** A tag that every value carries, for `clear`. */
  readonly #everything: string

  #started: Started | undefined
  #remembers = true

  constructor(options: CacheOptions) {
    const { name, localBytes = 64 * 2 ** 20, version = 1, strategies = {}, codec } = options
    this.name = name
    this.#prefix = `${name}:${version}:`
    this.#everything = `${this.#prefix}*`
    this.#local = new LocalTier(localBytes)
    this.#lifetimes = new Lifetimes(strategies, options.jitter ?? defaultJitter)
    this.#codec = new Codec(codec)
    this.#leaseMs = options.leaseMs ?? 2_000
    this.#backoffMs = options.backoffMs ?? 1_000
  }

  /** Until then it can be imported and given away, but not used. */
  start(backend: Backend, logger: Logger, { remembers = true }: StartOptions = {}): void {
    this.#remembers = remembers
    const shared = new SharedValues(backend.tier, this.#codec, this.figures)
    const { figures } = this
    const timing = { leaseMs: this.#leaseMs, backoffMs: this.#backoffMs }
    const loader = new FleetLoader({ shared, backend, figures, logger, ...timing })
    backend.tier.everything.add(this.#everything)
    backend.join(this)
    this.#started = { backend, shared, loader, logger }
  }

  /** Before each of its keys in the shared tier. */
  get prefix(): string {
    return this.#prefix
  }

  /** What it shares with other processes; undefined before the start. */
  get backend(): Backend | undefined {
    return this.#started?.backend
  }

  /** The backend goes on for the others that use it. */
  stop(): void {
    this.#started?.backend.leave(this)
    this.#started = undefined
    this.#forgetAll()
  }

  /**
   * The value under `key`, loaded once by one process when there is none. Values are frozen, or copies.
   * `undefined` from the loader is "nothing" and not kept; `null` is a value.
   *
   * @throws whatever `load` throws; {@link LoadFailedElsewhereError} when another process failed a moment ago.
   * @example
   * const product = await cache.remember(`product:${id}`, () => findProduct(id), { ttl: 21_600, tags: [`product:${id}`] })
   */
  remember<Value>(key: string, load: Load<Value>, options: RememberOptions = {}): Promise<Value> {
    if (!this.#remembers) return Promise.try(load, keptByNobody)
    const full = this.#prefix + key
    const entry = this.#kept(full)
    if (entry === undefined) return this.#miss(full, load, options) as Promise<Value>
    const nowMs = coarseClock.nowMs
    const ofStrategy = this.#figuresOf(options)
    if (nowMs < entry.freshUntilMs) {
      this.figures.localHits++
      ofStrategy.localHits++
    } else {
      this.figures.staleServed++
      ofStrategy.staleServed++
    }
    if (nowMs >= entry.refreshAtMs) {
      entry.refreshAtMs = nowMs + this.#backoffMs
      if (nowMs < entry.freshUntilMs) this.figures.earlyRefreshes++
      this.#refresh(full, load, options)
    }
    return entry.read() as Promise<Value>
  }

  /**
   * The values of many keys, in their order: one round trip to the shared tier, and one load for all that are missing.
   *
   * @param load gets the missing keys; what it leaves out of its answer is "nothing".
   */
  async rememberMany<Key extends string, Value>(
    keys: readonly Key[],
    load: (keys: Key[], context: LoadContext) => Promise<Map<Key, Value>>,
    options: RememberManyOptions<Key> = {},
  ): Promise<Map<Key, Value>> {
    if (!this.#remembers) return await load([...new Set(keys)], keptByNobody)
    const { tags: tagsOf = () => noTags, ...rest } = options
    const values = new Map<Key, Promise<Value>>()
    const missing: Key[] = []
    const ofStrategy = this.#figuresOf(rest)
    for (const key of new Set(keys)) {
      const entry = this.#kept(this.#prefix + key)
      if (entry && coarseClock.nowMs < entry.freshUntilMs) {
        this.figures.localHits++
        ofStrategy.localHits++
        values.set(key, entry.read() as Promise<Value>)
      } else missing.push(key)
    }
    const bulk = new BulkLoad(load, missing.length, this.#use().backend)
    for (const key of missing) {
      const one = { ...rest, tags: tagsOf(key), onClaimed: () => bulk.decided() }
      // Someone in this process is at it already.
      if (this.#running(this.#prefix + key)) bulk.decided()
      values.set(key, this.#miss(this.#prefix + key, bulk.of(key), one) as Promise<Value>)
    }
    const settled = await Promise.all([...values].map(async ([key, value]) => [key, await value] as const))
    return new Map(settled.filter(([, value]) => value !== undefined))
  }

  /** The value under `key`, or undefined. Never loads, and never gives an expired one. */
  async get<Value>(key: string): Promise<Value | undefined> {
    const [value] = await this.#getAll([this.#prefix + key])
    return value as Value | undefined
  }

  /** Those that there are. One round trip for all that this process doesn't keep. */
  async getMany<Value>(keys: readonly string[]): Promise<Map<string, Value>> {
    const values = await this.#getAll(keys.map((key) => this.#prefix + key))
    const pairs = keys.map((key, index) => [key, values[index] as Value] as const)
    return new Map(pairs.filter(([, value]) => value !== undefined))
  }

  /** Keeps a value; loads of the key that are under way come to nothing. `undefined` can't be kept. */
  async set(key: string, value: unknown, options: ValueOptions = {}): Promise<void> {
    await this.setMany([[key, value]], options)
  }

  async setMany(values: Iterable<readonly [string, unknown]>, options: ValueOptions = {}): Promise<void> {
    const { backend, shared } = this.#use()
    const { ttlMs, graceMs } = this.#lifetimes.of(options)
    const tags = this.#withEverything(options.tags)
    const keys: string[] = []
    const writes: Promise<void>[] = []
    for (const [key, value] of values) {
      if (value === undefined) continue
      const full = this.#prefix + key
      keys.push(full)
      writes.push(shared.write(full, value, { ttlMs, graceMs, tags, loadMs: 0 }))
    }
    await Promise.all(writes)
    this.figures.sets += keys.length
    await backend.tell({ keys })
  }

  /** @returns how many there were in the shared tier. */
  async delete(...keys: string[]): Promise<number> {
    const { backend, shared } = this.#use()
    const full = keys.map((key) => this.#prefix + key)
    const count = await shared.tier.delete(full)
    this.figures.deletes += keys.length
    await backend.tell({ keys: full })
    return count
  }

  /** Gives the value a new lifetime from now. @returns false when there is none. */
  async touch(key: string, options: Pick<ValueOptions, 'strategy' | 'ttl' | 'grace'> = {}): Promise<boolean> {
    const full = this.#prefix + key
    const isThere = await this.#use().shared.touch(full, this.#lifetimes.of(options))
    this.#local.delete(full)
    return isThere
  }

  /** A counter that all processes share. It is no value: `get` doesn't see it. @returns its new value. */
  async increment(key: string, by = 1, options: Pick<ValueOptions, 'strategy' | 'ttl'> = {}): Promise<number> {
    return await this.#use().shared.tier.increment(this.#prefix + key, by, this.#lifetimes.of(options).ttlMs)
  }

  /**
   * Drops everything that carries one of the tags, loads under way included: what was read before this is not served
   * once it has returned. The same cost whatever the number of keys. Call it after the commit.
   */
  async invalidate(...tags: string[]): Promise<void> {
    this.figures.invalidations += tags.length
    await this.#use().backend.invalidate(tags, 'hard')
  }

  /** The same, but within its grace the old value is served while one caller loads the new one. */
  async invalidateSoftly(...tags: string[]): Promise<void> {
    this.figures.invalidations += tags.length
    await this.#use().backend.invalidate(tags, 'soft')
  }

  /** Drops everything of this cache. The same cost whatever the number of keys. */
  async clear(): Promise<void> {
    await this.#use().backend.invalidate([this.#everything], 'hard')
  }

  stats() {
    const strategies = Object.fromEntries([...this.#byStrategy].map(([name, figures]) => [name, { ...figures }]))
    return { ...this.figures, hitRate: hitRate(this.figures), local: this.#local.figures, strategies }
  }

  /** The keys that this process was asked for most. */
  hotKeys(count = 20): { key: string; hits: number }[] {
    return this.#local.hottest(count).map(({ key, hits }) => ({ key: key.slice(this.#prefix.length), hits }))
  }

  /** @internal Something was written or invalidated, here or elsewhere. */
  hear({ keys = noTags, filled = noTags, tags }: Notice): void {
    for (const key of keys) {
      const flight = this.#flights.get(key)
      if (flight) flight.isVoid = true
      this.#flights.delete(key)
      for (const changed of this.#readings) changed.add(key)
    }
    for (const key of [...keys, ...filled]) {
      this.#local.delete(key)
      this.#started?.loader.wake(key)
    }
    if (tags) this.#dropTags(tags)
  }

  /** @internal */
  distrust(reason: string): void {
    this.#started?.logger.debug({ cache: this.name, reason }, 'this process forgets what it had cached')
    this.#forgetAll()
  }

  #use(): Started {
    if (this.#started) return this.#started
    throw new CacheUsageError(
      `The cache "${this.name}" was used before it was started.`,
      'Use it in handlers and tasks, or start it first: cache.start(backend, logger).',
    )
  }

  /** What this process keeps; nothing inside a load, see load-scope.ts. */
  #kept(key: string): LocalEntry | undefined {
    return isInLeasedLoad() ? undefined : this.#local.get(key)
  }

  /** A load of the key that is under way; it may have begun too early for one that is inside another. */
  #running(key: string): Flight | undefined {
    return isInLeasedLoad() ? undefined : this.#flights.get(key)
  }

  #miss(key: string, load: Load<unknown>, options: MissOptions): Promise<unknown> {
    const running = this.#running(key)
    if (running) return this.#wait(running, key, load, options)
    try {
      return this.#start(key, load, options).landed.then(readOutcome)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async #wait(running: Flight, key: string, load: Load<unknown>, options: MissOptions): Promise<unknown> {
    this.figures.waits++
    const outcome = await running.landed
    // Something it read was invalidated meanwhile, maybe before this call: it may not have that.
    return outcome.isCurrent ? readOutcome(outcome) : this.#miss(key, load, options)
  }

  #start(key: string, load: Load<unknown>, options: MissOptions, refreshes?: true): Flight {
    const land = (flight: Flight) => this.#fly(flight, key, load, options, refreshes)
    const flight = new Flight(options.tags ?? noTags, land)
    this.#flights.set(key, flight)
    return flight
  }

  /** In the background, for readers that have the old value already. */
  #refresh(key: string, load: Load<unknown>, options: RememberOptions): void {
    if (this.#flights.has(key)) return
    const failed = (error: unknown) =>
      this.#use().logger.warn({ cache: this.name, key, error: messageOf(error) }, 'a value could not be refreshed')
    this.#start(key, load, options, true).landed.catch(failed)
  }

  #fly(flight: Flight, key: string, load: Load<unknown>, options: MissOptions, refreshes = false): Promise<Outcome> {
    const sequence = this.#local.sequence
    const { ttlMs, graceMs } = this.#lifetimes.of(options)
    const { softTimeoutMs, hardTimeoutMs, onClaimed } = options
    const finding: FindOptions = {
      ttlMs: this.#lifetimes.spread(ttlMs),
      tags: this.#withEverything(options.tags),
      graceMs,
      refreshes,
      softTimeoutMs,
      hardTimeoutMs,
      onClaimed,
    }
    const ofStrategy = this.#figuresOf(options)
    let isLoaded = false
    const counted: Load<unknown> = (context) => {
      isLoaded = true
      ofStrategy.loads++
      return load(context)
    }
    return this.#use()
      .loader.find(key, counted, finding)
      .then(
        (value) => {
          this.#land(key, flight)
          if (value && !isLoaded) ofStrategy.sharedHits++
          // A value that was set meanwhile is newer than what was loaded.
          const isCurrent = !flight.isVoid && (value === undefined || this.#local.put(key, value, sequence))
          return { value, isCurrent }
        },
        (error: unknown) => {
          this.#land(key, flight)
          throw error
        },
      )
  }

  #land(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
  }

  /** Called for every hit: a look into a map of few names. */
  #figuresOf(options: ValueOptions): StrategyFigures {
    const name = strategyOf(options)
    const known = this.#byStrategy.get(name)
    if (known) return known
    const figures = { localHits: 0, sharedHits: 0, staleServed: 0, loads: 0 }
    this.#byStrategy.set(name, figures)
    return figures
  }

  #withEverything(tags = noTags): readonly string[] {
    return [...tags, this.#everything]
  }

  async #getAll(keys: string[]): Promise<unknown[]> {
    const sequence = this.#local.sequence
    const nowMs = coarseClock.nowMs
    const kept = keys.map((key) => {
      const entry = this.#kept(key)
      return entry && nowMs < entry.freshUntilMs ? entry : undefined
    })
    const missing = keys.filter((_, index) => kept[index] === undefined)
    this.figures.localHits += keys.length - missing.length
    if (missing.length === 0) return await Promise.all(kept.map((entry) => entry?.read()))
    const changed = new Set<string>()
    this.#readings.add(changed)
    const reading = this.#use().shared.readMany(missing, [this.#everything]).catch(noneWhileAway)
    const found = await reading.finally(() => this.#readings.delete(changed))
    return await Promise.all(
      keys.map((key, index) => {
        const entry = kept[index]
        if (entry) return entry.read()
        const shared = found.get(key)
        if (shared?.kind !== 'fresh') {
          this.figures.misses++
          return undefined
        }
        this.figures.sharedHits++
        // It may be what was there before.
        if (!changed.has(key)) this.#local.put(key, shared.value, sequence)
        return shared.value.read()
      }),
    )
  }

  #forgetAll(): void {
    this.#flights.clear()
    this.#local.clear()
  }

  /** Whoever asks from now on doesn't join a load that began before. */
  #dropTags(tags: readonly string[]): void {
    this.#local.invalidate(tags)
    for (const [key, flight] of this.#flights) {
      if (tags.some((tag) => flight.tags.includes(tag))) this.#flights.delete(key)
    }
  }
}
