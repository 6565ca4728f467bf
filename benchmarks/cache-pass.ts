/** One way to read a value, in a process of its own: `bun cache-pass.ts <way> <callers> <Redis URL> <folder>`. */
import { Redis } from 'ioredis'
import { unpack } from 'msgpackr'
import type { Cache, SharedTier } from 'spillway/cache'
import { type Loop, measureLoop } from './cache-loop.ts'
import { type Product, productAt } from './cache-product.ts'
import { keyCount, openCache, openRedisTier, openSqliteTier, openTable } from './cache-stock.ts'

type Sweeps = Omit<Loop, 'callers'>

const [way = '', callers = '1', url = '', folder = ''] = process.argv.slice(2)
/** Each sweep begins with nothing in the process. */
const cold = callers === '1' ? { keys: 5_000, warmUps: 3, sweeps: 5 } : { keys: keyCount, warmUps: 3, sweeps: 6 }

const ways: Record<string, () => Promise<Sweeps>> = {
  async hit() {
    const cache = openCache(await openRedisTier(url))
    const read = (key: number): Promise<Product> =>
      cache.remember(`product:${key}`, () => productAt(key), { ttl: 3_600, tags: [`product:${key}`] })
    return { keys: 1_000, warmUps: 50, sweeps: 100, open: () => read }
  },
  async 'redis-raw'() {
    const redis = new Redis(url, { enableAutoPipelining: true })
    await redis.ping()
    return { ...cold, open: () => async (key) => unpack((await redis.getBuffer(`raw:${key}`))!) }
  },
  /** The same work by hand: whoever wants to know whether the value holds must read more than that. */
  async 'redis-raw-tags'() {
    const redis = new Redis(url, { enableAutoPipelining: true })
    await redis.ping()
    const read = async (key: number) => unpack((await redis.mgetBuffer(`raw:${key}`, `tag:${key}`, 'tag:*'))[0]!)
    return { ...cold, open: () => read }
  },
  redis: async () => remembering(await openRedisTier(url)),
  'redis-unkept': async () => remembering(await openRedisTier(url), 0),
  async 'sqlite-raw'() {
    const get = openTable(folder).query<{ bytes: Uint8Array }, [string]>('select bytes from entries where key = ?')
    return { ...cold, open: () => async (key) => unpack(get.get(`raw:${key}`)!.bytes) }
  },
  sqlite: async () => remembering(openSqliteTier(folder)),
  'sqlite-unkept': async () => remembering(openSqliteTier(folder), 0),
}

function remembering(tier: SharedTier, localBytes?: number): Sweeps {
  let cache: Cache | undefined
  const load = () => {
    throw new Error('This was to be in the shared tier.')
  }
  return {
    ...cold,
    open() {
      cache?.stop()
      const opened = openCache(tier, localBytes)
      cache = opened
      return (key) => opened.remember(`product:${key}`, load, { ttl: 3_600, tags: [`product:${key}`] })
    },
  }
}

console.log(JSON.stringify(await measureLoop({ ...(await ways[way]!()), callers: Number(callers) })))
process.exit(0)
