import { afterEach, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '../foundation/index.ts'
import { until } from '../testing/until.ts'
import { Backend } from './backend.ts'
import { Cache } from './cache.ts'
import type { CacheOptions } from './cache-options.ts'
import { SqliteBus } from './sqlite/bus.ts'
import { SqliteTier } from './sqlite/tier.ts'

const logger = createLogger('test', 'silent')
const folders: string[] = []
const backends = new Map<Cache, Backend>()

/** Caches as several processes would have them: nothing in common but the file. */
function fleet(size: number, options: Partial<CacheOptions> = {}): Cache[] {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-cache-'))
  folders.push(folder)
  const path = join(folder, 'cache.db')
  const made = Array.from({ length: size }, () => {
    const backend = new Backend({ tier: new SqliteTier({ path }), bus: new SqliteBus(path), logger })
    const cache = new Cache({ name: 'test', ...options })
    cache.start(backend, logger)
    backends.set(cache, backend)
    return cache
  })
  return made
}

/** As when its process ends. */
async function kill(cache: Cache): Promise<void> {
  await backends.get(cache)?.close()
  backends.delete(cache)
}

afterEach(async () => {
  for (const cache of backends.keys()) await kill(cache)
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const one = (options?: Partial<CacheOptions>) => fleet(1, options)[0]!

describe('a value', () => {
  test('is loaded once and remembered', async () => {
    const cache = one()
    let loads = 0
    const load = () => ({ count: ++loads })
    expect(await cache.remember('a', load)).toEqual({ count: 1 })
    expect(await cache.remember('a', load)).toEqual({ count: 1 })
    expect(cache.figures).toMatchObject({ misses: 1, localHits: 1, loads: 1 })
  })

  test('comes back as what it was', async () => {
    const value = {
      date: new Date(0),
      map: new Map<unknown, unknown>([[1, { a: 'b' }]]),
      set: new Set(['x']),
      big: 2n ** 63n,
      bytes: new Uint8Array([1, 2, 3]),
      nothing: null,
      empty: '',
      zero: 0,
      list: [1, [2]],
    }
    const [writer, reader] = fleet(2)
    await writer!.set('a', value)
    expect(await reader!.get<typeof value>('a')).toEqual(value)
    expect(await reader!.get<typeof value>('a')).toEqual(value)
  })

  test.each([null, 0, '', false, []])('%p is a value, undefined is none', async (value) => {
    const cache = one()
    let loads = 0
    for (let i = 0; i < 2; i++) {
      const loaded = await cache.remember('a', () => {
        loads++
        return value
      })
      expect(loaded).toEqual(value)
    }
    expect(loads).toBe(1)
    for (let i = 0; i < 2; i++) await cache.remember('b', () => void loads++)
    expect(loads).toBe(3)
  })

  test('can not be changed by those who read it', async () => {
    const cache = one()
    const load = () => ({ list: [1], at: new Date(5) })
    const first = await cache.remember('a', load)
    first.at.setTime(9)
    first.list.push(2)
    expect(await cache.remember('a', load)).toEqual({ list: [1], at: new Date(5) })
    const frozen = await cache.remember('b', () => ({ list: [1] }))
    expect(() => frozen.list.push(2)).toThrow()
  })
})

describe('among processes', () => {
  test('what one of several readers does with a value that another process has loaded is not seen by the others', async () => {
    const [one, other] = fleet(2)
    const read = (cache: Cache) => cache.remember('a', () => ({ list: [1] }))
    await read(one!)
    const readers = await Promise.all([read(other!), read(other!), read(other!)])
    for (const value of [...readers, await read(other!)]) {
      expect(value).toEqual({ list: [1] })
      try {
        value.list.push(2)
      } catch {
        // Frozen: as good as a copy.
      }
    }
    expect(await read(other!)).toEqual({ list: [1] })
    expect(other!.figures).toMatchObject({ sharedHits: 1, loads: 0 })
  })

  test('a thousand calls in each of ten are one load', async () => {
    const caches = fleet(10)
    let loads = 0
    const load = async () => {
      loads++
      await Bun.sleep(50)
      return { loads }
    }
    const calls = caches.flatMap((cache) => Array.from({ length: 1_000 }, () => cache.remember('a', load)))
    expect(new Set((await Promise.all(calls)).map((value) => value.loads))).toEqual(new Set([1]))
    expect(loads).toBe(1)
  })

  test('a failing load is tried once, and everyone hears of it', async () => {
    const caches = fleet(5, { backoffMs: 300 })
    let loads = 0
    const load = async () => {
      loads++
      await Bun.sleep(20)
      throw new Error('the database is away')
    }
    const calls = caches.flatMap((cache) => Array.from({ length: 20 }, () => cache.remember('a', load)))
    const answers = await Promise.allSettled(calls)
    for (const answer of answers) {
      expect(answer.status).toBe('rejected')
      expect(String((answer as PromiseRejectedResult).reason)).toContain('the database is away')
    }
    expect(loads).toBe(1)
    await until(() => caches[0]!.remember('a', () => 'back'), { what: 'the next attempt' })
  })

  test('what was invalidated is loaded anew, in all of them', async () => {
    const [one, other] = fleet(2)
    let price = 1
    const read = (cache: Cache) => cache.remember('product', () => price, { tags: ['product:1'], ttl: 60 })
    expect([await read(one!), await read(other!)]).toEqual([1, 1])
    price = 2
    await one!.invalidate('product:1')
    expect(await read(one!)).toBe(2)
    await until(async () => (await read(other!)) === 2, { what: 'the other process to hear' })
  })

  test('a load that was under way when its tag was invalidated is not kept', async () => {
    const [one, other] = fleet(2)
    let price = 1
    const started = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const slow = one!.remember(
      'product',
      async () => {
        const read = price
        started.resolve()
        await go.promise
        return read
      },
      { tags: ['product:1'], ttl: 60 },
    )
    await started.promise
    price = 2
    await other!.invalidate('product:1')
    const after = other!.remember('product', () => price, { tags: ['product:1'], ttl: 60 })
    expect(await after).toBe(2)
    go.resolve()
    expect(await slow).toBe(1)
    await until(async () => (await one!.remember('product', () => price, { tags: ['product:1'], ttl: 60 })) === 2)
    expect(await other!.remember('product', () => price, { tags: ['product:1'], ttl: 60 })).toBe(2)
  })

  test('tags that only the loader knows count as well', async () => {
    const [one, other] = fleet(2)
    let loads = 0
    const read = (cache: Cache) =>
      cache.remember('list', (context) => {
        context.tag('category:7')
        return ++loads
      })
    expect(await read(one!)).toBe(1)
    expect(await read(other!)).toBe(1)
    await other!.invalidate('category:7')
    expect(await read(other!)).toBe(2)
    await until(async () => (await read(one!)) === 2)
  })

  test('softly invalidated, the old value is served while one loads', async () => {
    const [one, other] = fleet(2)
    let version = 1
    const read = (cache: Cache) =>
      cache.remember('a', async () => version, { ttl: 60, grace: 60, tags: ['t'], softTimeoutMs: 0 })
    expect([await read(one!), await read(other!)]).toEqual([1, 1])
    version = 2
    await one!.invalidateSoftly('t')
    expect([1, 2]).toContain(await read(one!))
    await until(async () => (await read(one!)) === 2 && (await read(other!)) === 2)
  })

  test('a holder that dies is replaced', async () => {
    const [dying, heir] = fleet(2, { leaseMs: 200 })
    const never = dying!.remember('a', () => new Promise<string>(() => undefined), { hardTimeoutMs: 60_000 })
    never.catch(() => undefined)
    await until(() => dying!.figures.loads === 1)
    await kill(dying!)
    expect(await heir!.remember('a', () => 'loaded')).toBe('loaded')
  })
})

test('many keys are one load of those that are missing', async () => {
  const [cache, cold] = fleet(2)
  await cache!.set('b', 'B')
  const asked: string[][] = []
  const load = async (keys: string[]) => {
    asked.push(keys)
    return new Map(keys.filter((key) => key !== 'd').map((key) => [key, key.toUpperCase()]))
  }
  const values = await cache!.rememberMany(['a', 'b', 'c', 'd'], load)
  expect([...values]).toEqual([
    ['a', 'A'],
    ['b', 'B'],
    ['c', 'C'],
  ])
  expect(asked).toEqual([['a', 'c', 'd']])
  expect((await cold!.rememberMany(['a', 'b', 'c'], load)).get('c')).toBe('C')
  expect(asked).toHaveLength(1)
})

test('a value that is set voids loads under way', async () => {
  const [one, other] = fleet(2)
  const go = Promise.withResolvers<void>()
  const loading = one!.remember('a', async () => {
    await go.promise
    return 'loaded'
  })
  await until(() => one!.figures.loads === 1)
  await other!.set('a', 'set')
  go.resolve()
  expect(await loading).toBe('loaded')
  await until(async () => (await one!.get<string>('a')) === 'set')
  expect(await other!.get<string>('a')).toBe('set')
})

test('a loader that takes too long is given up', async () => {
  const cache = one()
  let signal: AbortSignal | undefined
  const hanging = cache.remember(
    'a',
    (context) => {
      signal = context.signal
      return new Promise(() => undefined)
    },
    { hardTimeoutMs: 30 },
  )
  expect(await hanging.catch((error) => error.code)).toBe('CACHE_LOAD_TIMEOUT')
  expect(signal?.aborted).toBe(true)
})

test('counters count across processes', async () => {
  const [one, other] = fleet(2)
  await Promise.all([one!.increment('n'), other!.increment('n', 2), one!.increment('n')])
  expect(await other!.increment('n', 0)).toBe(4)
})

test('clear drops everything, everywhere', async () => {
  const [one, other] = fleet(2)
  await one!.set('a', 1)
  expect(await other!.get<number>('a')).toBe(1)
  await one!.clear()
  expect(await one!.get('a')).toBeUndefined()
  await until(async () => (await other!.get('a')) === undefined)
})
