import { describe, expect, test } from 'bun:test'
import { busSuite } from '../../testing/bus-suite.ts'
import { hasRedis, type RedisServer, startRedis, startRedisCluster, startSentinel } from '../../testing/redis.ts'
import { sharedTierSuite } from '../../testing/shared-tier-suite.ts'
import type { OpenedTiers } from '../../testing/tier-suite/opened.ts'
import { RedisBus } from './bus.ts'
import type { RedisOptions } from './options.ts'
import { RedisTier } from './tier.ts'

type Server = AsyncDisposable & Partial<Pick<RedisServer, 'command'>>

async function openTiers(options: RedisOptions, server: Server): Promise<OpenedTiers> {
  const [tier, other] = [new RedisTier(options), new RedisTier(options)]
  await Promise.all([tier.ready(), other.ready()])
  const close = async () => {
    await Promise.all([tier.close(), other.close()])
    await server[Symbol.asyncDispose]()
  }
  const spoilFloors = async (text: string) => void (await server.command!('SET', '{spillway:}positions', text))
  return { tier, other, ...(server.command && { spoilFloors }), close }
}

describe.skipIf(!hasRedis)('Redis', () => {
  sharedTierSuite('the tier on one server', async () => {
    const redis = await startRedis()
    return await openTiers({ url: redis.url }, redis)
  })

  sharedTierSuite('the tier on a Cluster', async () => {
    const cluster = await startRedisCluster()
    return await openTiers({ nodes: cluster.urls, timeoutMs: 3_000 }, cluster)
  })

  sharedTierSuite('the tier behind a Sentinel', async () => {
    const behind = await startSentinel()
    return await openTiers({ sentinels: behind.sentinels, name: behind.name }, behind)
  })

  busSuite('the bus on one server', async () => {
    const redis = await startRedis()
    return openBuses({ url: redis.url }, redis, () => redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub'))
  })

  busSuite('the bus on a Cluster', async () => {
    const cluster = await startRedisCluster()
    // The client subscribes again by itself, and tells nobody: only the numbers show what was missed.
    // It may be quicker than we are, and miss nothing: not each time.
    const interrupt = async (bus: RedisBus) => {
      for (let i = 0; i < 20; i++) {
        await Promise.all(cluster.masters.map((master) => master.command('CLIENT', 'KILL', 'TYPE', 'pubsub')))
        await bus.publish({ keys: ['lost'] })
      }
    }
    return openBuses({ nodes: cluster.urls }, cluster, interrupt)
  })
})

function openBuses(options: RedisOptions, server: AsyncDisposable, interrupt: (bus: RedisBus) => Promise<unknown>) {
  const buses: [RedisBus, RedisBus, RedisBus] = [new RedisBus(options), new RedisBus(options), new RedisBus(options)]
  return {
    buses,
    async ready() {
      await Promise.all(buses.map((bus) => bus.ready()))
    },
    async interrupt() {
      await interrupt(buses[0])
    },
    async close() {
      await Promise.all(buses.map((bus) => bus.close()))
      await server[Symbol.asyncDispose]()
    },
  }
}

describe.skipIf(!hasRedis)('reads from one server', () => {
  test('of one turn are one command, in which a tag is asked for once', async () => {
    await using redis = await startRedis()
    const tier = new RedisTier({ url: redis.url })
    await tier.ready()
    for (const key of ['a', 'b']) await tier.write(key, Buffer.from(key), 60_000, ['shared', key])
    await redis.command('CONFIG', 'RESETSTAT')
    const readings = await Promise.all([
      tier.read(['a'], ['a', 'shared']),
      tier.read(['none', 'b'], ['shared']),
      tier.read([], []),
      tier.read([], ['b', 'unknown']),
    ])
    const stats = String(await redis.command('INFO', 'commandstats'))
    expect(/cmdstat_mget:calls=(\d+)/.exec(stats)?.[1]).toBe('1')
    expect(readings.map(({ entries }) => entries.map(String))).toEqual([['a'], ['undefined', 'b'], [], []])
    const [first, second, , fourth] = readings
    expect(first!.versions[1]).toEqual(second!.versions[0]!)
    expect([first!.versions.length, fourth!.versions[1]]).toEqual([2, undefined])
    await tier.close()
  })

  test('of very many names are several commands, and all get theirs', async () => {
    await using redis = await startRedis()
    const tier = new RedisTier({ url: redis.url })
    await tier.ready()
    await tier.write('a', Buffer.from('A'), 60_000, [])
    const keys = Array.from({ length: 700 }, (_, index) => (index === 699 ? 'a' : `none ${index}`))
    const readings = await Promise.all([tier.read(keys, []), tier.read(keys, []), tier.read(['a'], [])])
    for (const { entries } of readings) expect(String(entries.at(-1))).toBe('A')
    await tier.close()
  })
})
