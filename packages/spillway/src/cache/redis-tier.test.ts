import { describe } from 'bun:test'
import { busSuite } from '../testing/bus-suite.ts'
import { hasRedis, type RedisServer, startRedis, startRedisCluster, startSentinel } from '../testing/redis.ts'
import { type OpenedTiers, sharedTierSuite } from '../testing/shared-tier-suite.ts'
import { RedisBus } from './redis-bus.ts'
import type { RedisOptions } from './redis-options.ts'
import { RedisTier } from './redis-tier.ts'

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
