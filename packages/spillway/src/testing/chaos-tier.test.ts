import { describe, expect, test } from 'bun:test'
import { Backend, Cache, MemoryTier, silentBus } from '../cache/index.ts'
import { createLogger } from '../foundation/index.ts'
import { type Chaos, ChaosTier, type Lie } from './chaos-tier.ts'
import { sharedTierSuite } from './shared-tier-suite.ts'

const logger = createLogger('test', 'silent')

sharedTierSuite('a tier that could misbehave but does not', async () => {
  const tier = new ChaosTier(new MemoryTier())
  return { tier, other: tier, close: () => tier.close() }
})

/** Two caches as two processes have them, one of which is to read what the other has written. */
function newCaches() {
  const tier = new ChaosTier(new MemoryTier())
  const open = () => {
    const cache = new Cache({ name: 'chaos' })
    cache.start(new Backend({ tier, bus: silentBus, logger }), logger)
    return cache
  }
  return { tier, warm: open(), cold: open() }
}

describe('a cache over a tier in chaos', () => {
  const kinds: Chaos[] = [{ kind: 'slow', byMs: 30 }, { kind: 'failing' }, { kind: 'disconnecting' }]
  test.each(kinds)('%p gives what is loaded', async (chaos) => {
    const { tier, cold } = newCaches()
    tier.chaos = chaos
    expect(await cold.remember('a', () => 'loaded')).toBe('loaded')
    tier.chaos = { kind: 'none' }
    expect(await cold.remember('b', () => 'loaded too')).toBe('loaded too')
  })

  test.each(['foreign', 'truncated', 'hostile', 'empty'] satisfies Lie[])('takes %s bytes for a miss', async (lie) => {
    const { tier, warm, cold } = newCaches()
    const value = { name: 'a value', numbers: Array.from({ length: 50 }, (_, index) => index) }
    await warm.set('a', value)
    tier.chaos = { kind: 'lying', with: lie }
    expect(await cold.get('a')).toBeUndefined()
    expect(await cold.remember<unknown>('a', () => 'loaded')).toBe('loaded')
    expect(cold.figures.sharedHits).toBe(0)
  })
})
