import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { items, itemsDatabase } from '../database/fixtures/items.ts'
import { createLogger } from '../foundation/index.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { consistencyHeader } from './consistency.ts'
import { createPipeline } from './pipeline.ts'

const database = itemsDatabase()
const { db } = database
const routes = new Hono()
  .get('/rank', async (c) => c.json(await db.select({ rank: items.rank }).from(items).where(eq(items.id, 1))))
  .put('/rank/:rank', async (c) => {
    await db
      .update(items)
      .set({ rank: Number(c.req.param('rank')) })
      .where(eq(items.id, 1))
    return c.body(null, 204)
  })
const options = { routes, logger: createLogger('test', 'silent'), pageCacheBytes: 0 }
const pipeline = createPipeline({ ...options, secret: 'a secret of this test' })

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await server.sql`insert into items (name, rank) values ('kettle', 0)`
  await server.replicaCaughtUp()
  // From here on the replica stays where it is, so that only the primary knows what is written.
  await server.cluster.replicas[0]!.pause()
})
afterAll(async () => {
  await server.cluster.replicas[0]!.resume()
  await server.stop()
})

const ask = async (path: string, init: RequestInit = {}) =>
  await pipeline.fetch(new Request(`http://localhost${path}`, init))
const rankWith = async (headers: Record<string, string>) => {
  const [row] = (await (await ask('/rank', { headers })).json()) as { rank: number }[]
  return row?.rank
}
const write = async (rank: number) => await ask(`/rank/${rank}`, { method: 'PUT' })

test('a browser reads what it wrote, by its cookie', async () => {
  const cookie = (await write(1)).headers.get('set-cookie')!
  expect(cookie).toContain('HttpOnly; SameSite=Lax')
  expect(await rankWith({ cookie: `other=1; ${cookie.split(';')[0]}` })).toBe(1)
})

test('an API client reads what it wrote, by its header', async () => {
  const token = (await write(2)).headers.get(consistencyHeader)!
  expect(await rankWith({ [consistencyHeader]: token })).toBe(2)
})

test('who has written nothing is served by the replica, and gets no token', async () => {
  await write(3)
  const response = await ask('/rank')
  expect(await response.json()).toEqual([{ rank: 0 }])
  expect(response.headers.has('set-cookie')).toBeFalse()
  expect(response.headers.has(consistencyHeader)).toBeFalse()
})

test('a token that is forged, cut off or of another secret counts as none', async () => {
  const token = (await write(4)).headers.get(consistencyHeader)!
  const [, signature] = token.split('.')
  const forged = `${Buffer.from('default=FFFFFFFF/0').toString('base64url')}.${signature}`
  for (const bad of ['', 'x', '.', token.slice(0, -1), forged])
    expect(await rankWith({ [consistencyHeader]: bad })).toBe(0)
  const elsewhere = createPipeline({ ...options, secret: 'another secret' })
  const response = await elsewhere.fetch(
    new Request('http://localhost/rank', { headers: { [consistencyHeader]: token } }),
  )
  expect(await response.json()).toEqual([{ rank: 0 }])
})
