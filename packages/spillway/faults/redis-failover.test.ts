/** Redis is failed over, by a Sentinel and in a Cluster, while it is read from. */
import { afterEach, expect, test } from 'bun:test'
import { type RedisOptions, RedisTier } from '../src/cache/index.ts'
import { hammer, lifetime, valuesOf } from '../src/testing/fixtures/hammer.ts'
import { hasRedis, type RedisServer, startRedisCluster, startSentinel } from '../src/testing/redis.ts'
import { until } from '../src/testing/until.ts'

const opened: RedisTier[] = []

function openTier(options: RedisOptions): RedisTier {
  const tier = new RedisTier(options)
  opened.push(tier)
  return tier
}

const answers = (tier: RedisTier) => until(() => tier.sequence(), { what: 'the tier to answer', timeoutMs: 20_000 })

afterEach(async () => {
  for (const tier of opened.splice(0)) await tier.close()
})

test.skipIf(!hasRedis)(
  'each change of the master is a new epoch, also back to a former one',
  async () => {
    await using behind = await startSentinel()
    const tier = openTier({ sentinels: behind.sentinels, name: behind.name })
    await tier.ready()
    const epochs = [Number(tier.epoch)]
    const replication = async (server: RedisServer) => String(await server.command('INFO', 'replication'))
    const pairs = [
      [behind.master, behind.replica],
      [behind.replica, behind.master],
    ] as const
    for (const [master, successor] of pairs) {
      await valuesOf(tier).write('a', 'old', { ...lifetime, tags: ['t'] })
      // Until its replica is in step, the Sentinel refuses.
      await until(() => behind.sentinel.command('SENTINEL', 'FAILOVER', behind.name), { timeoutMs: 20_000 })
      await until(async () => /role:master/.test(await replication(successor)), { timeoutMs: 20_000 })
      await until(async () => /master_link_status:up/.test(await replication(master)), { timeoutMs: 20_000 })
      await until(() => Number(tier.epoch) > epochs.at(-1)!, { what: 'a new epoch', timeoutMs: 20_000 })
      await answers(tier)
      expect((await valuesOf(tier).read('a', ['t'])).kind).toBe('none')
      epochs.push(Number(tier.epoch))
    }
    expect(epochs).toHaveLength(3)
  },
  90_000,
)

test.skipIf(!hasRedis)(
  'a replica that takes over in a Cluster without the last invalidations revives nothing',
  async () => {
    await using cluster = await startRedisCluster({ replicas: 'one each' })
    const [tier, other] = [0, 1].map(() => openTier({ nodes: cluster.urls })) as [RedisTier, RedisTier]
    await Promise.all([tier.ready(), other.ready()])
    const keys = Array.from({ length: 60 }, (_, index) => `key ${index}`)
    const tags = keys.map((key) => `tag of ${key}`)
    const values = valuesOf(tier)
    await Promise.all(keys.map((key, index) => values.write(key, 'old', { ...lifetime, tags: [tags[index]!] })))
    const kinds = (one: RedisTier) =>
      Promise.all(keys.map(async (key, index) => (await valuesOf(one).read(key, [tags[index]!])).kind))
    expect(new Set(await kinds(other))).toEqual(new Set(['fresh']))

    const [master, replica] = [cluster.masters[0]!, cluster.replicas[0]!]
    await master.command('WAIT', 1, 1_000)
    // It can't follow any more: a master without a password refuses one.
    await replica.command('CONFIG', 'SET', 'masterauth', 'none')
    await replica.command('CLIENT', 'KILL', 'TYPE', 'master')
    await tier.invalidate(tags, 'hard')
    const hammers = [tier, other].map((one) => hammer(one, keys, tags))
    await master.kill()
    await replica.command('CLUSTER', 'FAILOVER', 'TAKEOVER')
    const all = async (one: RedisTier) => (await kinds(one)).every((kind) => kind === 'none')
    for (const one of [tier, other]) await until(() => all(one), { what: 'the Cluster to answer', timeoutMs: 30_000 })
    for (const { stop } of hammers) expect(await stop()).toEqual(new Set(['none']))
    // The old values are there: it is not for want of them that nobody got them.
    expect((await other.read(keys, [])).entries.every((bytes) => bytes !== undefined)).toBe(true)
  },
  90_000,
)
