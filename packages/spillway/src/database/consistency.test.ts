import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import { runInContext } from '../foundation/index.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { consistencyToken } from './consistency.ts'
import { items, itemsDatabase } from './fixtures/items.ts'
import { formatLsn, lsnZero, parseLsn } from './lsn.ts'

const database = itemsDatabase()
const { db } = database
const rankOf = db
  .select({ rank: items.rank })
  .from(items)
  .where(eq(items.id, sql.placeholder('id')))
  .prepare('rank_of')
const setRank = db
  .update(items)
  .set({ rank: sql`${sql.placeholder('rank')}::int` })
  .where(eq(items.id, sql.placeholder('id')))
  .prepare('set_rank')

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await server.sql`insert into items (name, rank) select 'item ' || i, 0 from generate_series(1, 64) i`
})
afterAll(() => server.stop())

const replica = () => server.cluster.replicas[0]!
const share = () => database.status().map(({ statements }) => statements)

/** Write-then-read pairs of sessions whose requests each carry the token of the one before. */
async function writeAndRead(
  sessions: number,
  pairs: number,
  keepsToken = true,
): Promise<{ stale: number; reads: number }> {
  let stale = 0
  let reads = 0
  const session = async (id: number) => {
    let lsn = lsnZero
    for (let rank = 1; rank <= pairs; rank++) {
      await runInContext({ id: `write-${id}` }, async () => {
        consistencyToken('default').raise(lsn)
        await setRank.execute({ id, rank })
        lsn = await consistencyToken('default').settled()
      })
      await runInContext({ id: `read-${id}` }, async () => {
        if (keepsToken) consistencyToken('default').raise(lsn)
        const [row] = await rankOf.execute({ id })
        reads++
        if (row?.rank !== rank) stale++
      })
    }
  }
  await Promise.all(Array.from({ length: sessions }, (_, index) => session(index + 1)))
  return { stale, reads }
}

/** A replica that stops replaying and goes on, again and again, until `isDone`. */
async function lag(isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    await replica().pause()
    await Bun.sleep(Math.random() * 200)
    await replica().resume()
    await Bun.sleep(Math.random() * 50)
  }
}

test('positions are read and written as PostgreSQL does', () => {
  for (const text of ['0/0', '16/B374D848', 'FFFFFFFF/FFFFFFFF']) expect(formatLsn(parseLsn(text))).toBe(text)
  expect(parseLsn('1/0') > parseLsn('0/FFFFFFFF')).toBeTrue()
})

test('a session never misses its own write, however far the replica is behind', async () => {
  let isDone = false
  const lagging = lag(() => isDone)
  const before = share()
  const { stale, reads } = await writeAndRead(16, 60)
  isDone = true
  await lagging
  const byReplica = share()[1]! - before[1]!
  console.log(`lagging: ${reads} reads, ${stale} stale, ${Math.round((100 * byReplica) / reads)} % by the replica`)
  expect(stale).toBe(0)
  expect(reads).toBe(960)
})

test('without its token a session does miss writes: the test above can fail', async () => {
  await replica().pause()
  const { stale } = await writeAndRead(4, 5, false)
  await replica().resume()
  expect(stale).toBeGreaterThan(0)
})

test('a replica that keeps up serves the reads that follow writes', async () => {
  await until(() => database.status()[1]!.lag.ms === 0)
  const before = share()
  const { stale, reads } = await writeAndRead(4, 50)
  const byReplica = share()[1]! - before[1]!
  console.log(`keeping up: ${reads} reads, ${stale} stale, ${Math.round((100 * byReplica) / reads)} % by the replica`)
  expect(stale).toBe(0)
  expect(byReplica).toBeGreaterThan(reads / 2)
})

test('a transaction is a write; its request reads it back', async () => {
  await replica().pause()
  await runInContext({ id: 'transaction' }, async () => {
    await db.transaction(async (tx) => await tx.update(items).set({ rank: 777 }).where(eq(items.id, 1)))
    expect(await rankOf.execute({ id: 1 })).toEqual([{ rank: 777 }])
  })
  await replica().resume()
})

test('outside of any request, a script reads what it has written', async () => {
  await replica().pause()
  await setRank.execute({ id: 2, rank: 888 })
  expect(await rankOf.execute({ id: 2 })).toEqual([{ rank: 888 }])
  await replica().resume()
})

test('an explicit choice of a replica wins over the token', async () => {
  await replica().pause()
  await runInContext({ id: 'explicit' }, async () => {
    await setRank.execute({ id: 3, rank: 999 })
    expect(await db.replica.select({ rank: items.rank }).from(items).where(eq(items.id, 3))).not.toEqual([
      { rank: 999 },
    ])
  })
  await replica().resume()
})
