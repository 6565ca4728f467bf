/** Loads race invalidations in several processes, and nobody is given what was invalidated. */
import { describe, expect, test } from 'bun:test'
import { until } from '../src/testing/index.ts'
import type { Flaw } from './cache-flaws.ts'
import { Fleet, type FleetOptions, places } from './cache-fleet.ts'
import { reportRace, spread } from './cache-report.ts'
import { report } from './drill.ts'

const storm = { writers: 20, readers: 2, restMs: 0 }
/** A hundred thousand in all. */
const racesWanted = 50_000

describe.each(Object.keys(places))('over %s', (name) => {
  async function started(options: Partial<FleetOptions> = {}) {
    const place = await places[name]!()
    const fleet = await Fleet.start({ peers: 4, tags: 80, ...(place.store && { store: place.store }), ...options })
    return {
      place,
      fleet,
      async [Symbol.asyncDispose]() {
        await fleet[Symbol.asyncDispose]()
        await place[Symbol.asyncDispose]()
      },
    }
  }

  test('what was invalidated is not served again, whoever loads it meanwhile', async () => {
    await using drill = await started()
    const { fleet } = drill
    await fleet.all('startRace', storm)
    await until(async () => (await fleet.race()).raced >= racesWanted, { what: 'the races', timeoutMs: 110_000 })
    await fleet.all('stopRace')
    const race = await fleet.race()
    reportRace(`loads against invalidations over ${name}`, race)
    expect(race).toMatchObject({ staleOwn: 0, revived: 0, errors: {} })
    // Generous, for machines that are busy with something else.
    expect(Math.max(0, ...race.lateMs)).toBeLessThan(10_000)
    await until(async () => (await fleet.countStale()) === 0, { what: 'everyone to be up to date' })
    // It has heard nothing, and relies on the shared tier.
    expect(await (await fleet.add()).order('countStale')).toBe(0)
  })

  test('others learn of an invalidation', async () => {
    await using drill = await started({ tags: 40 })
    const { fleet } = drill
    // All have all keys all the time, and look at each every few milliseconds.
    await fleet.all('startRace', { writers: 1, readers: 8, restMs: 10 })
    await until(async () => (await fleet.race()).invalidations >= 1_200, { what: 'the writes', timeoutMs: 60_000 })
    await fleet.all('stopRace')
    const race = await fleet.race()
    const looks = race.invalidations * (fleet.peers.length - 1)
    const heardAtOnce = Array.from({ length: looks - race.lateMs.length }, () => 0)
    report(`bus time over ${name}`, { looks, old: race.lateMs.length, ...spread([...race.lateMs, ...heardAtOnce]) })
    expect(race).toMatchObject({ staleOwn: 0, revived: 0, errors: {} })
    expect(race.staleOthers).toBeLessThan(race.reads / 10)
    await until(async () => (await fleet.countStale()) === 0, { what: 'everyone to be up to date' })
  })

  test('a process that was paused while others went on serves nothing old for long', async () => {
    await using drill = await started({ peers: 3 })
    const { fleet } = drill
    await fleet.all('startRace', { ...storm, writers: 4 })
    await until(async () => (await fleet.race()).raced > 500, { what: 'the races to begin' })
    const [sleeper, ...others] = fleet.peers
    const goOn = async (count: number, timeoutMs: number) => {
      const before = await Promise.all(others.map((peer) => peer.order('race')))
      const have = async () =>
        (await Promise.all(others.map((peer) => peer.order('race')))).every(
          ({ invalidations }, index) => invalidations > before[index]!.invalidations + count,
        )
      await until(have, { what: 'the others to go on', timeoutMs })
    }
    // Stopped in the middle of a write to a file, it would keep it from everybody.
    const isStopped = async () => {
      sleeper!.signal('SIGSTOP')
      return await goOn(20, 2_000).then(
        () => true,
        () => sleeper!.signal('SIGCONT'),
      )
    }
    await until(isStopped, { what: 'it to be stopped between two writes', timeoutMs: 30_000 })
    await goOn(2_000, 30_000)
    sleeper!.signal('SIGCONT')
    await fleet.all('stopRace')
    const race = await fleet.race()
    reportRace(`a process paused over ${name}`, race)
    expect(race).toMatchObject({ staleOwn: 0, errors: {} })
    await until(async () => (await fleet.countStale()) === 0, { what: 'everyone to be up to date' })
  })

  test.each(['versions are ignored', 'leases are never void', 'nobody is told'] as const)(
    'the drill notices when %s',
    async (flaw: Flaw) => {
      await using drill = await started({
        peers: 3,
        flaw,
        cache: { localBytes: flaw === 'nobody is told' ? 2 ** 20 : 0 },
      })
      const { fleet } = drill
      await fleet.all('startRace', { ...storm, writers: 4 })
      const seen = async () => {
        const { staleOwn, staleOthers } = await fleet.race()
        return staleOwn + staleOthers > 20
      }
      await until(seen, { what: 'stale values to be noticed', timeoutMs: 60_000 })
      await fleet.all('stopRace')
      const { staleOwn, staleOthers, reads } = await fleet.race()
      expect(staleOwn + staleOthers).toBeLessThan(reads)
      if (flaw !== 'nobody is told') expect(staleOwn).toBeGreaterThan(0)
    },
  )

  test('the drill finds no fault in the same caches without the flaw', async () => {
    await using drill = await started({ peers: 3, cache: { localBytes: 0 } })
    const { fleet } = drill
    await fleet.all('startRace', { ...storm, writers: 4 })
    await until(async () => (await fleet.race()).raced >= 2_000, { what: 'the races', timeoutMs: 60_000 })
    await fleet.all('stopRace')
    // Without values of their own, processes need not be told.
    expect(await fleet.race()).toMatchObject({ staleOwn: 0, staleOthers: 0, revived: 0, errors: {} })
  })
})
