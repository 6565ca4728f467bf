import { afterEach, expect, test } from 'bun:test'
import { createLogger } from '../foundation/index.ts'
import { Backend } from './backend.ts'
import type { StartOptions } from './cache-options.ts'
import { type Caches, defineCaches } from './caches.ts'
import { MemoryTier, silentBus } from './memory-tier.ts'

const logger = createLogger('test', 'silent')
const started: Caches[] = []

function start(caches: Caches, options?: StartOptions): Caches {
  const backend = new Backend({ tier: new MemoryTier(), bus: silentBus, logger })
  caches.start(() => backend, logger, options)
  started.push(caches)
  return caches
}

afterEach(() => {
  for (const caches of started.splice(0)) caches.stop()
})

test('a strategy has its cache', async () => {
  const caches = start(
    defineCaches({ strategies: { search: { ttl: 900, cache: 'searches' } }, caches: { searches: {} } }),
  )
  await caches.remember('a', () => 1, { strategy: 'cold' })
  await caches.remember('a', () => 2, { strategy: 'search' })
  await caches.remember('a', () => 3)
  expect(await caches.named('longTerm').get<number>('a')).toBe(1)
  expect(await caches.named('searches').get<number>('a')).toBe(2)
  expect(await caches.named('default').get<number>('a')).toBe(3)
})

test('a tag is invalidated in all caches, and only what carries it', async () => {
  const caches = start(defineCaches())
  const read = (value: number) =>
    Promise.all([
      caches.remember('a', () => value, { tags: ['t'] }),
      caches.remember('b', () => value, { strategy: 'cold', tags: ['t'] }),
      caches.remember('c', () => value, { strategy: 'cold', tags: ['other'] }),
    ])
  expect(await read(1)).toEqual([1, 1, 1])
  await caches.invalidate('t')
  expect(await read(2)).toEqual([2, 2, 1])
})

test('many values are in the cache of their strategy, too', async () => {
  const caches = start(defineCaches())
  const load = async (keys: string[]) => new Map(keys.map((key) => [key, key.length]))
  await caches.rememberMany(['a', 'bb'], load, { strategy: 'cold' })
  expect(await caches.named('longTerm').getMany(['a', 'bb'])).toEqual(
    new Map([
      ['a', 1],
      ['bb', 2],
    ]),
  )
})

test('caches that are off load each time, and keep what is set', async () => {
  const caches = start(defineCaches(), { remembers: false })
  let loads = 0
  const load = () => ++loads
  expect([await caches.remember('a', load), await caches.remember('a', load)]).toEqual([1, 2])
  const loadMany = async (keys: string[]) => new Map(keys.map((key) => [key, ++loads]))
  expect(await caches.rememberMany(['a', 'b', 'a'], loadMany)).toEqual(
    new Map([
      ['a', 3],
      ['b', 4],
    ]),
  )
  const broken = caches.remember('a', () => {
    throw new Error('broken')
  })
  await expect(broken).rejects.toThrow('broken')
  await caches.named('sessions').set('id', 'Ann')
  expect(await caches.named('sessions').get<string>('id')).toBe('Ann')
})

test('what does not exist is said', async () => {
  const caches = start(defineCaches())
  expect(() => caches.named('none')).toThrow('There is no cache "none"')
  const unknown = caches.remember('a', () => 1, { strategy: 'none' })
  expect(await unknown.catch((error) => error.message)).toContain('There is no strategy "none"')
  expect(
    await defineCaches()
      .remember('a', () => 1)
      .catch((error) => error.message),
  ).toContain('before it was started')
})
