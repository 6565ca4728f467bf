import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { asc, eq } from 'drizzle-orm'
import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { bulkInsert } from './bulk-insert.ts'
import { bulkUpdate } from './bulk-update.ts'
import { items, itemsDatabase } from './fixtures/items.ts'
import { fullRow, samples, samplesDdl } from './fixtures/samples.ts'

/** Columns named like those of the statement itself. */
const shelves = pgTable(
  'shelves',
  { row: integer('c1').notNull(), place: text('n').notNull(), label: text('given') },
  (table) => [primaryKey({ columns: [table.row, table.place] })],
)

const database = itemsDatabase()
const { db } = database
let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database, env: { DATABASE_ACQUIRE_TIMEOUT_MS: '60000' } })
  await server.sql.unsafe(samplesDdl).simple()
  await server.sql`create table shelves (c1 integer, n text, given text, primary key (c1, n))`
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.sql`truncate items, depot."all ""kinds""", shelves restart identity`
  await server.sql`insert into items (name, rank) select 'item ' || i, i from generate_series(1, 2500) i`
})

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable(),
    (error: Error & { code: string }) => error,
  )

test('each row gets its own values, and those that are not there are not counted', async () => {
  const rows = Array.from({ length: 2_600 }, (_, index) => ({
    id: index + 1,
    rank: 5_000 - index,
    name: `new ${index}`,
  }))
  expect(await bulkUpdate(db, items, rows, { key: items.id })).toBe(2_500)
  const stored = await db.primary.select().from(items).orderBy(asc(items.id))
  expect(stored.map(({ id, rank, name }) => ({ id, rank, name }))).toEqual(rows.slice(0, 2_500))
})

test('only the named columns change', async () => {
  expect(await bulkUpdate(db, items, [{ id: 1, rank: 50, name: 'no' }], { key: items.id, columns: [items.rank] })).toBe(
    1,
  )
  expect(await db.primary.select().from(items).where(eq(items.id, 1))).toMatchObject([{ name: 'item 1', rank: 50 }])
})

test('values of every kind arrive, and what every update makes anew is made', async () => {
  await bulkInsert(db, samples, [{ label: 'full', changedAt: new Date(0) }, { label: 'other' }])
  expect(await bulkUpdate(db, samples, [fullRow], { key: samples.label })).toBe(1)
  const [full] = await db.primary.select().from(samples).where(eq(samples.label, 'full'))
  const { bytes, numbers, ...rest } = fullRow
  expect(full).toMatchObject(rest)
  expect([...full!.numbers!]).toEqual(numbers)
  expect([...full!.bytes!]).toEqual([...bytes])
  expect(full!.changedAt!.getTime()).toBeGreaterThan(0)
  await bulkUpdate(db, samples, [{ label: 'full', data: null, numbers: null }], { key: samples.label })
  const [emptied] = await db.primary.select().from(samples).where(eq(samples.label, 'full'))
  expect(emptied).toMatchObject({ data: null, numbers: null, note: fullRow.note })
})

test('a key can have several columns, and of rows with one key the last wins', async () => {
  await bulkInsert(db, shelves, [
    { row: 1, place: 'a' },
    { row: 1, place: 'b' },
    { row: 10, place: 'a' },
  ])
  const rows = [
    { row: 1, place: 'a', label: 'first' },
    { row: 10, place: 'a', label: 'tenth' },
    { row: 1, place: 'a', label: 'last' },
  ]
  for (const commit of ['once', 'each batch'] as const) {
    expect(await bulkUpdate(db, shelves, rows, { key: [shelves.row, shelves.place], commit })).toBe(2)
    const labels = (await db.primary.select().from(shelves).orderBy(shelves.row, shelves.place)).map(
      ({ label }) => label,
    )
    expect(labels).toEqual(['last', null, 'tenth'])
    await server.sql`update shelves set given = null`
  }
})

test('a row that lacks a column is named, and nothing is changed', async () => {
  const rows = Array.from({ length: 1_500 }, (_, index) => ({ id: index + 1, rank: 0 }))
  const lacking = await failureOf(bulkUpdate(db, items, [...rows, { id: 7 }], { key: items.id }))
  expect(lacking).toMatchObject({ code: 'BULK_ROW_INVALID', row: 1_500 })
  expect(lacking.message).toBe('Row 1500: it gives no "rank".')
  const refused = await failureOf(bulkUpdate(db, items, [...rows, { id: 7, rank: 2 ** 40 }], { key: items.id }))
  expect(refused).toMatchObject({ code: 'BULK_WRITE_FAILED' })
  expect(refused.message).toContain('out of range')
  expect((await failureOf(bulkUpdate(db, items, [{ id: 7 }], { key: items.id }))).message).toContain(
    'nothing but the key',
  )
  expect(await db.primary.$count(items, eq(items.rank, 0))).toBe(0)
})

test('batches that each commit stay when a later one fails', async () => {
  const rows = Array.from({ length: 1_500 }, (_, index) => ({ id: index + 1, rank: index < 1_200 ? 0 : 2 ** 40 }))
  const done: number[] = []
  const options = { key: items.id, batch: 500, commit: 'each batch', onProgress: (n: number) => done.push(n) } as const
  expect(await failureOf(bulkUpdate(db, items, rows, options))).toMatchObject({ firstRow: 1_000, lastRow: 1_499 })
  expect(done).toEqual([500, 1_000])
  expect(await db.primary.$count(items, eq(items.rank, 0))).toBe(1_000)
})

for (const batch of [1_000, 100]) {
  test(`bulk updates of the same rows in different orders don’t deadlock, in batches of ${batch}`, async () => {
    const ids = Array.from({ length: 600 }, (_, index) => index + 1)
    const writers = Array.from({ length: 16 }, (_, writer) => {
      const own = ids.map((id) => ({ id, rank: writer })).toSorted(() => Math.random() - 0.5)
      return db.transaction((tx) => bulkUpdate(tx, items, own, { key: items.id, batch }), { retries: 0 })
    })
    expect(await Promise.all(writers)).toEqual(writers.map(() => 600))
    const [row] = await server.sql`select count(distinct rank)::int as ranks from items where id <= 600`
    expect(row.ranks).toBe(1)
  })
}

test('no rows are no work', async () => {
  expect(await bulkUpdate(db, items, [], { key: items.id })).toBe(0)
})
