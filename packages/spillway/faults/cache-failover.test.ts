/** The master that several processes read from and invalidate in is killed, and its replica takes over. */
import { describe, expect, test } from 'bun:test'
import { hasRedis, startRedisCluster, startSentinel, until } from '../src/testing/index.ts'
import { Fleet } from './cache-fleet.ts'
import { reportRace } from './cache-report.ts'

const load = { writers: 2, readers: 4, restMs: 10 }

async function moreInvalidations(fleet: Fleet, count = 100): Promise<void> {
  const before = (await fleet.race()).invalidations
  const moved = async () => (await fleet.race()).invalidations >= before + count
  await until(moved, { what: 'more invalidations', timeoutMs: 60_000 })
}

/** Nobody has seen an error, or what he had invalidated himself; and now everyone is up to date. */
async function endsWell(fleet: Fleet, what: string): Promise<void> {
  await until(() => fleet.all('reaches'), { what: 'Redis to be used again', timeoutMs: 60_000 })
  await fleet.all('stopRace')
  const race = await fleet.race()
  reportRace(what, race)
  expect(race).toMatchObject({ staleOwn: 0, errors: {} })
  await until(async () => (await fleet.countStale()) === 0, { what: 'everyone to be up to date' })
  expect(await (await fleet.add()).order('countStale')).toBe(0)
}

describe.skipIf(!hasRedis)('under load', () => {
  test('the master behind a Sentinel is killed', async () => {
    await using behind = await startSentinel()
    const store = { sentinels: behind.sentinels, name: behind.name }
    await using fleet = await Fleet.start({ peers: 3, tags: 60, store })
    await fleet.all('startRace', load)
    await moreInvalidations(fleet)
    await behind.master.kill()
    await moreInvalidations(fleet)
    await until(async () => /role:master/.test(String(await behind.replica.command('INFO', 'replication'))), {
      what: 'the replica to be promoted',
      timeoutMs: 30_000,
    })
    await until(() => fleet.all('reaches'), { what: 'the new master to be used', timeoutMs: 30_000 })
    await moreInvalidations(fleet)
    await endsWell(fleet, 'the master behind a Sentinel killed')
  })

  test('masters of a Cluster are killed, and what their replicas lack stays void', async () => {
    await using cluster = await startRedisCluster({ replicas: 'one each' })
    await using fleet = await Fleet.start({ peers: 3, tags: 60, store: { nodes: cluster.urls } })
    await fleet.all('startRace', load)
    await moreInvalidations(fleet)
    const [master, replica] = [cluster.masters[0]!, cluster.replicas[0]!]
    // It can't follow any more: a master without a password refuses one.
    await replica.command('CONFIG', 'SET', 'masterauth', 'none')
    await replica.command('CLIENT', 'KILL', 'TYPE', 'master')
    await moreInvalidations(fleet)
    await fleet.all('stopRace')
    await fleet.all('startRace', { ...load, writers: 0 })
    await master.kill()
    await replica.command('CLUSTER', 'FAILOVER', 'TAKEOVER')
    await endsWell(fleet, 'a master of a Cluster killed')
    // And another one, under load, whose replica has all but the last.
    await fleet.all('startRace', load)
    await cluster.masters[1]!.kill()
    await moreInvalidations(fleet)
    const isMaster = async () => /role:master/.test(String(await cluster.replicas[1]!.command('INFO', 'replication')))
    await until(isMaster, { what: 'the replica to be elected', timeoutMs: 30_000 })
    await moreInvalidations(fleet)
    await endsWell(fleet, 'a replica in a Cluster elected (all counted from the start)')
  })
})
