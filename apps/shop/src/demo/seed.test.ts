import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { SQL } from 'bun'
import { copyRows } from 'spillway/database'
import { type TestDatabase, testDatabase } from 'spillway/testing'
import { database } from '../database.ts'
import { seedDemoData } from './seed.ts'

const scale = 0.05
const reference = new Date('2026-06-01T00:00:00Z')
const tables = [
  'users',
  'categories',
  'tags',
  'products',
  'product_images',
  'product_tags',
  'reviews',
  'orders',
  'order_items',
  'payments',
]

let server: TestDatabase
let sql: SQL
beforeAll(async () => {
  server = await testDatabase({ database })
  sql = server.sql
})
afterAll(() => server.stop())

async function countOf(table: string): Promise<number> {
  const [row] = await sql.unsafe(`select count(*)::int as count from ${table}`)
  return row.count
}

/** One digest of all rows of all tables. */
async function digest(): Promise<string[]> {
  const digests = tables.map(async (table) => {
    const [row] = await sql.unsafe(
      `select md5(string_agg(rows::text, '|' order by rows::text)) as digest from ${table} as rows`,
    )
    return row.digest as string
  })
  return await Promise.all(digests)
}

test('rows that the database refuses fail the copy with its reason, early or late', async () => {
  for (const length of [2, 50_000]) {
    const rows = Array.from({ length }, (_, index) => [`tag ${index % (length - 1)}`, '태그'])
    const copying = sql.begin((transaction) =>
      copyRows(transaction, { table: 'tags', columns: ['name', 'name_ko'], rows }),
    )
    await expect(copying).rejects.toThrow('tags_name_unique')
    expect(await countOf('tags')).toBe(0)
  }
  const wrongly = sql.begin((transaction) =>
    copyRows(transaction, { table: 'tags', columns: ['name', 'name_ko'], rows: wrongRows() }),
  )
  await expect(wrongly).rejects.toThrow('missing data')
})

/** The first row is wrong, which the server says while more are on their way. */
function* wrongRows() {
  for (let index = 0; index < 100_000; index++) yield index === 0 ? ['only one'] : [`tag ${index}`, '태그']
}

test('an interrupted seed leaves nothing behind', async () => {
  const seeding = seedDemoData({
    sql,
    scale,
    reference,
    progress: ({ step }) => {
      if (step === 'payments') throw new Error('interrupted')
    },
  })
  await expect(seeding).rejects.toThrow('interrupted')
  for (const table of tables) expect([table, await countOf(table)]).toEqual([table, 0])
})

test('a seed fills every table in proportion to the scale and reports how far it is', async () => {
  const steps: string[] = []
  const summary = await seedDemoData({
    sql,
    scale,
    reference,
    progress: ({ step, done, total }) => {
      if (steps.at(-1) !== step) steps.push(step)
      expect(done).toBeLessThanOrEqual(total)
    },
  })
  expect(steps).toEqual(tables)
  for (const table of tables) expect([table, await countOf(table)]).toEqual([table, summary[table] ?? 0])
  expect(summary).toMatchObject({ categories: 200, products: 500, users: 100, orders: 1000 })
})

test('the ratings of products are those of their reviews', async () => {
  const wrong = await sql`
    select products.id from products left join reviews on reviews.product_id = products.id group by products.id
    having products.review_count <> count(reviews.id) or products.average_rating <> coalesce(round(avg(reviews.rating), 2), 0)`
  expect(wrong.length).toBe(0)
})

test('rows of the shop follow those of the seed', async () => {
  const [{ id }] = await sql`insert into tags (name, name_ko) values ('Added later', '나중') returning id`
  expect(id).toBe(await countOf('tags'))
  await sql`delete from tags where id = ${id}`
})

test('a shop that has data is refused', async () => {
  const before = await digest()
  await expect(seedDemoData({ sql, scale, reference })).rejects.toMatchObject({ code: 'SEED_NOT_EMPTY' })
  expect(await digest()).toEqual(before)
})

test('replacing gives the same rows for the same scale and reference', async () => {
  const before = await digest()
  await sql`insert into tags (name, name_ko) values ('Mine', '내 것')`
  await seedDemoData({ sql, scale, reference, replace: true })
  // Identities of rows without a fixed id start again, too.
  expect(await digest()).toEqual(before)
})

test('a scale out of bounds is refused', async () => {
  for (const wrong of [0, -1, 101, Number.NaN])
    await expect(seedDemoData({ sql, scale: wrong })).rejects.toMatchObject({ code: 'SEED_SCALE_INVALID' })
})
