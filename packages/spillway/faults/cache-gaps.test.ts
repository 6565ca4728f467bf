/** Orders of events that chance seldom brings about, one by one. */
import { expect, test } from 'bun:test'
import { Backend, type Bus, Cache, MemoryTier, type Notice, type SharedTier, silentBus } from '../src/cache/index.ts'
import { createLogger } from '../src/foundation/index.ts'
import { ChaosTier, until } from '../src/testing/index.ts'

const logger = createLogger('drill', 'silent')
const options = { ttl: 600, tags: ['t'] }

function open(tier: SharedTier, bus: Bus): { cache: Cache; backend: Backend } {
  const backend = new Backend({ tier, bus, logger })
  const cache = new Cache({ name: 'drill', jitter: 0 })
  cache.start(backend, logger)
  return { cache, backend }
}

/** Two processes that hear each other at once. */
function pairOfBuses(): [Bus, Bus] {
  const handlers: ((notice: Notice) => void)[] = []
  const busOf = (own: number): Bus => ({
    publish: async (notice) => handlers[1 - own]?.(notice),
    subscribe(onNotice) {
      handlers[own] = onNotice
    },
    close: async () => undefined,
  })
  return [busOf(0), busOf(1)]
}

test('what is set while the tier is away is no error, and the old value does not come back', async () => {
  const tier = new MemoryTier()
  const chaos = new ChaosTier(tier)
  const { cache, backend } = open(chaos, silentBus)
  await cache.set('key', 'old', options)
  chaos.chaos = { kind: 'failing' }
  await cache.set('key', 'new', options)
  chaos.chaos = { kind: 'none' }
  await until(() => backend.tier.sequence(), { what: 'the tier to be back' })
  expect(await cache.get('key')).toBeUndefined()
})

// A hears that its debt is paid, B does not: what B has read from the tier in between stays with it for its whole ttl.
test('what was invalidated while one process had no tier is dropped by the others when it is made up for', async () => {
  const tier = new MemoryTier()
  const chaos = new ChaosTier(tier)
  const [ownBus, otherBus] = pairOfBuses()
  const [own, other] = [open(chaos, ownBus), open(tier, otherBus)]
  let source = 'old'
  const read = () => other.cache.remember('key', () => source, options)
  await read()
  chaos.chaos = { kind: 'failing' }
  source = 'new'
  await own.cache.invalidate('t')
  // It has heard, and finds the old value where nobody has voided it yet.
  expect(await read()).toBe('old')
  chaos.chaos = { kind: 'none' }
  await until(() => own.backend.tier.sequence(), { what: 'the tier to be back' })
  await until(async () => (await read()) === 'new', { what: 'the new value', timeoutMs: 2_000 })
})

test('nobody waits for the load of another for longer than the hard timeout', async () => {
  const tier = new MemoryTier()
  const { cache } = open(tier, silentBus)
  await tier.lease({ key: 'drill:1:key', token: 'someone', forMs: 60_000, voidBefore: 0 })
  const asked = cache.remember('key', () => 'value', { ...options, hardTimeoutMs: 100 })
  const outcome = asked.catch((error: { code: string }) => error.code)
  expect(await Promise.race([outcome, Bun.sleep(5_000).then(() => 'still waits')])).toBe('CACHE_LOAD_TIMEOUT')
})

test('what another process deletes while it is being read is not kept', async () => {
  const tier = new MemoryTier()
  const [ownBus, otherBus] = pairOfBuses()
  const own = open(tier, ownBus)
  await own.cache.set('key', 'old', options)
  const gate = Promise.withResolvers<void>()
  const read = tier.read.bind(tier)
  const slow = Object.assign(Object.create(tier) as MemoryTier, {
    read: async (keys: readonly string[], tags: readonly string[]) => {
      const reading = await read(keys, tags)
      await gate.promise
      return reading
    },
  })
  const other = open(slow, otherBus)
  const reading = other.cache.get('key')
  await own.cache.delete('key')
  gate.resolve()
  await reading
  expect(await other.cache.get('key')).toBeUndefined()
})
