import { afterAll, beforeAll, expect, test } from 'bun:test'
import { gt, lte } from 'drizzle-orm'
import { integer, pgTable } from 'drizzle-orm/pg-core'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { countUpTo, estimatedCount } from './estimated-count.ts'
import { items, itemsDatabase } from './fixtures/items.ts'

const database = itemsDatabase()
const { db } = database
const primary = db.primary
const events = pgTable('events', { id: integer('id').notNull() })

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await server.sql`alter table items set (autovacuum_enabled = off)`
  await server.sql`create table events (id int) partition by range (id)`
  await server.sql`create table events_1 partition of events for values from (0) to (600)`
  await server.sql`create table events_2 partition of events for values from (600) to (100000)`
})
afterAll(() => server.stop())

const grow = (rows: number) =>
  server.sql`insert into items (name, rank) select 'item', n from generate_series(1, ${rows}::int) n`

test('a table that was never analysed is counted, as far as that is cheap', async () => {
  await grow(50)
  expect(await estimatedCount(primary, items)).toEqual({ count: 50, kind: 'exact' })
  await grow(10_000)
  expect(await estimatedCount(primary, items)).toEqual({ count: 10_000, kind: 'at-least' })
})

test('an analysed one is estimated, also after it has grown', async () => {
  await server.sql`analyze items`
  expect(await estimatedCount(primary, items)).toEqual({ count: 10_050, kind: 'estimate' })
  await grow(20_000)
  const { count, kind } = await estimatedCount(primary, items)
  expect(kind).toBe('estimate')
  expect(Math.abs(count - 30_050)).toBeLessThan(3_000)
})

test('a filtered query is estimated by the planner', async () => {
  await server.sql`analyze items`
  const query = primary.select().from(items).where(lte(items.rank, 1_000))
  const { count, kind } = await estimatedCount(primary, query)
  expect(kind).toBe('estimate')
  expect(count).toBeGreaterThan(2_000)
  expect(count).toBeLessThan(4_500) // there are 2,050 + 1,000
})

test('partitions are summed', async () => {
  await server.sql`insert into events select n from generate_series(1, 1500) n`
  await server.sql`analyze events`
  expect(await estimatedCount(primary, events)).toEqual({ count: 1_500, kind: 'estimate' })
})

test('counting stops behind the bound', async () => {
  const query = (from: number) => primary.select().from(items).where(gt(items.rank, from))
  expect(await countUpTo(primary, query(19_990), 10)).toEqual({ count: 10, kind: 'exact' })
  expect(await countUpTo(primary, query(19_989), 10)).toEqual({ count: 10, kind: 'at-least' })
  expect(await countUpTo(primary, query(50_000), 10)).toEqual({ count: 0, kind: 'exact' })
})

test('it is a read, which a replica answers', async () => {
  await server.replicaCaughtUp()
  const before = database.status().map(({ statements }) => statements)
  await estimatedCount(db, db.select().from(items).where(gt(items.rank, 3)))
  await countUpTo(db, items, 5)
  const after = database.status().map(({ statements }) => statements)
  expect(after.map((statements, at) => statements - before[at]!)).toEqual([0, 2])
})
