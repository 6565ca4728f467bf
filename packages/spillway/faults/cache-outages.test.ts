/** Redis is killed, emptied, set back and cut off, while several processes read and invalidate. */
import { describe, expect, test } from 'bun:test'
import { hasRedis, type RedisServer, type SlowProxy, slowProxy, startRedis, until } from '../src/testing/index.ts'
import { Fleet, type Peer } from './cache-fleet.ts'
import { reportRace } from './cache-report.ts'
import { report } from './drill.ts'

const peers = 3
const load = { writers: 2, readers: 4, restMs: 10 }
/** Loads of one process at once, of keys that nobody may share. */
const aloneMax = 16

interface Drill extends AsyncDisposable {
  redis: RedisServer
  fleet: Fleet
  /** The way of each process to Redis. */
  ways: SlowProxy[]
}

/** Load is on when it begins. */
async function started(): Promise<Drill> {
  const redis = await startRedis()
  const ways = await Promise.all(Array.from({ length: peers + 2 }, () => slowProxy({ target: redis.url })))
  const fleet = await Fleet.start({ peers, tags: 60, store: (index) => ({ url: ways[index]!.url }) })
  await fleet.all('startRace', load)
  await moreInvalidations(fleet.peers)
  return {
    ...{ redis, fleet, ways },
    async [Symbol.asyncDispose]() {
      await fleet[Symbol.asyncDispose]()
      for (const way of ways) await way.stop()
      await redis[Symbol.asyncDispose]()
    },
  }
}

/** Resolves when each of them has invalidated so often again. */
async function moreInvalidations(all: Peer[], count = 60): Promise<void> {
  const counts = () => Promise.all(all.map(async (peer) => (await peer.order('race')).invalidations))
  const before = await counts()
  const moved = async () => (await counts()).every((now, index) => now >= before[index]! + count)
  await until(moved, { what: 'more invalidations', timeoutMs: 60_000 })
}

/** What was invalidated last is not invalidated again afterwards: whoever goes on with an old value does so for long. */
async function onlyRead({ fleet }: Drill): Promise<void> {
  await fleet.all('stopRace')
  await fleet.all('startRace', { ...load, writers: 0 })
}

/** Resolves when the shared tier is used by all again. */
async function isBack({ fleet }: Drill): Promise<void> {
  await until(() => fleet.all('reaches'), { what: 'Redis to be used again', timeoutMs: 30_000 })
}

/** Nobody has seen an error, or what he had invalidated himself; and now everyone is up to date, and shares. */
async function endsWell(drill: Drill, what: string): Promise<void> {
  const { fleet } = drill
  await isBack(drill)
  await fleet.all('stopRace')
  const race = await fleet.race()
  reportRace(what, race)
  report('  loads at once in a process', { max: race.loadsAtOnce })
  expect(race).toMatchObject({ staleOwn: 0, errors: {} })
  await until(async () => (await fleet.countStale()) === 0, { what: 'everyone to be up to date' })
  // Newcomers rely on the shared tier: the first puts into it what is missing, the second finds all of it.
  for (const isLast of [false, true]) {
    const newcomer = await fleet.add()
    expect(await newcomer.order('countStale')).toBe(0)
    if (isLast) expect((await newcomer.order('race')).loads).toBe(0)
  }
}

describe.skipIf(!hasRedis)('under load, and invalidated meanwhile', () => {
  test('a Redis that is killed and comes back empty', async () => {
    await using drill = await started()
    await drill.redis.kill()
    await moreInvalidations(drill.fleet.peers)
    const { loadsAtOnce } = await drill.fleet.race()
    expect(loadsAtOnce).toBeLessThanOrEqual(2 * aloneMax)
    await drill.redis.start()
    await isBack(drill)
    await moreInvalidations(drill.fleet.peers)
    await endsWell(drill, 'Redis killed, back empty')
  })

  test('a Redis that comes back with an older snapshot', async () => {
    await using drill = await started()
    await drill.redis.command('SAVE')
    await moreInvalidations(drill.fleet.peers)
    await drill.redis.kill()
    await onlyRead(drill)
    await drill.redis.start()
    expect(await drill.redis.command('DBSIZE')).toBeGreaterThan(50)
    await endsWell(drill, 'Redis killed, back with an older snapshot')
  })

  test('a Redis that is emptied', async () => {
    await using drill = await started()
    for (let round = 0; round < 5; round++) {
      await drill.redis.command('FLUSHALL')
      await moreInvalidations(drill.fleet.peers, 20)
    }
    await endsWell(drill, 'Redis flushed five times')
  })

  test('a Redis that hangs', async () => {
    await using drill = await started()
    drill.redis.cutOff()
    await moreInvalidations(drill.fleet.peers)
    drill.redis.reconnect()
    await isBack(drill)
    await moreInvalidations(drill.fleet.peers)
    await endsWell(drill, 'Redis hung')
  })

  test.each(['cut', 'freeze'] as const)('a network that takes Redis away from all: %s', async (kind) => {
    await using drill = await started()
    for (const way of drill.ways) way[kind]()
    await moreInvalidations(drill.fleet.peers)
    await onlyRead(drill)
    for (const way of drill.ways) await way.restore()
    await endsWell(drill, `the network to Redis: ${kind}`)
  })

  test.each(['cut', 'freeze'] as const)(
    'a network that takes Redis away from one that invalidates: %s',
    async (kind) => {
      await using drill = await started()
      const [one, ...others] = drill.fleet.peers
      drill.ways[0]![kind]()
      await moreInvalidations([one!], 50)
      await moreInvalidations(others)
      await onlyRead(drill)
      await drill.ways[0]!.restore()
      await endsWell(drill, `the network of one process: ${kind}`)
    },
  )

  test('connections that break while invalidations are under way', async () => {
    await using drill = await started()
    for (let round = 0; round < 4; round++) {
      await drill.redis.command('CLIENT', 'KILL', 'TYPE', 'normal')
      await moreInvalidations(drill.fleet.peers, 3)
      await onlyRead(drill)
      await isBack(drill)
      await until(async () => (await drill.fleet.countStale()) === 0, { what: 'everyone to be up to date' })
      await drill.fleet.all('stopRace')
      await drill.fleet.all('startRace', load)
    }
    await endsWell(drill, 'connections broken four times')
  })

  test('a bus whose connections break all the time', async () => {
    await using drill = await started()
    for (let round = 0; round < 10; round++) {
      await drill.redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub')
      await moreInvalidations(drill.fleet.peers, 3)
    }
    await endsWell(drill, 'the bus broken ten times')
  })
})
