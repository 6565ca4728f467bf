/**
 * One process with a cache that the drills do things to. Told what to do by messages of its parent; ends with it.
 *
 * @module
 */
import {
  Backend,
  type Bus,
  Cache,
  type CacheOptions,
  RedisBus,
  type RedisOptions,
  RedisTier,
  type SharedTier,
  SqliteBus,
  SqliteTier,
} from '../src/cache/index.ts'
import { createLogger } from '../src/foundation/index.ts'
import { Burst, type BurstOptions } from './cache-burst.ts'
import { type Flaw, flawedBus, flawedTier } from './cache-flaws.ts'
import { type RaceOptions, Racer } from './cache-race.ts'
import { Truth } from './cache-truth.ts'

/** Where the values are shared: a file, or a Redis. */
export type Store = { path: string } | RedisOptions

export interface PeerOptions {
  store: Store
  truth: { path: string; tags: number }
  /** Its number among all of them: it changes the tags that are its own. */
  index: number
  peers: number
  cache: Omit<CacheOptions, 'name'>
  flaw?: Flaw
}

const options: PeerOptions = JSON.parse(process.env['PEER_OPTIONS']!)
const { index, peers, flaw } = options
const logger = createLogger('peer', 'silent')
const [tier, bus] = await open(options.store)
const backend = new Backend({ tier: flawedTier(tier, flaw), bus: flawedBus(bus, flaw), logger })
const cache = new Cache({ name: 'drill', ...options.cache })
cache.start(backend, logger)

const truth = new Truth(options.truth.path, options.truth.tags)
const tags = Array.from({ length: truth.tags }, (_, tag) => tag)
const burst = new Burst(cache)
const racer = new Racer(
  cache,
  truth,
  tags.filter((tag) => tag % peers === index),
)

const orders = {
  ask: async (wanted: BurstOptions) => burst.ask(wanted),
  outcomes: () => burst.outcomes(),
  startRace: async (wanted: RaceOptions) => racer.start(wanted),
  stopRace: () => racer.stop(),
  race: async () => racer.race,
  countStale: () => racer.countStale(),
  /** Whether the shared tier answers. */
  reaches: () => backend.tier.sequence(),
  invalidate: (tag: string) => cache.invalidate(tag),
  increment: (key: string) => cache.increment(key),
  set: (key: string, value: string, ttl: number, grace: number) => cache.set(key, value, { ttl, grace }),
  get: (key: string) => cache.get(key),
  /** The version of the tag, and how often it was loaded here so far. */
  read: async (tag: number) => ({ version: await racer.versionOf(tag), loads: racer.race.loads }),
}

/** What a peer can be told to do. */
export type Orders = typeof orders

interface Order {
  id: number
  name: keyof Orders
  args: unknown[]
}

process.on('message', async ({ id, name, args }: Order) => {
  // The parent's types say which arguments go with which name.
  const order = orders[name] as (...args: unknown[]) => Promise<unknown>
  try {
    process.send!({ id, value: await order(...args) })
  } catch (error) {
    process.send!({ id, error: String(error) })
  }
})
process.on('disconnect', () => process.exit())
process.send!({ id: 0 })

async function open(store: Store): Promise<[SharedTier, Bus]> {
  if ('path' in store) return [new SqliteTier(store), new SqliteBus(store.path)]
  const shared = new RedisTier(store)
  const notices = new RedisBus(store)
  await Promise.all([shared.ready(), notices.ready()])
  return [shared, notices]
}
