import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { busSuite } from '../../testing/bus-suite.ts'
import { sharedTierSuite } from '../../testing/shared-tier-suite.ts'
import { until } from '../../testing/until.ts'
import type { Notice } from '../shared-tier.ts'
import { SqliteBus } from './bus.ts'
import { SqliteTier } from './tier.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'spillway-tier-'))

sharedTierSuite('the SQLite tier', async () => {
  const folder = newFolder()
  const path = join(folder, 'cache.db')
  const [tier, other] = [new SqliteTier({ path }), new SqliteTier({ path })]
  const close = async () => {
    await tier.close()
    await other.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const spoilFloors = async (text: string) => {
    const db = new Database(path)
    db.run("insert or replace into meta values ('floors', ?)", [text])
    db.close()
  }
  return { tier, other, spoilFloors, close }
})

busSuite('the SQLite bus', async () => {
  const folder = newFolder()
  const path = join(folder, 'cache.db')
  const buses: [SqliteBus, SqliteBus, SqliteBus] = [new SqliteBus(path), new SqliteBus(path), new SqliteBus(path)]
  const ready = async () => undefined
  const interrupt = async () => {
    // As when it was so far behind that what it has not read was pruned.
    const db = new Database(path)
    db.transaction(() => {
      db.run("insert into notices (sender, notice) values ('x', '{}'), ('x', '{}')")
      db.run('delete from notices where id < (select max(id) from notices)')
    })()
    db.close()
  }
  const close = async () => {
    for (const bus of buses) await bus.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { buses, ready, interrupt, close }
})

describe('notices that can not be written', () => {
  const folder = newFolder()
  const path = join(folder, 'cache.db')
  let [sender, hearer, file]: [SqliteBus?, SqliteBus?, Database?] = []
  const heard: Notice[] = []
  const gaps: string[] = []

  beforeAll(() => {
    sender = new SqliteBus(path)
    hearer = new SqliteBus(path)
    file = new Database(path)
    hearer.subscribe(
      (notice) => heard.push(notice),
      (reason) => gaps.push(reason),
    )
  })
  afterAll(async () => {
    await sender?.close()
    await hearer?.close()
    file?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Without the table each attempt fails at once, where a lock would hold this process up. */
  async function whileRefused(work: () => Promise<void>): Promise<void> {
    file!.run('alter table notices rename to elsewhere')
    await work()
    file!.run('alter table elsewhere rename to notices')
  }
  const publish = (...keys: string[]) => Promise.all(keys.map((key) => sender!.publish({ keys: [key] })))
  const keysHeard = () => heard.flatMap(({ keys = [] }) => keys)

  test('are written later, in order', async () => {
    await whileRefused(async () => void (await publish('a', 'b', 'c')))
    await publish('d')
    await until(() => keysHeard().includes('d'), { what: 'the last notice' })
    expect(keysHeard()).toEqual(['a', 'b', 'c', 'd'])
  })

  test('and are too many leave a gap in their place', async () => {
    await whileRefused(async () => {
      await publish(...Array.from({ length: 1_001 }, (_, index) => `lost ${index}`), 'kept')
    })
    await until(() => keysHeard().includes('kept'), { what: 'the notice after the gap' })
    expect(keysHeard().filter((key) => key.startsWith('lost'))).toEqual([])
    expect(gaps).toContain('notices were given up by their sender, or are not ours')
  })

  test('and what is none is a gap, once', async () => {
    gaps.length = 0
    file!.run("insert into notices (sender, notice) values ('x', '{\"keys\":')")
    await publish('after')
    await until(() => keysHeard().includes('after'), { what: 'the notice after it' })
    await publish('later')
    await until(() => keysHeard().includes('later'), { what: 'the next notice' })
    expect(gaps).toHaveLength(1)
  })
})

describe('a file that is', () => {
  const tiers: SqliteTier[] = []
  const buses: SqliteBus[] = []
  const folders: string[] = []
  afterAll(async () => {
    for (const opened of [...buses, ...tiers]) await opened.close()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  const bytes = new Uint8Array([1])
  const tierOf = (path: string) => {
    tiers.push(new SqliteTier({ path }))
    return tiers.at(-1)!
  }
  const busOf = (path: string) => {
    buses.push(new SqliteBus(path))
    return buses.at(-1)!
  }
  const holds = async (tier: SqliteTier) => (await tier.read(['key'], [])).entries[0] !== undefined

  const ways: Record<string, (folder: string) => void> = {
    deleted: (folder) => rmSync(join(folder, 'cache.db')),
    'deleted with its folder': (folder) => rmSync(folder, { recursive: true }),
    'moved away': (folder) => renameSync(folder, `${folder}-away`),
  }
  for (const [way, remove] of Object.entries(ways)) {
    test(`${way} under running processes is made anew, and shared with those that start later`, async () => {
      const folder = newFolder()
      folders.push(folder, `${folder}-away`)
      const path = join(folder, 'cache.db')
      const [earlier, idle, gaps] = [tierOf(path), tierOf(path), [] as string[]]
      const [sender, hearer] = [busOf(path), busOf(path)]
      const heard: Notice[] = []
      hearer.subscribe(
        (notice) => heard.push(notice),
        (reason) => gaps.push(reason),
      )
      await earlier.write('key', bytes, 60_000, ['tag'])
      const before = await earlier.sequence()
      remove(folder)
      await until(() => gaps.length > 0, { what: 'the gap' })
      expect(await holds(idle)).toBe(false)
      expect(await earlier.sequence()).toBeGreaterThan(before)
      const later = tierOf(path)
      await later.write('key', bytes, 60_000, ['tag'])
      expect([await holds(earlier), await holds(idle)]).toEqual([true, true])
      await earlier.invalidate(['tag'], 'hard')
      expect((await idle.read([], ['tag'])).versions).toEqual((await later.read([], ['tag'])).versions)
      await sender.publish({ keys: ['after'] })
      await until(() => heard.length > 0, { what: 'the notice' })
      expect(heard).toEqual([{ keys: ['after'] }])
    })
  }
})
