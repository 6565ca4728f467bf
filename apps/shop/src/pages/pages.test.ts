import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { createLogger } from 'spillway/foundation'
import { createPipeline } from 'spillway/http'
import { expectQueries, type TestDatabase, testDatabase } from 'spillway/testing'
import { caches } from '../caches.ts'
import { insertSampleCatalogue } from '../catalog/sample-catalogue.ts'
import { database } from '../database.ts'
import { startCaches } from '../test-caches.ts'
import { errorPage, pages } from './index.tsx'

let server: TestDatabase

beforeAll(async () => {
  server = await testDatabase({ database })
  await insertSampleCatalogue(server.sql)
  await server.sql`update products set name = ${'Lamp </script><b>'}, name_ko = '램프' where id = 1`
  await server.replicaCaughtUp()
})

// Nothing is cached yet.
beforeEach(() => void startCaches())

afterAll(async () => {
  caches.stop()
  await server.stop()
})

const { fetch, pageCache } = createPipeline({
  routes: pages,
  logger: createLogger('test', 'silent'),
  pageCacheBytes: 2 ** 22,
  errorPage,
})

async function open(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(new Request(`http://shop.test${path}`, { headers }))
  return { response, html: await response.text() }
}

// One of each page's queries is for the categories, whose departments stand in its header.
test.each([
  ['/', 9],
  ['/products', 3],
  ['/products?sort=price', 3],
  ['/products?minPrice=1', 2],
  ['/categories/home', 3],
  ['/categories/lamps', 3],
  ['/products/5', 6],
])('%s is rendered with as many queries, whatever it shows: %i', async (path, count) => {
  const { response } = await expectQueries(count, () => open(path))
  expect(response.status).toBe(200)
})

test('a product is shown in the language that the browser prefers', async () => {
  const { response, html } = await open('/products/1', { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' })
  expect(response.headers.get('content-language')).toBe('ko')
  expect(response.headers.get('vary')).toContain('Accept-Language')
  expect(html.slice(0, 40)).toStartWith('<!doctype html><html lang="ko">')
  expect(html).toContain('<h1>램프</h1>')
})

test('a language that was asked for wins, and stays on the links', async () => {
  const { html } = await open('/products/1?lang=ko', { 'accept-language': 'en' })
  expect(html).toContain('<html lang="ko">')
  expect(html).toContain('href="/categories/lamps?lang=ko"')
  expect(html).not.toContain('href="/categories/lamps"')
})

test('a product has one canonical address and one for each language', async () => {
  for (const path of ['/products/1', '/products/1-lamp-script-b']) {
    const { html } = await open(path)
    expect(html).toContain('<link rel="canonical" href="/products/1-lamp-script-b"')
    expect(html).toContain('hreflang="ko" href="/products/1-lamp-script-b?lang=ko"')
  }
})

test('any other spelling of its address leads there', async () => {
  const { response } = await open('/products/1-lamp?lang=ko')
  expect(response.status).toBe(301)
  expect(response.headers.get('location')).toBe('/products/1-lamp-script-b?lang=ko')
})

test('search engines can read what it costs, and a name cannot end their script', async () => {
  const { html } = await open('/products/1')
  const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? []
  expect(JSON.parse(json)).toMatchObject({
    '@type': 'Product',
    name: 'Lamp </script><b>',
    offers: { price: '41.90', priceCurrency: 'USD', availability: 'https://schema.org/InStock' },
    aggregateRating: { reviewCount: 10 },
  })
  expect(html).not.toContain('<b>')
})

test.each(['/products/abc', '/products/0', '/products/99999999999', '/products/6001', '/categories/nowhere'])(
  '%s is a page that is missing',
  async (path) => {
    const { response, html } = await open(path)
    expect(response.status).toBe(404)
    expect(html).toContain('This page is not here')
  },
)

test('only plain lists are for search engines', async () => {
  expect((await open('/products')).html).not.toContain('noindex')
  expect((await open('/products?sort=price')).html).toContain('noindex')
})

test('parameters that a page does not know never reach its links', async () => {
  const { html } = await open('/products?utm_source=mail&sort=price')
  expect(html).not.toContain('utm_source')
  expect(html).toContain('sort=price')
})

test('a list is rendered anew when one of its products changes, and not when another does', async () => {
  const path = '/categories/lamps?sort=price'
  const cacheStatus = async () => (await open(path)).response.headers.get('x-cache')
  const [{ cheapest, dearest }] = await server.sql`
    select (array_agg(id order by price, id))[1] as cheapest, (array_agg(id order by price desc))[1] as dearest
    from products where category_id = 3 and status = 'active'`
  expect(await cacheStatus()).toBe('MISS')
  pageCache?.invalidate(`product:${dearest}`)
  expect(await cacheStatus()).toBe('HIT')
  pageCache?.invalidate(`product:${cheapest}`)
  expect(await cacheStatus()).toBe('MISS')
})
