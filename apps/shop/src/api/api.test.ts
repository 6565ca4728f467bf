import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { createLogger } from 'spillway/foundation'
import { createPipeline } from 'spillway/http'
import { expectQueries, type TestDatabase, testDatabase } from 'spillway/testing'
import { caches } from '../caches.ts'
import { insertSampleCatalogue } from '../catalog/sample-catalogue.ts'
import { database } from '../database.ts'
import { startCaches } from '../test-caches.ts'
import { api } from './index.ts'

let server: TestDatabase

beforeAll(async () => {
  server = await testDatabase({ database })
  await insertSampleCatalogue(server.sql)
  await server.replicaCaughtUp()
})

// Nothing is cached yet.
beforeEach(() => void startCaches())

afterAll(async () => {
  caches.stop()
  await server.stop()
})

const { fetch } = createPipeline({ routes: api, logger: createLogger('test', 'silent'), pageCacheBytes: 2 ** 20 })

async function get(path: string) {
  const response = await fetch(new Request(`http://shop.test${path}`))
  // biome-ignore lint/suspicious/noExplicitAny: the checks below say what is expected of it.
  return { response, body: (await response.json()) as any }
}

test('a product is told in snake case, with money as a decimal string', async () => {
  const { response, body } = await get('/api/products/1')
  expect(response.status).toBe(200)
  expect(body).toEqual({
    id: 1,
    name: 'Product 1',
    name_ko: '상품 1',
    price: '41.90',
    stock: 1,
    status: 'active',
    category_id: 3,
    category_slug: 'lamps',
    category_name: 'Lamps',
    image_urls: ['/first.svg', '/second.svg'],
    average_rating: 1,
    review_count: 10,
    description: 'About 1',
    description_ko: '1번 설명',
    tags: ['Gift', 'Oak'],
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  })
})

test('a product comes from the page cache the second time, and anew when its tag is invalidated', async () => {
  const { fetch, pageCache } = createPipeline({
    routes: api,
    logger: createLogger('test', 'silent'),
    pageCacheBytes: 2 ** 20,
  })
  const cacheStatus = async () => (await fetch(new Request('http://shop.test/api/products/2'))).headers.get('x-cache')
  expect(await cacheStatus()).toBe('MISS')
  expect(await cacheStatus()).toBe('HIT')
  pageCache?.invalidate('product:3')
  expect(await cacheStatus()).toBe('HIT')
  pageCache?.invalidate('product:2')
  expect(await cacheStatus()).toBe('MISS')
})

test.each([
  ['/api/products/3', 1],
  ['/api/products?limit=100', 1],
  ['/api/products?limit=20', 2],
  ['/api/products?limit=100&category=home', 2],
  ['/api/products/3/reviews?limit=20', 2],
  ['/api/categories', 2],
])('%s is answered with as many queries, whatever it lists: %i', async (path, count) => {
  const { response } = await expectQueries(count, () => get(path))
  expect(response.status).toBe(200)
  await expectQueries(0, () => get(path))
})

test('products are listed page by page', async () => {
  const first = await get('/api/products?limit=5&sort=price&category=home&minPrice=1&maxPrice=20')
  expect(first.body.items).toHaveLength(5)
  expect(Object.keys(first.body)).toEqual(['items', 'next_cursor'])
  const cursor = encodeURIComponent(first.body.next_cursor)
  const second = await get(`/api/products?limit=5&sort=price&category=home&minPrice=1&maxPrice=20&cursor=${cursor}`)
  expect(second.body.items).toHaveLength(5)
  expect(Number(second.body.items[0].price)).toBeGreaterThanOrEqual(Number(first.body.items[4].price))
  expect(second.body.items[0].id).not.toBe(first.body.items[4].id)
})

test('the last page has no cursor', async () => {
  expect((await get('/api/products?minPrice=9999')).body).toEqual({ items: [], next_cursor: null })
})

test('reviews are listed page by page, the newest first', async () => {
  const { body } = await get('/api/products/1/reviews?limit=2')
  expect(body.items).toEqual([
    expect.objectContaining({
      rating: 1,
      title: 'Title 3600',
      author: 'User 10',
      created_at: '2026-02-03T12:00:00.000Z',
    }),
    expect.objectContaining({ title: 'Title 3200' }),
  ])
  const next = await get(`/api/products/1/reviews?limit=2&cursor=${body.next_cursor}`)
  expect(next.body.items[0].title).toBe('Title 2800')
  expect((await get('/api/products/999999/reviews')).response.status).toBe(404)
})

test('categories are a tree with counts', async () => {
  const { body } = await get('/api/categories')
  expect(body.items[0]).toMatchObject({ slug: 'home', name_ko: '집', product_count: 4000 })
  expect(body.items[0].children[0]).toEqual({
    id: 3,
    slug: 'lamps',
    name: 'Lamps',
    name_ko: '조명',
    product_count: 2000,
    children: [],
  })
})

describe('what is wrong is answered with 400, and with what to do', () => {
  const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

  test.each([
    ['/api/products/abc', 'whole number of a product'],
    ['/api/products/0', 'whole number of a product'],
    ['/api/products/-1', 'whole number of a product'],
    ['/api/products/99999999999999999999', 'whole number of a product'],
    ['/api/products?limit=0', 'limit: must be a whole number from 1 to 100'],
    ['/api/products?limit=101', 'from 1 to 100'],
    ['/api/products?limit=1e1', 'from 1 to 100'],
    ['/api/products?minPrice=x', 'minPrice: must be a price'],
    ['/api/products?maxPrice=-5', 'maxPrice: must be a price'],
    ['/api/products?sort=name', 'must be one of newest'],
    ['/api/products/1/reviews?cursor=x', 'not one of this list'],
    ['/api/products?category=nowhere', 'GET /api/categories lists them'],
    ['/api/products?cursor=%00', 'cursor'],
    ['/api/products?cursor=abc', 'Use next_cursor of the page before'],
    [`/api/products?cursor=${cursorOf(['newest desc', '2026-01-01T00:00:00.000Z', 1.5])}`, 'Use next_cursor'],
    [`/api/products?sort=price&cursor=${cursorOf(['price asc', 'NaN', 1])}`, 'Use next_cursor'],
  ])('%s', async (path, advice) => {
    const { response, body } = await get(path)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(body.detail).toContain(advice)
  })
})

test('an unknown product is answered with 404', async () => {
  const { response, body } = await get('/api/products/999999')
  expect(response.status).toBe(404)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(body.detail).toBe('There is no product 999999.')
})
