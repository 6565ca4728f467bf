import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type TestDatabase, testDatabase } from 'spillway/testing'
import { database } from '../database.ts'
import { findReport, publishReport, type ReportDraft } from './published.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
})
afterAll(() => server.stop())

const days = { firstDay: '2026-07-04', lastDay: '2026-07-04' }
const draft = (orders: number, gatheredAt: Date): ReportDraft => ({
  ...{ kind: 'sales', days, gatheredAt },
  data: { orders, units: 0, revenueCents: 0, averageOrderCents: 0, categories: [], topProducts: [] },
})
const earlier = new Date(Date.now() - 60_000)
const now = new Date()

test('published twice, there is one report, with the newer facts, in whatever order they come', async () => {
  const id = await publishReport(draft(1, earlier))
  expect(await publishReport(draft(2, now))).toBe(id)
  expect(await publishReport(draft(3, earlier))).toBeUndefined()
  const report = await findReport('sales', days)
  expect(report).toMatchObject({ data: { orders: 2 }, generatedAt: now, ...days })
  expect(report?.tookMs).toBeLessThan(60_000)
  const [{ count }] = await server.sql`select count(*)::int from reports`
  expect(count).toBe(1)
})

test('each range of days has a report of its own', async () => {
  const week = { ...days, lastDay: '2026-07-10' }
  await publishReport({ ...draft(9, now), days: week })
  expect((await findReport('sales', week))?.data.orders).toBe(9)
  expect((await findReport('sales', days))?.data.orders).toBe(2)
  expect(await findReport('sales', { ...days, firstDay: '2026-07-01' })).toBeUndefined()
})

test('its figures can be asked for in SQL', async () => {
  const [{ orders }] =
    await server.sql`select (data ->> 'orders')::int as orders from reports where last_day = '2026-07-10'`
  expect(orders).toBe(9)
})
