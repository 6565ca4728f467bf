import { afterAll, beforeAll, expect, test } from 'bun:test'
import { bigserial, integer, numeric, PgDialect, pgTable } from 'drizzle-orm/pg-core'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { items, itemsDatabase } from './fixtures/items.ts'
import { keyset } from './keyset.ts'

const database = itemsDatabase()
const { db } = database
let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  // Many rows share a rank and a time, as lists do.
  await server.sql`
    insert into items (name, rank, made_at)
    select 'item ' || i, i % 7, '2026-01-01'::timestamptz + (i % 5) * interval '1 ms' from generate_series(1, 100) i`
})
afterAll(() => server.stop())

const newest = keyset('newest', [
  { column: items.madeAt, direction: 'desc', key: 'madeAt' },
  { column: items.id, direction: 'desc', key: 'id' },
])
const mixed = keyset('mixed', [
  { column: items.rank, direction: 'asc', key: 'rank' },
  { column: items.id, direction: 'desc', key: 'id' },
])

for (const [name, order] of Object.entries({ newest, mixed })) {
  test(`pages of "${name}" together are the whole list, in order, without gaps`, async () => {
    const whole = await db.primary
      .select()
      .from(items)
      .orderBy(...order.orderBy)
    const seen: typeof whole = []
    let cursor: string | undefined
    do {
      const page = await db.primary
        .select()
        .from(items)
        .where(order.after(cursor))
        .orderBy(...order.orderBy)
        .limit(9)
      seen.push(...page)
      cursor = page.length === 9 ? order.cursor(page.at(-1)!) : undefined
    } while (cursor)
    expect(seen.map(({ id }) => id)).toEqual(whole.map(({ id }) => id))
  })
}

test('a cursor that was not made here is refused', () => {
  const ofAnother = mixed.cursor({ rank: 1, id: 1 })
  const edited = Buffer.from('["newest","1; drop table items",1]').toString('base64url')
  const huge = Buffer.from('["newest","2026-01-01",99999999999]').toString('base64url')
  const noSuchDay = Buffer.from('["newest","2026-02-30T00:00:00.000Z",1]').toString('base64url')
  const noSuchYear = Buffer.from('["newest","+275760-09-13T00:00:00.000Z",1]').toString('base64url')
  const none = Buffer.from('null').toString('base64url')
  for (const cursor of ['x', ofAnother, edited, huge, noSuchDay, noSuchYear, none]) {
    expect(() => newest.after(cursor)).toThrow('cursor is not one of this list')
  }
})

test('a price beyond its column is refused', () => {
  const prices = pgTable('prices', {
    price: numeric('price', { precision: 10, scale: 2 }).notNull(),
    id: integer('id').notNull(),
  })
  const cheapest = keyset('cheapest', [
    { column: prices.price, direction: 'asc', key: 'price' },
    { column: prices.id, direction: 'asc', key: 'id' },
  ])
  for (const price of ['99999999.99', '0.00', '-1.50'])
    expect(cheapest.after(cheapest.cursor({ price, id: 1 }))).toBeDefined()
  for (const price of ['999999999.00', '1.999', 'NaN', '1e5', '']) {
    expect(() => cheapest.after(cheapest.cursor({ price, id: 1 }))).toThrow('cursor is not one of this list')
  }
})

test('a list may end in a serial key, and an empty cursor is none', () => {
  const notes = pgTable('notes', { id: bigserial('id', { mode: 'number' }).primaryKey() })
  const oldest = keyset('oldest', [{ column: notes.id, direction: 'asc', key: 'id' }])
  const { sql } = new PgDialect().sqlToQuery(oldest.after(oldest.cursor({ id: 7 }))!)
  expect(sql).toContain('::bigint')
  expect(oldest.after('')).toBeUndefined()
  expect(oldest.next([{ id: 1 }, { id: 2 }], 2)).toBe(oldest.cursor({ id: 2 }))
  expect(oldest.next([{ id: 1 }], 2)).toBeUndefined()
})
