/** What it takes to invalidate a tag that very many keys carry: `bun cache-tag.ts <Redis URL> <keys>`. */
import { Redis } from 'ioredis'
import { productAt } from './cache-product.ts'
import { openCache, openRedisTier } from './cache-stock.ts'
import { median } from './statistics.ts'

export interface Invalidation {
  keys: number
  pingMs: number
  /** A tag that one key carries, and the one that all carry. */
  oneMs: number
  allMs: number
  /** How many of a hundred keys, picked evenly, were there before and after. */
  heldBefore: number
  heldAfter: number
}

const [url = '', keys = '1000000'] = process.argv.slice(2)
const count = Number(keys)
const chunk = 10_000
const copy = `
local entry = redis.call('GET', KEYS[1])
for id = ARGV[1], ARGV[2] do
  redis.call('SET', string.gsub(KEYS[1], 'tagged:0', 'tagged:' .. string.format('%d', id)), entry, 'PX', 3600000)
end`
const rounds = 300

const tier = await openRedisTier(url)
const cache = openCache(tier, 0)
const redis = new Redis(url)
const value = productAt(1)
await cache.set('tagged:0', value, { ttl: 3_600, tags: ['everything'] })
// The server copies what the cache has written: a million writes of its own would take minutes.
const [first = ''] = await redis.keys('*tagged:0*')
for (let key = 1; key < count; key += chunk) await redis.eval(copy, 1, first, key, Math.min(key + chunk, count) - 1)
await cache.set('single', value, { ttl: 3_600, tags: ['single'] })
const picked = Array.from({ length: 100 }, (_, index) => `tagged:${Math.floor((index * count) / 100)}`)
const held = async () => (await cache.getMany(picked)).size

const heldBefore = await held()
const pings: number[] = []
const ones: number[] = []
const alls: number[] = []
for (let round = 0; round < rounds; round++) {
  pings.push(await timed(() => redis.ping()))
  ones.push(await timed(() => cache.invalidate('single')))
  alls.push(await timed(() => cache.invalidate('everything')))
}
const invalidation: Invalidation = {
  keys: count,
  pingMs: median(pings),
  oneMs: median(ones),
  allMs: median(alls),
  heldBefore,
  heldAfter: await held(),
}
console.log(JSON.stringify(invalidation))
process.exit(0)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
