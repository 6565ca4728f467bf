import { afterEach, expect, test } from 'bun:test'
import { createLogger } from '../../foundation/index.ts'
import { Backend } from '../backend.ts'
import { Cache } from '../cache.ts'
import { MemoryTier, silentBus } from '../memory-tier.ts'
import type { SharedTier } from '../shared-tier.ts'

const logger = createLogger('test', 'silent')
const opened: Cache[] = []
afterEach(() => {
  for (const cache of opened.splice(0)) cache.stop()
})

function open(tier: SharedTier = new MemoryTier()): Cache {
  const cache = new Cache({ name: 'default' })
  cache.start(new Backend({ tier, bus: silentBus, logger }), logger)
  opened.push(cache)
  return cache
}

const none = { localHits: 0, sharedHits: 0, staleServed: 0, loads: 0 }

test('reads are counted by their strategy', async () => {
  const cache = open()
  for (let read = 0; read < 3; read++) await cache.remember('a', () => 1, { strategy: 'hot' })
  await cache.remember('b', () => 1)
  await cache.remember('c', () => 1, { ttl: 5 })
  await cache.rememberMany(['a', 'd'], async () => new Map([['d', 1]]), { strategy: 'hot' })
  expect(cache.stats().strategies).toEqual({
    hot: { ...none, localHits: 3, loads: 2 },
    warm: { ...none, loads: 1 },
    'own ttl': { ...none, loads: 1 },
  })
  expect(cache.stats()).toMatchObject({ localHits: 3, loads: 4 })
})

test('what another process has loaded is a hit of the shared tier', async () => {
  const tier = new MemoryTier()
  await open(tier).remember('a', () => 1, { strategy: 'cold' })
  const other = open(tier)
  expect(await other.remember('a', () => 2, { strategy: 'cold' })).toBe(1)
  expect(other.stats().strategies).toEqual({ cold: { ...none, sharedHits: 1 } })
})

test('the hottest keys are those that were read most', async () => {
  const cache = open()
  for (const [key, reads] of Object.entries({ a: 2, b: 9, c: 5, d: 1, e: 5 })) {
    for (let read = 0; read < reads + 1; read++) await cache.remember(key, () => 1)
  }
  expect(cache.hotKeys(3)).toEqual([
    { key: 'b', hits: 9 },
    { key: 'c', hits: 5 },
    { key: 'e', hits: 5 },
  ])
})
