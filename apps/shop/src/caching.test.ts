import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Backend, SqliteTier } from 'spillway/cache'
import type { Watched } from 'spillway/database'
import { createLogger } from 'spillway/foundation'
import { createPipeline, SharedPages } from 'spillway/http'
import { expectQueries, type TestDatabase, testDatabase, until } from 'spillway/testing'
import app from './app.ts'
import { caches } from './caches.ts'
import { watched } from './catalog/changes.ts'
import { findProduct } from './catalog/product.ts'
import { relatedProducts } from './catalog/related.ts'
import { insertSampleCatalogue } from './catalog/sample-catalogue.ts'
import { warmCategory, warmProducts } from './catalog/warm.ts'
import { database } from './database.ts'
import { startCaches } from './test-caches.ts'

const logger = createLogger('test', 'silent')
const folder = mkdtempSync(join(tmpdir(), 'shop-caching-'))
let server: TestDatabase
/** A file for each test, which its workers share. */
let path: string
let files = 0
let backend: Backend
const backends: Backend[] = []

beforeAll(async () => {
  server = await testDatabase({ database })
  await insertSampleCatalogue(server.sql)
  await server.replicaCaughtUp()
})

afterAll(async () => {
  caches.stop()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A web worker that has just been started, over the file that all of them share. */
function startWorker(release = 'one') {
  backend = startCaches(new SqliteTier({ path }))
  backends.push(backend)
  const sharedPages = new SharedPages({ backend, release, logger })
  const { fetch } = createPipeline({ routes: app.http, logger, pageCacheBytes: 2 ** 22, sharedPages })
  return async (address: string) => {
    const response = await fetch(new Request(`http://shop.test${address}`))
    return { status: response.status, cache: response.headers.get('x-cache'), text: await response.text() }
  }
}

/** Of another release: it renders each page itself, of the values that others have loaded. */
const startNewRelease = () => startWorker('two')

beforeEach(() => {
  path = join(folder, `${files++}.db`)
})
afterEach(async () => {
  for (const opened of backends.splice(0)) await opened.close()
})

const addresses = [
  ...['/', '/products', '/products?sort=price', '/categories/home', '/categories/lamps?sort=-price', '/products/5'],
  ...['/api/products', '/api/products?category=home&limit=7', '/api/products/5', '/api/products/5/reviews'],
  '/api/categories',
]

test('what was shown once is rendered anew without the database', async () => {
  let get = startWorker()
  for (const address of addresses) await get(address)
  get = startNewRelease()
  for (const address of addresses) {
    const { status, cache } = await expectQueries(0, () => get(address))
    expect([address, status, cache]).toEqual([address, 200, 'MISS'])
  }
})

test('a worker that has just been started takes pages and values from the shared tier', async () => {
  let get = startWorker()
  const before = await Promise.all(addresses.map(get))
  get = startWorker()
  for (const [index, address] of addresses.entries()) {
    const { cache, text } = await expectQueries(0, () => get(address))
    expect([address, cache, text]).toEqual([address, 'HIT', before[index]!.text])
  }
  expect((await expectQueries(0, () => findProduct(5)))?.id).toBe(5)
})

test('lists, shelves and products share what is known of a product', async () => {
  const get = startWorker()
  await get('/products')
  const { items } = JSON.parse((await get('/api/products')).text)
  await expectQueries(0, () => get(`/api/products/${items[0].id}`))
})

describe('when another client', () => {
  /** What a web worker does with the changes that it hears of. */
  async function changed(statement: string): Promise<void> {
    const tables: string[] = []
    const end = database.changes.watch(async (changes) => {
      const declared: Watched[] = watched
      const tags = changes.flatMap((change) => {
        const { tags } = declared.find(({ name }) => name === change.table)!
        return change.operation === 'many' ? [] : tags!(change)
      })
      await backend.invalidate(tags, 'hard')
      tables.push(...changes.map(({ table }) => table))
    })
    await server.sql.unsafe(statement)
    await until(() => tables.length > 0, { what: 'the change to be heard' })
    end()
  }

  const unrelated = [
    ...['/products/2', '/products/3', '/categories/pots', '/categories/chairs?sort=price', '/categories/garden'],
    ...['/api/products/2', '/api/products?category=chairs', '/api/products/2/reviews', '/api/categories'],
  ]

  test('changes a price, all that tells it is new, and nothing else is rendered or loaded', async () => {
    const get = startWorker()
    const telling = [
      ...['/products/1', '/api/products/1', '/products?sort=price', '/api/products?sort=price'],
      ...['/categories/lamps?sort=price', '/categories/home?sort=price', '/api/products?sort=price&category=home'],
    ]
    for (const address of [...telling, ...unrelated]) await get(address)
    await changed('update products set price = 0.01 where id = 1')
    for (const address of unrelated) expect([address, (await get(address)).cache]).toEqual([address, 'HIT'])
    for (const address of telling) expect((await get(address)).text).toContain('0.01')
    for (const id of [2, 3]) await expectQueries(0, () => findProduct(id))
  })

  test('sells one, lists read that product anew and stay as they are', async () => {
    const get = startWorker()
    const address = '/products?sort=-price'
    const { items } = JSON.parse((await get('/api/products?sort=-price')).text)
    await get(address)
    await changed(`update products set stock = 3 where id = ${items[4].id}`)
    const { cache, text } = await expectQueries(1, () => get(address))
    expect(cache).toBe('MISS')
    expect(text).toContain('Only 3 left')
  })

  test('corrects the words of a review, nothing but the reviews is read anew', async () => {
    const get = startWorker()
    for (const address of ['/products/8', '/api/products/8', '/api/products/8/reviews']) await get(address)
    await changed(`update reviews set body = 'Other words' where product_id = 8`)
    expect((await get('/api/products/8')).cache).toBe('HIT')
    await expectQueries(0, () => findProduct(8))
    for (const address of ['/products/8', '/api/products/8/reviews']) {
      expect((await get(address)).text).toContain('Other words')
    }
  })

  test('writes a review, the product is read anew, and no list', async () => {
    const get = startWorker()
    for (const address of ['/products/5', '/products', '/api/products/5/reviews']) await get(address)
    await changed(`insert into reviews (product_id, user_id, rating, title) values (5, 20, 5, 'Just in')`)
    for (const address of ['/products/5', '/api/products/5/reviews']) {
      expect((await get(address)).text).toContain('Just in')
    }
    await expectQueries(0, () => get('/products?sort=newest'))
  })

  test('takes a product off the shop, it is nowhere at once', async () => {
    const get = startWorker()
    const product = (await findProduct(4))!
    const [first] = await relatedProducts(product)
    const { id, name } = first!
    for (const address of ['/products/4', '/categories/lamps', `/products/${id}`]) await get(address)
    await changed(`update products set status = 'inactive' where id = ${id}`)
    expect((await get(`/products/${id}`)).status).toBe(404)
    expect((await get('/products/4')).text).not.toContain(`>${name}<`)
    const related = await expectQueries({ max: 1 }, () => relatedProducts(product))
    expect(related.map((other) => other.id)).not.toContain(id)
  })
})

test('what anybody can make up is not kept: cursors, price ranges, sizes, products that there are not', async () => {
  const get = startWorker()
  const kept = () => [...caches.all.values()].reduce((sum, cache) => sum + cache.stats().local.entries, 0)
  const { next_cursor } = JSON.parse((await get('/api/products')).text)
  await get('/api/categories')
  const before = kept()
  const list = async (query: string): Promise<{ price: string }[]> =>
    JSON.parse((await get(`/api/products?${query}`)).text).items
  expect(await list(`cursor=${next_cursor}`)).toHaveLength(20)
  expect(await list('limit=99')).toHaveLength(99)
  expect((await list('minPrice=49')).every(({ price }) => Number(price) >= 49)).toBe(true)
  expect((await list('maxPrice=7.5&limit=3')).every(({ price }) => Number(price) <= 7.5)).toBe(true)
  for (const reference of ['999999', '6001']) expect((await get(`/products/${reference}`)).status).toBe(404)
  expect((await get('/categories/nowhere')).status).toBe(404)
  for (const limit of [1, 7, 19]) await expectQueries(0, () => get(`/api/products?limit=${limit}`))
  expect(kept()).toBe(before)
})

test('warming fills what the pages will ask for', async () => {
  startWorker()
  expect(await warmProducts([7, 8, 6001])).toBe(2)
  expect(await warmCategory('pots')).toBe(20)
  expect(await warmCategory('nowhere')).toBeUndefined()
  const get = startNewRelease()
  for (const address of ['/products/7', '/products/8', '/categories/pots']) await expectQueries(0, () => get(address))
})
