import { afterEach, expect, test } from 'bun:test'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createLogger, type Floors, noFloors, UnavailableError } from '../foundation/index.ts'
import { until } from '../testing/until.ts'
import { Backend, type FloorHooks } from './backend.ts'
import { Cache } from './cache.ts'
import { MemoryTier, silentBus } from './memory-tier.ts'

const logger = createLogger('test', 'silent')
const opened: Backend[] = []
afterEach(async () => {
  for (const backend of opened.splice(0)) await backend.close()
})

/** Floors of somebody who keeps them in the async context. */
function newFleet(hooks: Partial<FloorHooks> = {}) {
  const seen = new AsyncLocalStorage<Floors>()
  const floors: FloorHooks = {
    current: async () => seen.getStore() ?? noFloors,
    under: async (given, load) => ({ value: await seen.run(given, load), isBehind: false }),
    ...hooks,
  }
  const tier = new MemoryTier()
  const open = () => {
    const backend = new Backend({ tier, bus: silentBus, logger, floors })
    opened.push(backend)
    const cache = new Cache({ name: 'test' })
    cache.start(backend, logger)
    return { backend, cache }
  }
  return { seen, tier, one: open(), other: open() }
}

const [low, high] = ['0000000000000001', '0000000000000002']

test('a load sees what the one who invalidated has seen', async () => {
  const { seen, one, other } = newFleet()
  await seen.run({ default: high }, () => one.cache.invalidate('t'))
  expect(await other.cache.remember<unknown>('a', () => seen.getStore())).toEqual({ default: high })
})

test('a load sees what the invalidation names, whatever its caller has seen', async () => {
  const { seen, one, other } = newFleet()
  expect(await seen.run({ default: high }, () => one.backend.invalidate(['t'], 'hard', { default: low }))).toBe('done')
  expect(await other.cache.remember<unknown>('a', () => seen.getStore())).toEqual({ default: low })
})

test('one load of many keys sees what the latest of their leases asks for', async () => {
  const { seen, tier, one } = newFleet()
  await tier.invalidate(['t'], 'hard', { default: low })
  const lease = tier.lease.bind(tier)
  tier.lease = async (request) => {
    if (request.key.endsWith('b')) await tier.invalidate(['t'], 'hard', { default: high })
    return await lease(request)
  }
  const load = async (keys: string[]) => new Map(keys.map((key) => [key, seen.getStore()]))
  expect(await one.cache.rememberMany<string, unknown>(['a', 'b'], load)).toEqual(
    new Map([
      ['a', { default: high }],
      ['b', { default: high }],
    ]),
  )
})

test('what a load could not see as new is not shared, of one key or of many', async () => {
  const reading = new AsyncLocalStorage<{ isBehind: boolean }>()
  const { tier, one, other } = newFleet({
    under: async (_, load) => {
      const reads = { isBehind: false }
      return { value: await reading.run(reads, load), isBehind: reads.isBehind }
    },
  })
  const readOld = () => {
    reading.getStore()!.isBehind = true
    return 'old'
  }
  await tier.invalidate(['t'], 'hard', { default: high })
  expect(await one.cache.remember('a', readOld)).toBe('old')
  const old = async (keys: string[]) => new Map(keys.map((key) => [key, readOld()]))
  expect((await one.cache.rememberMany(['b', 'c'], old)).get('c')).toBe('old')
  for (const key of ['a', 'b', 'c']) expect(await other.cache.remember(key, () => 'new')).toBe('new')
  await until(async () => (await one.cache.remember('a', () => 'newer')) === 'new', { what: 'the old one to end' })
})

test('without knowing what it is about, an invalidation is done at once, owed, and repeated when it is known', async () => {
  let isAway = true
  const { tier, one, other } = newFleet({
    current: async () => {
      if (isAway) throw new UnavailableError('AWAY', 'The primary is away.')
      return { default: high }
    },
  })
  await one.cache.set('a', 'old', { tags: ['t'] })
  expect(await one.backend.invalidate(['t'], 'hard')).toBe('owed')
  expect(await other.cache.get('a')).toBeUndefined()
  const sequence = await tier.sequence()
  isAway = false
  await until(async () => (await tier.sequence()) > sequence, { what: 'the repetition' })
  const lease = await tier.lease({ key: 'a', token: 'a', forMs: 1_000, voidBefore: 0 })
  expect(lease).toMatchObject({ kind: 'granted', floors: { default: high } })
})

test('what is no outage is told to whoever invalidates', async () => {
  const { one } = newFleet({ current: () => Promise.reject(new Error('a mistake')) })
  expect(await one.backend.invalidate(['t'], 'hard').catch(String)).toBe('Error: a mistake')
})
