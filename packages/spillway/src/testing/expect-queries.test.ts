import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { items, itemsDatabase } from '../database/fixtures/items.ts'
import { createLogger } from '../foundation/index.ts'
import { createPipeline } from '../http/index.ts'
import { expectQueries } from './expect-queries.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'

const database = itemsDatabase()
const { db } = database
let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
})
afterAll(() => server.stop())

const byId = (id: number) => db.select().from(items).where(eq(items.id, id)) // by id
const messageOf = (work: Promise<unknown>) => work.then(String, (error: Error) => error.message)

test('the result is handed on when the number is right', async () => {
  expect(await expectQueries(2, async () => [await byId(1), await byId(2)])).toEqual([[], []])
  expect(await expectQueries(1, () => db.$count(items))).toBe(0)
  expect(await expectQueries(0, () => 'nothing asked')).toBe('nothing asked')
})

test('otherwise the queries are listed, repeated ones first, with their places', async () => {
  const message = await messageOf(
    expectQueries(1, async () => {
      await db.execute(sql`select 1`)
      for (const id of [1, 2, 3]) await byId(id)
    }),
  )
  const line = (await Bun.file(import.meta.path).text()).split('\n').findIndex((text) => text.endsWith('// by id')) + 1
  const [first, ...rest] = message.split('\n')
  expect(first).toBe('Expected 1 queries, got 4:')
  expect(rest[0]).toBe('repeated')
  expect(rest[1]).toStartWith('  3 times: select "id"')
  expect(rest[2]).toEndWith(`/expect-queries.test.ts:${line}`)
  expect(rest[3]).toBe('in order')
  expect(rest[4]).toMatch(/^ {2}1\. \d+\.\d ms select \?$/)
  expect(rest).toHaveLength(12)
  expect(await messageOf(expectQueries({ max: 1 }, () => Promise.all([byId(1), byId(2)])))).toStartWith(
    'Expected at most 1',
  )
  expect(await messageOf(expectQueries(1, () => 'nothing'))).toBe('Expected 1 queries, got 0.')
})

test('what handlers and transactions ask counts, wherever their context comes from', async () => {
  const routes = new Hono().get('/', async (c) => c.json(await byId(1)))
  const { fetch } = createPipeline({ routes, logger: createLogger('test', 'silent'), pageCacheBytes: 0 })
  await expectQueries(2, async () => {
    await routes.request('/')
    await fetch(new Request('http://localhost/'))
  })
  await expectQueries(2, () =>
    db.transaction(async (tx) => {
      await tx.insert(items).values({ name: 'a', rank: 1 })
      await tx.transaction(async (inner) => await inner.select().from(items))
    }),
  )
})

test('expectations may be nested, and others beside them are not counted', async () => {
  await expectQueries(3, async () => {
    await expectQueries(2, () => Promise.all([byId(1), byId(2)]))
    await byId(3)
  })
  await Promise.all([expectQueries(1, () => byId(1)), byId(2), byId(3)])
})

test('an error of the work is its own', async () => {
  const failing = expectQueries(0, async () => {
    await byId(1)
    throw new Error('mine')
  })
  expect(await messageOf(failing)).toBe('mine')
})
