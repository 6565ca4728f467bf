import { afterEach, describe, expect, test } from 'bun:test'
import { hammer, lifetime, valuesOf } from '../../testing/fixtures/hammer.ts'
import { hasRedis, startRedis } from '../../testing/redis.ts'
import { until } from '../../testing/until.ts'
import { RedisBus } from './bus.ts'
import type { RedisOptions } from './options.ts'
import { RedisTier } from './tier.ts'

const opened: { close(): Promise<void> }[] = []

function openTier(options: RedisOptions): RedisTier {
  const tier = new RedisTier(options)
  opened.push(tier)
  return tier
}

const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(String, (error) => error.code)
const answers = (tier: RedisTier) => until(() => tier.sequence(), { what: 'the tier to answer', timeoutMs: 20_000 })

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

describe.skipIf(!hasRedis)('a server that restarts', () => {
  test('with an older state serves nothing that had been invalidated', async () => {
    await using redis = await startRedis()
    const tiers = [openTier({ url: redis.url }), openTier({ url: redis.url })]
    for (const tier of tiers) await tier.ready()
    const [tier, other] = tiers as [RedisTier, RedisTier]
    await valuesOf(tier).write('product', 'old', { ...lifetime, tags: ['t'] })
    expect((await valuesOf(other).read('product', ['t'])).kind).toBe('fresh')
    await redis.command('SAVE')
    await tier.invalidate(['t'], 'hard')

    const hammers = tiers.map((one) => hammer(one, ['product'], ['t']))
    await redis.restart()
    await Promise.all(tiers.map(answers))
    const newcomer = openTier({ url: redis.url })
    await newcomer.ready()
    expect((await valuesOf(newcomer).read('product', ['t'])).kind).toBe('none')
    // The old value is there: it is not for want of it that nobody got it.
    expect((await newcomer.read(['product'], [])).entries[0]).toBeDefined()
    for (const { stop } of hammers) expect(await stop()).toEqual(new Set(['none']))
  })

  test('gives numbers above all that it gave before, and a new epoch', async () => {
    await using redis = await startRedis()
    const tier = openTier({ url: redis.url })
    await tier.ready()
    await redis.command('SAVE')
    for (let i = 0; i < 50; i++) await tier.invalidate(['t'], 'hard')
    const [sequence, epoch] = [await tier.sequence(), tier.epoch]
    await redis.restart()
    expect(await answers(tier)).toBeGreaterThan(sequence)
    expect(tier.epoch).not.toBe(epoch)
    await redis.command('FLUSHALL')
    expect(await tier.sequence()).toBeGreaterThan(sequence)
  })

  test('and has kept everything is still not trusted with what it knew, but with what comes after', async () => {
    await using redis = await startRedis(['--appendonly', 'yes'])
    const tier = openTier({ url: redis.url })
    await tier.ready()
    await valuesOf(tier).write('a', 'old', { ...lifetime, tags: ['t'] })
    await redis.restart()
    await answers(tier)
    expect((await valuesOf(tier).read('a', ['t'])).kind).toBe('none')
    await valuesOf(tier).write('a', 'new', { ...lifetime, tags: ['t'] })
    expect((await valuesOf(tier).read('a', ['t'])).kind).toBe('fresh')
  })

  test('is not trusted either when it never gave out a number that someone has seen', async () => {
    await using redis = await startRedis()
    const tier = openTier({ url: redis.url })
    await tier.ready()
    await valuesOf(tier).write('a', 'old', { ...lifetime, tags: ['t'] })
    const names = ['{spillway:}sequence', '{spillway:t}tag']
    const before = await Promise.all(names.map(async (name) => String(await redis.command('GET', name))))
    await tier.invalidate(['t'], 'hard')
    // As a former master to which everyone goes back: it is the same process, and has no idea of what went on elsewhere.
    for (const [index, name] of names.entries()) await redis.command('SET', name, before[index]!)
    const { epoch } = tier
    await redis.command('CLIENT', 'KILL', 'TYPE', 'normal')
    await until(() => tier.epoch !== epoch, { what: 'a new epoch' })
    expect((await valuesOf(tier).read('a', ['t'])).kind).toBe('none')
    const newcomer = openTier({ url: redis.url })
    await newcomer.ready()
    expect((await valuesOf(newcomer).read('a', ['t'])).kind).toBe('none')
  })

  test('learns again how far databases had come, by those who know it', async () => {
    await using redis = await startRedis()
    const tier = openTier({ url: redis.url })
    await tier.ready()
    const floors = { default: '000000000000ABCD' }
    await tier.invalidate(['t'], 'hard', floors)
    await redis.restart()
    await answers(tier)
    const newcomer = openTier({ url: redis.url })
    await newcomer.ready()
    const lease = () => newcomer.lease({ key: crypto.randomUUID(), token: 'a', forMs: 1_000, voidBefore: 0 })
    expect(await lease()).toMatchObject({ kind: 'granted', floors })
    // A list, where scripts expect a text.
    await redis.command('DEL', '{spillway:}positions')
    await redis.command('RPUSH', '{spillway:}positions', 'x')
    expect((await lease()).kind).toBe('granted')
    await newcomer.invalidate(['t'], 'hard')
    expect(await lease()).toMatchObject({ kind: 'granted', floors })
  })

  test('loses no trust when only the connection breaks', async () => {
    await using redis = await startRedis()
    const tier = openTier({ url: redis.url })
    await tier.ready()
    await valuesOf(tier).write('a', 'kept', { ...lifetime, tags: ['t'] })
    const { epoch } = tier
    await redis.command('CLIENT', 'KILL', 'TYPE', 'normal')
    await answers(tier)
    expect(tier.epoch).toBe(epoch)
    expect((await valuesOf(tier).read('a', ['t'])).kind).toBe('fresh')
  })
})

