import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { TaskRun } from 'spillway/tasks'
import { hasRedis, type TestDatabase, type TestTasks, testDatabase, testTasks } from 'spillway/testing'
import { recountAllRatings } from './catalog/ratings/tasks.ts'
import { insertSampleCatalogue } from './catalog/sample-catalogue.ts'
import { cleanUp } from './clean-up/tasks.ts'
import { database } from './database.ts'
import { findReport } from './reports/published.ts'
import { salesReportOf } from './reports/tasks.ts'
import { schedules } from './schedules.ts'
import { tasks } from './tasks.ts'

describe.each(hasRedis ? (['postgres', 'redis'] as const) : (['postgres'] as const))('on %s', (on) => {
  let work: TestTasks
  let server: TestDatabase
  beforeAll(async () => {
    work = await testTasks({ tasks, database, on })
    server = await testDatabase({ database })
    await insertSampleCatalogue(server.sql)
    await server.sql`
      insert into orders (user_id, total_amount, status, created_at)
      select 1, 20, 'PAID', timestamptz '2026-07-04T12:00:00Z' + n * interval '12 hours' from generate_series(0, 2) n`
    await server.sql`insert into order_items (order_id, product_id, quantity, price) select id, 1, 2, 10 from orders`
    await server.sql`
      insert into payments (order_id, provider, status, amount) select id, 'test', 'succeeded', 20 from orders`
    await server.replicaCaughtUp()
  })
  afterAll(async () => {
    await work.stop()
    await server.stop()
  })

  /** What has come of a workflow that a task has begun. */
  const resultOf = (workflow: string) => new TaskRun(work.queues, workflow).result()

  test('all ratings are recounted in chunks, and the chunks added up', async () => {
    await server.sql`update products set review_count = review_count + 1 where id % 2000 = 1`
    const { workflow, products } = await (await recountAllRatings.enqueue({})).result()
    expect(products).toBe(6060)
    expect(await resultOf(workflow)).toEqual({ products: 6060, corrected: 4 })
    expect(work.reports.filter(({ task }) => task === 'catalog.recount-some')).toHaveLength(13)
    const again = await (await recountAllRatings.enqueue({})).result()
    expect(await resultOf(again.workflow)).toEqual({ products: 6060, corrected: 0 })
  })

  test('a report of some days is gathered, summed up and published', async () => {
    const days = { firstDay: '2026-07-01', lastDay: '2026-07-31' }
    const { report } = await (await salesReportOf(days).enqueue()).result()
    const published = await findReport('sales', days)
    expect(published).toMatchObject({ id: report, data: { orders: 3, units: 6, revenueCents: 6_000 } })
    const steps = work.reports.filter(({ queue }) => queue === 'reports').map(({ task }) => task)
    expect(steps).toEqual(
      expect.arrayContaining(['reports.gather-sales', 'reports.summarise-sales', 'reports.publish']),
    )
  })

  test('the day before each tick has one report, whenever and however often the task runs', async () => {
    const daily = schedules.find(({ name }) => name === 'daily-sales')!
    const tickMs = daily.timing.next(Date.parse('2026-07-05T12:00:00Z'))
    for (const id of ['first', 'second']) {
      const job = daily.jobAt(tickMs)
      await work.queues.add({ ...job, options: { ...job.options, jobId: id } })
      const { day, workflow } = (await resultOf(`reports/${id}`)) as { day: string; workflow: string }
      expect(day).toBe('2026-07-05')
      await resultOf(workflow)
    }
    const report = await findReport('sales', { firstDay: '2026-07-05', lastDay: '2026-07-05' })
    expect(report?.data).toMatchObject({ orders: 2, averageOrderCents: 2_000, topProducts: [{ id: 1 }] })
    const [{ count }] = await server.sql`select count(*)::int from reports where first_day = last_day`
    expect(count).toBe(1)
  })

  test('what nobody looks at any more is removed', async () => {
    await server.sql`insert into recently_viewed values (1, 1, now() - interval '1 year'), (1, 2, now())`
    await server.sql`insert into carts (updated_at) values (now() - interval '1 year'), (now())`
    expect(await (await cleanUp.enqueue({})).result()).toEqual({ views: 1, carts: 1 })
  })
})

test('by night the sales of the day are reported, then it is cleaned up and recounted', () => {
  const midnight = Date.parse('2026-07-05T00:00:00Z')
  const hours = schedules.map(({ name, timing }) => [name, (timing.next(midnight) - midnight) / 3_600_000])
  expect(hours).toEqual([
    ['daily-sales', 1],
    ['clean-up', 2],
    ['recount-ratings', 3],
  ])
})
