import { afterAll, afterEach, beforeAll, beforeEach, expect, spyOn, test } from 'bun:test'
import { MemoryTier } from 'spillway/cache'
import { createLogger } from 'spillway/foundation'
import { createPipeline } from 'spillway/http'
import { type TestDatabase, testDatabase } from 'spillway/testing'
import { caches } from './caches.ts'
import { findProduct } from './catalog/product.ts'
import { relatedProducts } from './catalog/related.ts'
import { insertSampleCatalogue } from './catalog/sample-catalogue.ts'
import { database } from './database.ts'
import { pages } from './pages/index.tsx'
import { startCaches } from './test-caches.ts'

let server: TestDatabase
let tier: MemoryTier
/** Names of the fragments that were rendered since the last look. */
let rendered: string[] = []

beforeAll(async () => {
  server = await testDatabase({ database })
  await insertSampleCatalogue(server.sql)
  await server.replicaCaughtUp()
})

afterAll(async () => {
  caches.stop()
  await server.stop()
})

const remember = caches.remember.bind(caches)
const watching = spyOn(caches, 'remember')

beforeEach(() => {
  tier = new MemoryTier()
  startCaches(tier)
  watching.mockImplementation((key, load, options) => {
    const noted: typeof load = (context) => {
      if (key.startsWith('fragment:')) rendered.push(key.slice('fragment:'.length))
      return load(context)
    }
    return remember(key, noted, options)
  })
})
afterEach(() => {
  rendered = []
})
afterAll(() => watching.mockRestore())

/** Without a page cache every request renders the page. */
const { fetch } = createPipeline({ routes: pages, logger: createLogger('test', 'silent'), pageCacheBytes: 0 })
const open = async (path: string, language = 'en') => {
  const response = await fetch(new Request(`http://shop.test${path}`, { headers: { 'accept-language': language } }))
  return await response.text()
}

function renderedSince(): string[] {
  return rendered.splice(0).sort()
}

test('each part of a product page is rendered once for all who see it, in each language', async () => {
  await Promise.all(Array.from({ length: 5 }, () => open('/products/1')))
  expect(renderedSince()).toEqual(['basics:1:en', 'related:1:en', 'reviews:1:en'])
  const english = await open('/products/1-product-1')
  startCaches(tier)
  expect(await open('/products/1')).toContain(english.slice(english.indexOf('<article class="product">'), -200))
  expect(renderedSince()).toEqual([])
  expect(await open('/products/1', 'ko')).toContain('<h1>상품 1</h1>')
  expect(renderedSince()).toEqual(['basics:1:ko', 'related:1:ko', 'reviews:1:ko'])
})

test('parts whose links ask for a language are parts of their own', async () => {
  expect(await open('/products/1', 'ko')).not.toContain('href="/categories/lamps?lang=ko"')
  expect(await open('/products/1?lang=ko')).toContain('href="/categories/lamps?lang=ko"')
  expect(await open('/products/1', 'ko')).not.toContain('href="/categories/lamps?lang=ko"')
})

test('a part is rendered again alone', async () => {
  const [shown] = await relatedProducts((await findProduct(1))!)
  const partsAfter = async (tag: string) => {
    await open('/products/1')
    renderedSince()
    await caches.invalidate(tag)
    await open('/products/1')
    return renderedSince()
  }
  expect(await partsAfter('product:1')).toEqual(['basics:1:en'])
  expect(await partsAfter('reviews:1')).toEqual(['reviews:1:en'])
  expect(await partsAfter(`product:${shown!.id}`)).toEqual(['related:1:en'])
  expect(await partsAfter('product:2')).toEqual([])
})

test('older reviews are no part that is kept', async () => {
  const cursor = /reviews=([\w-]+)#reviews/.exec(await open('/products/1'))?.[1]
  renderedSince()
  expect(await open(`/products/1?reviews=${cursor}`)).toContain('Title 400')
  expect(renderedSince()).toEqual([])
})
