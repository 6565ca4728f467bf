/** The store as people start it, with two web workers, beside a client that writes past it. @module */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import {
  hasRedis,
  type Program,
  startProgram,
  startRedis,
  type TestDatabase,
  testDatabase,
  until,
} from 'spillway/testing'
import { insertSampleCatalogue } from './catalog/sample-catalogue.ts'
import { database } from './database.ts'

const repository = join(import.meta.dir, '../../..')
let server: TestDatabase

beforeAll(async () => {
  server = await testDatabase({ database })
  await insertSampleCatalogue(server.sql)
  await server.replicaCaughtUp()
})

afterAll(() => server.stop())

function startStore(env: Record<string, string> = {}): Promise<Program> {
  const { primaryUrl, replicaUrl } = server
  return startProgram('apps/shop', {
    cwd: repository,
    // Nobody else asks, also no warmer.
    env: { DATABASE_URL: primaryUrl, DATABASE_REPLICA_URLS: replicaUrl, CACHE_WARMING: 'off', ...env },
  })
}

/** On a connection of its own, so that any worker may answer. */
const get = (url: string) => fetch(url, { keepalive: false, headers: { connection: 'close' } })
const ofAllWorkers = <Told>(ask: () => Promise<Told>) => Promise.all(Array.from({ length: 8 }, ask))

async function tellsNewPrice({ url }: Program, price: string): Promise<void> {
  const concerned = ['/products/1', '/api/products/1', '/categories/lamps?sort=price', '/api/products?sort=price']
  const untouched = ['/products/2', '/api/products/2', '/categories/pots', '/api/categories']
  /** Nobody else asks: whatever ended is missed by the first who asks here. */
  const states = async () => {
    const ask = (path: string) => ofAllWorkers(async () => (await get(url + path)).headers.get('x-cache'))
    return new Set((await Promise.all(untouched.map(ask))).flat())
  }

  await until(hasBegun, { what: 'the consumer of changes, which first ends all that is cached' })
  for (const path of [...concerned, ...untouched]) await get(url + path)
  await server.sql`update products set price = ${price} where id = 1`
  for (const path of concerned) {
    const texts = () => ofAllWorkers(async () => await (await get(url + path)).text())
    await until(async () => (await texts()).every((text) => text.includes(price)), { what: `${path} to tell it` })
  }
  expect(await states()).toEqual(new Set(['HIT']))
}

async function hasBegun(): Promise<boolean> {
  const [{ positions }] = await server.sql`
    select array_agg(position::int) as positions from spillway_changes.leases where name like '%cache%'`
  return positions !== null && [...positions].every((position) => position >= 0)
}

test('a new price is told by every worker, and nothing else is rendered again', async () => {
  await using store = await startStore()
  await tellsNewPrice(store, '0.02')
})

test.skipIf(!hasRedis)('and so it is with Redis', async () => {
  await using redis = await startRedis()
  await using store = await startStore({ REDIS_URL: redis.url })
  await tellsNewPrice(store, '0.03')
})

test('with CACHE and PAGE_CACHE off every answer is read from the database, also what nobody watches', async () => {
  await using store = await startStore({ CACHE: 'off', PAGE_CACHE: 'off' })
  const reviews = async () => await (await get(`${store.url}/api/products/1/reviews`)).text()
  expect(await reviews()).toContain('"User 10"')
  await server.sql`update users set name = 'Ann' where name = 'User 10'`
  await server.replicaCaughtUp()
  const answers = await ofAllWorkers(reviews)
  expect(answers.filter((answer) => answer.includes('"Ann"'))).toHaveLength(answers.length)
})
