/** What the migration `keep_ratings_current` promises. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { SQL } from 'bun'
import { type TestDatabase, testDatabase, until } from 'spillway/testing'
import { database } from '../database.ts'

let server: TestDatabase
let sql: SQL
beforeAll(async () => {
  server = await testDatabase({ database })
  sql = server.sql
  await sql`insert into categories (slug, name, name_ko) values ('cups', 'Cups', '컵')`
  await sql`insert into users (email, name) select 'user' || i || '@example.com', 'User ' || i from generate_series(1, 5) i`
  await sql`
    insert into products (category_id, name, name_ko, description, description_ko, price)
    select 1, 'Cup ' || i, '컵 ' || i, '', '', 10 from generate_series(1, 3) i`
})
beforeEach(async () => {
  await sql`delete from reviews`
})
afterAll(() => server.stop())

const review = (client: SQL, productId: number, userId: number, rating: number) =>
  client`insert into reviews (product_id, user_id, rating) values (${productId}, ${userId}, ${rating})`

async function ratings(): Promise<string[]> {
  const rows = await sql`select average_rating, review_count from products order by id`
  return rows.map(
    (row: { average_rating: string; review_count: number }) => `${row.average_rating} (${row.review_count})`,
  )
}

test('reviews that are added, changed, moved and deleted count at once', async () => {
  await sql`insert into reviews (product_id, user_id, rating) values (1, 1, 5), (1, 2, 4), (1, 3, 4), (2, 1, 1)`
  expect(await ratings()).toEqual(['4.33 (3)', '1.00 (1)', '0.00 (0)'])
  await sql`update reviews set rating = 2 where product_id = 1 and user_id = 1`
  expect(await ratings()).toEqual(['3.33 (3)', '1.00 (1)', '0.00 (0)'])
  await sql`update reviews set product_id = 3 where product_id = 2`
  expect(await ratings()).toEqual(['3.33 (3)', '0.00 (0)', '1.00 (1)'])
  await sql`delete from reviews where product_id = 1 and rating = 2`
  expect(await ratings()).toEqual(['4.00 (2)', '0.00 (0)', '1.00 (1)'])
})

test('a person who leaves takes their reviews along', async () => {
  const [{ id }] = await sql`insert into users (email, name) values ('leaver@example.com', 'Leaver') returning id`
  await review(sql, 1, id, 1)
  await review(sql, 1, 1, 5)
  await sql`delete from users where id = ${id}`
  expect((await ratings())[0]).toBe('5.00 (1)')
})

test('two people who review a product at the same time both count', async () => {
  const [first, second] = [new SQL({ url: server.primaryUrl, max: 1 }), new SQL({ url: server.primaryUrl, max: 1 })]
  const waiting = async () => {
    const rows =
      await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    return rows.length > 0
  }
  let later: Promise<unknown> = Promise.resolve()
  await first.begin(async (transaction) => {
    await review(transaction, 1, 1, 5)
    later = review(second, 1, 2, 2).execute()
    await until(waiting, { what: 'the second review to wait for the first' })
  })
  await later
  expect((await ratings())[0]).toBe('3.50 (2)')
  await Promise.all([first.close(), second.close()])
})

test('changed rows carry the time of the change', async () => {
  await sql`update products set updated_at = '2000-01-01', price = 11 where id = 1`
  const [{ is_recent }] =
    await sql`select updated_at > now() - interval '1 minute' as is_recent from products where id = 1`
  expect(is_recent).toBe(true)
})
