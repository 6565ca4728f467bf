/** What is in the shared tiers before anything is measured, and caches that have nothing of it yet. */
import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { pack } from 'msgpackr'
import { Backend, Cache, RedisTier, type SharedTier, SqliteTier, silentBus } from 'spillway/cache'
import { createLogger } from 'spillway/foundation'
import type { RedisServer } from 'spillway/testing'
import { productAt } from './cache-product.ts'

export const keyCount = 20_000

const logger = createLogger('benchmark', 'warn')

export async function openRedisTier(url: string): Promise<RedisTier> {
  const tier = new RedisTier({ url })
  await tier.ready()
  return tier
}

export function openSqliteTier(folder: string): SqliteTier {
  return new SqliteTier({ path: join(folder, 'cache.db') })
}

/** For the same bytes without a cache around them. */
export function openTable(folder: string): Database {
  const db = new Database(join(folder, 'raw.db'), { create: true, strict: true })
  db.run('pragma journal_mode = wal')
  db.run('create table if not exists entries (key text primary key, bytes blob not null) without rowid')
  return db
}

/** A cache that keeps nothing here yet. */
export function openCache(tier: SharedTier, localBytes = 64 * 2 ** 20): Cache {
  const cache = new Cache({ name: 'benchmark', localBytes })
  cache.start(new Backend({ tier, bus: silentBus, logger }), logger)
  return cache
}

/** Products in Redis and in SQLite: as the cache keeps them, and as msgpack alone. */
export async function stock(url: string, folder: string): Promise<void> {
  for (const tier of [await openRedisTier(url), openSqliteTier(folder)]) {
    const cache = openCache(tier)
    for (let key = 0; key < keyCount; key += 100) {
      const writes = Array.from({ length: 100 }, (_, index) => {
        const id = key + index
        return cache.set(`product:${id}`, productAt(id), { ttl: 3_600, tags: [`product:${id}`] })
      })
      await Promise.all(writes)
    }
    await tier.close()
  }
  const redis = new Redis(url)
  const table = openTable(folder)
  const insert = table.query('insert or replace into entries values (?, ?)')
  for (let key = 0; key < keyCount; key++) {
    const bytes = pack(productAt(key))
    await redis.mset(`raw:${key}`, bytes, `tag:${key}`, '1790000000000000 0')
    insert.run(`raw:${key}`, bytes)
  }
  await redis.set('tag:*', '1790000000000000 0')
  redis.disconnect()
  table.close()
}

/** What `rememberMany` of a hundred keys that are in Redis sends, as the server counts its commands. */
export async function countRoundTrips(redis: RedisServer): Promise<string> {
  const tier = await openRedisTier(redis.url)
  const cache = openCache(tier)
  const keys = Array.from({ length: 100 }, (_, key) => `product:${key}`)
  await redis.command('CONFIG', 'RESETSTAT')
  const found = await cache.rememberMany(keys, async () => new Map(), { ttl: 3_600, tags: (key) => [key] })
  const stats = String(await redis.command('INFO', 'commandstats'))
  await tier.close()
  if (found.size !== keys.length) throw new Error(`Only ${found.size} of ${keys.length} keys were in Redis.`)
  // What the counting connection itself sends.
  const own = ['config', 'info', 'client', 'hello']
  const sent = [...stats.matchAll(/^cmdstat_([\w|]+):calls=(\d+)/gm)].filter(
    ([, name]) => !own.includes(name!.split('|')[0]!),
  )
  return sent.map(([, name, calls]) => `${calls} × \`${name!.toUpperCase()}\``).join(', ')
}
