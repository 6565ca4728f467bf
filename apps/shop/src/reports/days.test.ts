import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { type TestDatabase, testDatabase } from 'spillway/testing'
import { database, db } from '../database.ts'
import { orders } from '../schema/index.ts'
import { dayBefore, dayRange, within } from './days.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
})
afterAll(() => server.stop())

test('the day before is one of the zone, over the ends of months and years', () => {
  expect(dayBefore(new Date('2026-03-01T00:00:00Z'))).toBe('2026-02-28')
  expect(dayBefore(new Date('2028-03-01T23:59:59Z'))).toBe('2028-02-29')
  expect(dayBefore(new Date('2026-01-01T03:00:00Z'), 'America/New_York')).toBe('2025-12-30')
  expect(dayBefore(new Date('2026-01-01T15:00:00Z'), 'Asia/Seoul')).toBe('2026-01-01')
})

test('a range has its days in order, and a year at most', () => {
  const isRange = (firstDay: string, lastDay: string) => dayRange.safeParse({ firstDay, lastDay }).success
  expect(isRange('2026-02-28', '2026-02-28')).toBe(true)
  expect(isRange('2028-01-01', '2028-12-31')).toBe(true)
  expect(isRange('2026-02-02', '2026-02-01')).toBe(false)
  expect(isRange('2026-01-01', '2027-01-02')).toBe(false)
  expect(isRange('2026-02-30', '2026-03-01')).toBe(false)
})

test('a day on which the clocks are put forward has 23 hours', async () => {
  await server.sql`insert into users (email, name) values ('user@example.com', 'User')`
  await server.sql`
    insert into orders (user_id, total_amount, created_at)
    select 1, 0, timestamptz '2026-03-07T00:30:00Z' + n * interval '1 hour' from generate_series(1, 96) n`
  await server.replicaCaughtUp()
  const hoursOf = (day: string) =>
    db.$count(orders, within(orders.createdAt, { firstDay: day, lastDay: day }, 'America/New_York'))
  expect(await hoursOf('2026-03-08')).toBe(23)
  expect(await hoursOf('2026-03-09')).toBe(24)
})

test('a range is found by the index of the orders', async () => {
  const range = within(orders.createdAt, { firstDay: '2026-03-08', lastDay: '2026-03-08' })
  const plan = await db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`)
    return await tx.execute(sql`explain select 1 from orders where ${range}`)
  })
  expect(JSON.stringify(plan)).toContain('orders_created_idx')
})
