import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { expectQueries, type TestDatabase, testDatabase, until } from 'spillway/testing'
import { database } from '../../database.ts'
import { insertSampleCatalogue } from '../sample-catalogue.ts'
import { addRecounts, productIds, recountRatings } from './recount.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await insertSampleCatalogue(server.sql)
  await server.replicaCaughtUp()
})
afterAll(() => server.stop())
beforeEach(async () => {
  await recountRatings(await productIds())
  await server.replicaCaughtUp()
})

const ratingOf = async (id: number) => {
  const [row] = await server.sql`select average_rating as average, review_count as count from products where id = ${id}`
  return row as { average: string; count: number }
}
const withoutTrigger = async (statement: string) => {
  await server.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx.unsafe(statement)
  })
  await server.replicaCaughtUp()
}

test('ratings that are right are read in one statement, and not written', async () => {
  const [before] = await server.sql`select count(*)::int, max(xmin::text::bigint) as newest from products`
  const ids = await productIds()
  expect(ids).toHaveLength(6060)
  expect(await expectQueries(1, () => recountRatings(ids))).toEqual({ products: 6060, corrected: 0 })
  const [after] = await server.sql`select count(*)::int, max(xmin::text::bigint) as newest from products`
  expect(after).toEqual(before)
})

test('what reviews say that came past the trigger is put right, and nothing else is written', async () => {
  const [right, other] = [await ratingOf(7), await ratingOf(8)]
  await withoutTrigger(`
    delete from reviews where product_id = 8;
    update products set average_rating = 1.11 where id = 7;
    update products set review_count = 3 where id = 5000`)
  const [{ xmin }] = await server.sql`select xmin::text from products where id = 9`
  expect(await recountRatings([7, 8, 9, 5000])).toEqual({ products: 4, corrected: 3 })
  expect(await ratingOf(7)).toEqual(right)
  expect(other.count).toBeGreaterThan(0)
  expect(await ratingOf(8)).toEqual({ average: '0.00', count: 0 })
  expect(await ratingOf(5000)).toEqual({ average: '0.00', count: 0 })
  expect((await server.sql`select xmin::text from products where id = 9`)[0]).toEqual({ xmin })
})

test('a review that is being written meanwhile is counted', async () => {
  await withoutTrigger('update products set review_count = 99 where id = 6000')
  const isWaiting = async () => {
    const rows = await server.sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    return rows.length > 0
  }
  let recounted: ReturnType<typeof recountRatings> | undefined
  await server.sql.begin(async (tx) => {
    await tx`select 1 from products where id = 6000 for no key update`
    recounted = recountRatings([6000])
    await until(isWaiting, { what: 'the recount to wait for the review' })
    await tx`insert into reviews (product_id, user_id, rating) values (6000, 1, 4)`
    // What the trigger has put right is wrong again, so that there is something to correct.
    await tx`update products set review_count = 98 where id = 6000`
  })
  expect(await recounted).toEqual({ products: 1, corrected: 1 })
  expect(await ratingOf(6000)).toEqual({ average: '4.00', count: 1 })
})

test('a product that there is no more is passed over', async () => {
  expect(await recountRatings([999_999])).toEqual({ products: 1, corrected: 0 })
})

test('recounts of parts add up, also when there are none', () => {
  const parts = [
    { products: 500, corrected: 2 },
    { products: 7, corrected: 0 },
  ]
  expect(addRecounts(parts)).toEqual({ products: 507, corrected: 2 })
  expect(addRecounts([])).toEqual({ products: 0, corrected: 0 })
})
