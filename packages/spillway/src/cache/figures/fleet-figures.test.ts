import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasRedis, startRedis } from '../../testing/redis.ts'
import { RedisTier } from '../redis/tier.ts'
import type { SharedTier } from '../shared-tier.ts'
import { SqliteTier } from '../sqlite/tier.ts'
import { type CacheFigures, newFigures, sumOf } from './figures.ts'
import { FleetFigures, type ProcessFigures } from './fleet-figures.ts'

const cacheFigures = (changes: Partial<CacheFigures> = {}): CacheFigures => {
  const local = { entries: 1, bytes: 10, evictions: 0 }
  return { counts: { ...newFigures(), localHits: 3 }, local, strategies: {}, hotKeys: [], ...changes }
}

const processFigures = (id: string): ProcessFigures => {
  const place = { host: 'here', pid: 1, role: 'web', release: 'r' }
  return { id, ...place, startedAtMs: 0, atMs: 0, caches: { default: cacheFigures() } }
}

interface Opened extends AsyncDisposable {
  tier: SharedTier
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

async function sqlite(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'figures-'))
  folders.push(folder)
  const tier = new SqliteTier({ path: join(folder, 'cache.db') })
  return { tier, [Symbol.asyncDispose]: () => tier.close() }
}

async function redis(): Promise<Opened> {
  const server = await startRedis()
  const tier = new RedisTier({ url: server.url })
  await tier.ready()
  const close = async () => {
    await tier.close()
    await server[Symbol.asyncDispose]()
  }
  return { tier, [Symbol.asyncDispose]: close }
}

describe.each([
  ['SQLite', sqlite, false],
  ['Redis', redis, !hasRedis],
] as const)('figures of a fleet over %s', (_, open, isMissing) => {
  let opened: Opened
  let fleet: FleetFigures
  const ids = async () => (await fleet.read()).map(({ id }) => id).sort()
  beforeEach(async () => {
    if (isMissing) return
    opened = await open()
    fleet = new FleetFigures(opened.tier)
  })
  afterEach(() => opened?.[Symbol.asyncDispose]())

  test.skipIf(isMissing)('are those of every process, as it told them last', async () => {
    expect(await fleet.read()).toEqual([])
    await fleet.publish(processFigures('a'))
    await fleet.publish(processFigures('b'))
    await fleet.publish({ ...processFigures('a'), atMs: 5 })
    expect(await fleet.read()).toEqual([{ ...processFigures('a'), atMs: 5 }, processFigures('b')])
  })

  test.skipIf(isMissing)('lose nobody for long when many begin at once', async () => {
    const all = Array.from({ length: 12 }, (_, index) => `p${String(index).padStart(2, '0')}`)
    const turn = () => Promise.all(all.map((id) => fleet.publish(processFigures(id))))
    for (let turns = 0; turns < 6 && (await ids()).length < all.length; turns++) await turn()
    expect(await ids()).toEqual(all)
  })

  test.skipIf(isMissing)('are without those of a process that has ended, whether it said so or not', async () => {
    for (const id of ['a', 'b', 'c']) await fleet.publish(processFigures(id))
    await fleet.withdraw('a')
    expect(await ids()).toEqual(['b', 'c'])
    // What happens when it isn't heard of any more.
    await opened.tier.delete(['figures:process:b'])
    expect(await ids()).toEqual(['c'])
    await fleet.publish(processFigures('d'))
    const { entries } = await opened.tier.read(['figures:processes'], [])
    expect(JSON.parse(new TextDecoder().decode(entries[0]))).toEqual(['c', 'd'])
  })

  test.skipIf(isMissing)('bear bytes of others under their keys', async () => {
    await fleet.publish(processFigures('a'))
    await fleet.publish(processFigures('b'))
    await opened.tier.write('figures:process:a', Uint8Array.of(1, 2, 3), 60_000, [])
    expect(await ids()).toEqual(['b'])
    await opened.tier.write('figures:processes', Uint8Array.of(9), 60_000, [])
    expect(await ids()).toEqual([])
    await fleet.publish(processFigures('b'))
    expect(await ids()).toEqual(['b'])
  })
})

test('a sum has the counts of all, and the hottest keys of all', () => {
  const warm = { localHits: 1, sharedHits: 0, staleServed: 0, loads: 1 }
  const one = cacheFigures({ strategies: { warm }, hotKeys: [{ key: 'a', hits: 5 }] })
  const hotKeys = [
    { key: 'b', hits: 7 },
    { key: 'a', hits: 4 },
    { key: 'c', hits: 1 },
  ]
  const other = cacheFigures({ strategies: { warm, hot: warm }, hotKeys })
  expect(sumOf([one, other], 2)).toEqual({
    counts: { ...newFigures(), localHits: 6 },
    local: { entries: 2, bytes: 20, evictions: 0 },
    strategies: { warm: { localHits: 2, sharedHits: 0, staleServed: 0, loads: 2 }, hot: warm },
    hotKeys: [
      { key: 'a', hits: 9 },
      { key: 'b', hits: 7 },
    ],
  })
})
