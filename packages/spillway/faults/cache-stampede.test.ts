/** Ten processes ask for one key, a thousand times each. */
import { describe, expect, test } from 'bun:test'
import { until } from '../src/testing/index.ts'
import type { BurstOptions, Outcomes } from './cache-burst.ts'
import { Fleet, places } from './cache-fleet.ts'
import { report } from './drill.ts'

const peers = 10
const calls = 1_000
const backoffMs = 1_500

describe.each(Object.keys(places))('over %s', (name) => {
  async function started() {
    const place = await places[name]!()
    const fleet = await Fleet.start({ peers, ...(place.store && { store: place.store }), cache: { backoffMs } })
    fleet.touch('loads')
    return {
      fleet,
      /** All ask at once; loads wait for `openGate`. */
      async ask(options: Partial<BurstOptions> = {}): Promise<void> {
        const files = { loadsFile: fleet.path('loads'), gateFile: fleet.path('gate') }
        await fleet.all('ask', { key: 'product', calls, ttl: 60, ...files, ...options })
      },
      openGate: () => fleet.touch('gate'),
      /** Of those that live. */
      outcomes: async () => total(await fleet.all('outcomes')),
      async [Symbol.asyncDispose]() {
        await fleet[Symbol.asyncDispose]()
        await place[Symbol.asyncDispose]()
      },
    }
  }

  const aLoad = (fleet: Fleet, number = 1) =>
    until(() => fleet.lines('loads')[number - 1], { what: `load ${number}`, timeoutMs: 30_000 })

  test('10,000 misses are one load', async () => {
    await using drill = await started()
    await drill.ask({ value: 'kettle' })
    await aLoad(drill.fleet)
    drill.openGate()
    expect(await drill.outcomes()).toEqual({ kettle: peers * calls })
    expect(drill.fleet.lines('loads')).toHaveLength(1)
  })

  test('a loading process that is killed is replaced by one other', async () => {
    await using drill = await started()
    const { fleet } = drill
    await drill.ask({ value: 'kettle' })
    const pid = Number((await aLoad(fleet)).split(' ')[0])
    const killedAtMs = Date.now()
    await fleet.peers.find((peer) => peer.pid === pid)!.kill()
    const [successor, atMs] = (await aLoad(fleet, 2)).split(' ').map(Number)
    report(`a killed loader's place was taken, over ${name}`, { afterMs: atMs! - killedAtMs })
    expect(successor).not.toBe(pid)
    drill.openGate()
    expect(await drill.outcomes()).toEqual({ kettle: (peers - 1) * calls })
    expect(fleet.lines('loads')).toHaveLength(2)
  })

  test('a load that fails fails for all, and is not repeated before the back-off', async () => {
    await using drill = await started()
    const { fleet } = drill
    await drill.ask()
    await aLoad(fleet)
    drill.openGate()
    const first = await drill.outcomes()
    report(`one failed load, over ${name}`, first)
    expect(Object.keys(first).toSorted()).toEqual(['CACHE_LOAD_FAILED', 'Error: the source is away'])
    expect(first['CACHE_LOAD_FAILED']! + first['Error: the source is away']!).toBe(peers * calls)
    expect(fleet.lines('loads')).toHaveLength(1)
    // Everybody asks again and again: each attempt comes after the back-off of the one before.
    await until(
      async () => {
        await drill.ask()
        expect(Object.values(await drill.outcomes()).reduce((sum, count) => sum + count)).toBe(peers * calls)
        return fleet.lines('loads').length >= 3
      },
      { what: 'two more attempts', timeoutMs: 30_000 },
    )
    const gapsMs = gaps(fleet.lines('loads'))
    report(`attempts, over ${name}`, { backoffMs, apartMs: gapsMs.join(' ') })
    expect(Math.min(...gapsMs)).toBeGreaterThan(backoffMs - 50)
  })

  test('who has an old value gets it while loads fail', async () => {
    await using drill = await started()
    const { fleet } = drill
    await fleet.peers[0]!.order('set', 'product', 'old kettle', 0.05, 600)
    await until(async () => (await fleet.peers[1]!.order('get', 'product')) === undefined, { what: 'it to expire' })
    drill.openGate()
    for (let round = 0; round < 3; round++) {
      await drill.ask({ grace: 600 })
      expect(await drill.outcomes()).toEqual({ 'old kettle': peers * calls })
    }
    const loads = fleet.lines('loads')
    expect(loads.length).toBeGreaterThan(0)
    expect(Math.min(backoffMs, ...gaps(loads))).toBeGreaterThan(backoffMs - 50)
  })
})

function total(all: Outcomes[]): Outcomes {
  const sum: Outcomes = {}
  for (const one of all) for (const [name, count] of Object.entries(one)) sum[name] = (sum[name] ?? 0) + count
  return sum
}

function gaps(lines: string[]): number[] {
  const times = lines.map((line) => Number(line.split(' ')[1]))
  return times.slice(1).map((time, index) => time - times[index]!)
}