describe.skipIf(!hasRedis)('a server that is away', () => {
  test('is said to be so, and is found when it comes', async () => {
    await using redis = await startRedis()
    await redis.kill()
    const tier = openTier({ url: redis.url, timeoutMs: 200 })
    expect(await codeOf(tier.ready())).toBe('CACHE_TIER_AWAY')
    expect(await codeOf(tier.read(['a'], []))).toBe('CACHE_TIER_AWAY')
    await redis.start()
    await answers(tier)
    await tier.ready()
  })

  test('without closing its connections is given up after the timeout, and found again', async () => {
    await using redis = await startRedis()
    const tier = openTier({ url: redis.url, timeoutMs: 200 })
    await tier.ready()
    redis.cutOff()
    const calls = [tier.read(['a'], ['t']), tier.invalidate(['t'], 'hard'), tier.increment('n', 1, 1_000)]
    expect(await Promise.all(calls.map(codeOf))).toEqual(Array(3).fill('CACHE_TIER_AWAY'))
    redis.reconnect()
    await answers(tier)
  })

  test('is noticed by the bus, again and again until it is back', async () => {
    await using redis = await startRedis()
    const bus = new RedisBus({ url: redis.url, timeoutMs: 200 })
    opened.push(bus)
    const gaps: string[] = []
    bus.subscribe(
      () => undefined,
      (reason) => gaps.push(reason),
    )
    await bus.ready()
    gaps.length = 0
    redis.cutOff()
    await until(() => gaps.length >= 2, { what: 'two gaps', timeoutMs: 20_000 })
    expect(await codeOf(bus.publish({ keys: ['a'] }))).toBe('CACHE_TIER_AWAY')
    gaps.length = 0
    redis.reconnect()
    await until(() => gaps.includes('subscribed just now'), { what: 'the bus to be back', timeoutMs: 20_000 })
    await until(async () => (await codeOf(bus.publish({ keys: ['a'] }))) === 'undefined')
  })

  test('for one sender only is a gap for the others, once that sender is heard of again', async () => {
    await using redis = await startRedis()
    const [sender, hearer] = [new RedisBus({ url: redis.url }), new RedisBus({ url: redis.url })]
    opened.push(sender, hearer)
    await Promise.all([sender.ready(), hearer.ready()])
    const gaps: string[] = []
    hearer.subscribe(
      () => undefined,
      (reason) => gaps.push(reason),
    )
    await sender.publish({ keys: ['a'] })
    gaps.length = 0
    await redis.command('ACL', 'SETUSER', 'default', '-eval', '-evalsha')
    expect(await codeOf(sender.publish({ keys: ['lost'] }))).toBe('CACHE_TIER_AWAY')
    await redis.command('ACL', 'SETUSER', 'default', '+eval', '+evalsha')
    await until(() => gaps.includes('notices were missed'), { what: 'the gap' })
  })

  test('after a close nothing is left open', async () => {
    await using redis = await startRedis()
    const [tier, bus] = [new RedisTier({ url: redis.url }), new RedisBus({ url: redis.url })]
    await Promise.all([tier.ready(), bus.ready()])
    await Promise.all([tier.close(), bus.close()])
    expect(await codeOf(tier.read(['a'], []))).toBe('CACHE_TIER_AWAY')
    const connections = async () =>
      String(await redis.command('CLIENT', 'LIST'))
        .trim()
        .split('\n').length
    await until(async () => (await connections()) === 1, { what: 'only the asking connection to be left' })
  })
})
