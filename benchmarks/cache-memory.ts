/** What a process grows by while it keeps values, in a process of its own: `bun cache-memory.ts <Redis URL>`. */
import { productAt } from './cache-product.ts'
import { openCache, openRedisTier } from './cache-stock.ts'

export interface Memory {
  entries: number
  evictions: number
  /** As the cache counts them. */
  countedBytes: number
  /** What the process has grown by. */
  rssBytes: number
}

export interface Memories {
  readOnce: Memory
  readTwice: Memory
}

const [url = ''] = process.argv.slice(2)
/** More than fit. */
const count = 100_000
const chunk = 500

const tier = await openRedisTier(url)
const writer = openCache(tier, 0)
for (let key = 0; key < count; key += chunk) {
  const values = Array.from({ length: chunk }, (_, index) => [`many:${key + index}`, productAt(key + index)] as const)
  await writer.setMany(values, { ttl: 3_600, tags: ['many'] })
}
writer.stop()

const cache = openCache(tier)
Bun.gc(true)
const before = process.memoryUsage.rss()
const readOnce = await sweep(1)
// What is read again is kept as a value, no longer as what came from the tier.
const readTwice = await sweep(2)
console.log(JSON.stringify({ readOnce, readTwice } satisfies Memories))
process.exit(0)

async function sweep(times: number): Promise<Memory> {
  for (let key = 0; key < count; key += chunk) {
    const keys = Array.from({ length: chunk }, (_, index) => `many:${key + index}`)
    for (let time = 0; time < times; time++) await cache.getMany(keys)
    if (key % (20 * chunk) === 0) Bun.gc(true)
  }
  Bun.gc(true)
  const { entries, bytes, evictions } = cache.stats().local
  return { entries, evictions, countedBytes: bytes, rssBytes: process.memoryUsage.rss() - before }
}
