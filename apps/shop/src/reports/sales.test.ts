import { afterAll, beforeAll, expect, test } from 'bun:test'
import { expectQueries, type TestDatabase, testDatabase } from 'spillway/testing'
import { database } from '../database.ts'
import { seedDemoData } from '../demo/seed.ts'
import { gatherSales, summariseSales } from './sales.ts'

const reference = new Date('2026-06-01T00:00:00Z')
/** After all days of the demo, so that its orders are the only ones. */
const day = { firstDay: '2026-07-04', lastDay: '2026-07-04' }

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await seedDemoData({ sql: server.sql, scale: 0.05, reference })
  await server.sql`update products set category_id = (select id from categories where slug = 'lighting') where id = 3`
  await order('2026-07-04T00:00:00Z', ['succeeded'], [1, 2, '19.99'], [2, 1, '5.00'])
  await order('2026-07-04T23:59:59.999Z', ['failed', 'succeeded'], [1, 1, '17.95'], [3, 3, '100.10'])
  // The day before and after, not paid, paid and given back.
  await order('2026-07-03T23:59:59.999Z', ['succeeded'], [1, 1, '1000.00'])
  await order('2026-07-05T00:00:00Z', ['succeeded'], [1, 1, '1000.00'])
  await order('2026-07-04T12:00:00Z', ['pending'], [1, 1, '1000.00'])
  await order('2026-07-04T12:00:00Z', ['refunded'], [1, 1, '1000.00'])
  await server.replicaCaughtUp()
})
afterAll(() => server.stop())

type Item = [productId: number, quantity: number, price: string]

async function order(createdAt: string, outcomes: string[], ...items: Item[]): Promise<void> {
  const { sql } = server
  const [{ id }] =
    await sql`insert into orders (user_id, total_amount, created_at) values (1, 0, ${createdAt}) returning id`
  for (const [productId, quantity, price] of items) {
    await sql`
      insert into order_items (order_id, product_id, quantity, price) values (${id}, ${productId}, ${quantity}, ${price})`
  }
  for (const status of outcomes) {
    await sql`insert into payments (order_id, provider, status, amount) values (${id}, 'test', ${status}, 0)`
  }
}

test('what was paid on a day is counted, each order once, in one statement', async () => {
  const facts = await expectQueries(1, () => gatherSales(day))
  expect(facts.total).toEqual({ orders: 2, units: 7, revenueCents: 3998 + 500 + 1795 + 30_030 })
  expect(facts.topProducts).toEqual([
    { productId: 3, orders: 1, units: 3, revenueCents: 30_030 },
    { productId: 1, orders: 2, units: 3, revenueCents: 3998 + 1795 },
    { productId: 2, orders: 1, units: 1, revenueCents: 500 },
  ])
})

test('a summary names what was sold and where it stands, who sold most first', async () => {
  const summary = await summariseSales(await gatherSales(day))
  expect(summary.averageOrderCents).toBe(18_162)
  const rows = await server.sql`select id, name, name_ko as "nameKo" from products where id <= 3 order by id`
  expect(summary.topProducts.map(({ id, name, nameKo }) => ({ id, name, nameKo }))).toEqual([rows[2], rows[0], rows[1]])
  expect(summary.categories[0]).toMatchObject({ name: 'Lighting', department: null, revenueCents: 30_030 })
  expect(summary.categories[1]?.department?.name).toBeString()
  expect(summary.categories.reduce((sum, { revenueCents }) => sum + revenueCents, 0)).toBe(summary.revenueCents)
})

test('a day without sales has a report too', async () => {
  const summary = await summariseSales(await gatherSales({ firstDay: '2030-01-01', lastDay: '2030-01-01' }))
  expect(summary).toEqual({
    ...{ orders: 0, units: 0, revenueCents: 0, averageOrderCents: 0 },
    ...{ categories: [], topProducts: [] },
  })
})

test('a month of the demo is what its orders say by their states and totals', async () => {
  const facts = await gatherSales({ firstDay: '2026-05-01', lastDay: '2026-05-31' })
  const [expected] = await server.sql`
    select count(*)::int as orders, sum(total_amount * 100)::int as "revenueCents" from orders
    where status in ('PAID', 'SHIPPED', 'DELIVERED') and to_char(created_at at time zone 'UTC', 'YYYY-MM') = '2026-05'`
  expect(facts.total).toMatchObject(expected)
  expect(facts.total.orders).toBeGreaterThan(20)
  expect(facts.topProducts).toHaveLength(10)
})
