import { afterAll, beforeAll, expect, test } from 'bun:test'
import { runWarmer, type Warming } from 'spillway/cache'
import { createLogger } from 'spillway/foundation'
import { expectQueries, type TestDatabase, testDatabase } from 'spillway/testing'
import app from './app.ts'
import { caches } from './caches.ts'
import { insertSampleCatalogue } from './catalog/sample-catalogue.ts'
import { database } from './database.ts'
import { startCaches } from './test-caches.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await insertSampleCatalogue(server.sql)
  await server.replicaCaughtUp()
  startCaches()
})
afterAll(async () => {
  caches.stop()
  await server.stop()
})

const logger = createLogger('test', 'silent')
const signal = new AbortController().signal

/** What a warmer asks for, in its order, as the routes answer it. */
async function visitsOf(name: string, answer: Warming['page'] = async () => undefined) {
  const visits: { path: string; language: string | undefined }[] = []
  const page: Warming['page'] = async (path, headers = {}) => {
    visits.push({ path, language: headers['accept-language'] })
    await answer(path, headers)
  }
  const warmer = app.warmers.find((one) => one.name === name)!
  const outcome = await runWarmer(warmer, { signal, logger, page })
  return { visits, outcome }
}

test('the hundred most viewed products are found with one query, and warmed in each language and for the API', async () => {
  const { visits } = await expectQueries(1, () => visitsOf('popular-products'))
  expect(visits).toHaveLength(300)
  const [first] = await server.sql`
    select id from products where status = 'active' order by view_count desc, id desc limit 1`
  const ofFirst = visits.filter(({ path }) => new RegExp(`/products/${first.id}(-|$)`).test(path))
  expect(ofFirst).toEqual([
    { path: `/products/${first.id}-product-${first.id}`, language: 'en' },
    { path: `/products/${first.id}-product-${first.id}`, language: 'ko' },
    { path: `/api/products/${first.id}`, language: undefined },
  ])
  expect(visits.indexOf(ofFirst[0]!)).toBeLessThan(2)
})

test('the first page of every list is warmed, departments before what is below them', async () => {
  const { visits } = await visitsOf('category-lists')
  const pages = [...new Set(visits.filter(({ language }) => language === 'ko').map(({ path }) => path))]
  expect(pages).toHaveLength(7)
  expect(pages.slice(2, 4).sort()).toEqual(['/categories/garden', '/categories/home'])
  expect(pages.slice(4).sort()).toEqual(['/categories/chairs', '/categories/lamps', '/categories/pots'])
  expect(visits.map(({ path }) => path)).toContain('/api/products?category=lamps')
})

test('everything that is warmed is there', async () => {
  const visit: Warming['page'] = async (path, headers = {}) => {
    const { status } = await app.http.request(path, { headers })
    expect([path, status]).toEqual([path, 200])
  }
  for (const { name } of app.warmers) expect((await visitsOf(name, visit)).outcome.failed).toBe(0)
})
