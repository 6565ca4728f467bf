import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { items, itemsDatabase } from '../database/fixtures/items.ts'
import { queryReport } from '../database/index.ts'
import { createLogger } from '../foundation/index.ts'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import { createPipeline } from './pipeline.ts'

const database = itemsDatabase()
const { db } = database
const lines: Record<string, unknown>[] = []
const logger = createLogger('test', 'info', { write: (line) => void lines.push(JSON.parse(line)) })
let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database, logger })
  await server.sql`insert into items (name, rank) select 'item ' || i, i from generate_series(1, 30) i`
  await server.replicaCaughtUp()
})
afterAll(() => server.stop())
beforeEach(() => void lines.splice(0))

const ids = Array.from({ length: 20 }, (_, index) => index + 1)
const nameById = db
  .select({ name: items.name })
  .from(items)
  .where(eq(items.id, sql.placeholder('id')))
  .prepare('name_by_id')

async function findRank(id: number) {
  const [item] = await db.select({ rank: items.rank }).from(items).where(eq(items.id, id)) // find rank
  return item?.rank
}

const findName = (id: number) =>
  db.select({ id: items.id, name: items.name, rank: items.rank }).from(items).where(eq(items.id, id)) // find name

const routes = new Hono()
  .get('/loop', async (c) => {
    for (const id of ids) await db.select({ id: items.id }).from(items).where(eq(items.id, id)) // loop
    return c.text('done')
  })
  .get('/together', async (c) => {
    const both = { id: items.id, name: items.name }
    await Promise.all(ids.map((id) => db.select(both).from(items).where(eq(items.id, id)))) // together
    return c.text('done')
  })
  .get('/prepared', async (c) => {
    for (const id of ids) await nameById.execute({ id }) // prepared
    return c.text('done')
  })
  .get('/called', async (c) => {
    await Bun.sleep(1)
    for (const id of ids) await findRank(id) // calls find rank
    return c.text('done')
  })
  .get('/traced', async (c) => {
    for (const id of ids) await findName(id) // calls find name
    return c.text('done')
  })
  .get('/relations', async (c) => {
    for (const id of ids) await db.query.items.findFirst({ where: eq(items.id, id) }) // relations
    return c.text('done')
  })
  .get('/inserts', async (c) => {
    await db.transaction(async (tx) => {
      await tx.transaction(async (inner) => {
        for (const rank of ids) await inner.insert(items).values({ name: 'secret name', rank }) // inserts
      })
    })
    return c.text('done')
  })
  .get('/ten', async (c) => {
    for (const id of ids.slice(0, 10)) await db.select({ at: items.madeAt }).from(items).where(eq(items.id, id))
    return c.text('done')
  })
  .get('/places', async (c) => {
    const find = [
      (id: number) => db.select({ n: items.name, i: items.id }).from(items).where(eq(items.id, id)),
      (id: number) => db.select({ n: items.name, i: items.id }).from(items).where(eq(items.id, id)),
    ] as const
    for (const id of ids.slice(0, 6)) for (const one of find) await one(id)
    return c.text('done')
  })
  .get('/report', async (c) => {
    for (const id of ids) await nameById.execute({ id })
    await db.execute(sql`select 1`)
    return c.json(queryReport())
  })
  .get('/endless', async (c) => {
    for (let n = 0; n < 1_000; n++) await db.primary.execute(sql.raw(`select 1 as column_${n}`))
    return c.json(queryReport())
  })

const { fetch } = createPipeline({ routes, logger, pageCacheBytes: 0 })
const get = async (path: string) => await fetch(new Request(`http://localhost${path}`))

const source = (await Bun.file(import.meta.path).text()).split('\n')
const place = (marker: string) =>
  `${import.meta.path.replace(`${process.cwd()}/`, '')}:${source.findIndex((line) => line.endsWith(` // ${marker}`)) + 1}`

describe('a query that one place repeats more than ten times is warned of once, with that place', () => {
  test.each([
    ['loop', 'inArray', 'loop'],
    ['together', 'inArray', 'together'],
    ['prepared', 'loader', 'prepared'],
    ['called', 'loader', 'find rank'],
    ['relations', 'loader', 'relations'],
    ['inserts', 'bulkInsert', 'inserts'],
  ])('/%s', async (path, fix, marker) => {
    const response = await get(`/${path}`)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      level: 'warn',
      method: 'GET',
      path: `/${path}`,
      request_id: response.headers.get('x-request-id'),
      count: 20,
      ms: expect.any(Number),
      place: place(marker),
    })
    expect(lines[0]!['msg']).toStartWith('N+1: the same query 20 times')
    expect(lines[0]!['msg']).toContain(fix)
    expect(JSON.stringify(lines)).not.toContain('secret name')
    expect(lines[0]!['statement']).not.toMatch(/\$1|\d{2}/)
    await get(`/${path}`)
    expect(lines).toHaveLength(1)
  })

  test('and with the lines that led there', async () => {
    const response = await get('/traced')
    expect(lines).toMatchObject([{ place: place('find name'), callers: [place('calls find name')] }])
    expect(lines[0]!['request_id']).toBe(response.headers.get('x-request-id'))
  })

  test('ten are none, and neither are six from each of two places', async () => {
    await get('/ten')
    await get('/places')
    expect(lines).toEqual([])
  })
})

test('what a request has asked can be read', async () => {
  const report = (await (await get('/report')).json()) as NonNullable<ReturnType<typeof queryReport>>
  expect(report.count).toBe(21)
  expect(report.queries.map(({ count }) => count)).toEqual([20, 1])
  expect(report.queries[0]!.ms + report.queries[1]!.ms).toBeCloseTo(report.ms)
  expect(report.repeated).toMatchObject([{ count: 20, fix: expect.stringContaining('loader') }])
})

test('a request that makes endless different queries remembers a few', async () => {
  const report = (await (await get('/endless')).json()) as NonNullable<ReturnType<typeof queryReport>>
  expect(report.count).toBe(1_000)
  expect(report.queries).toHaveLength(200)
  expect(report.further.count).toBe(800)
})
