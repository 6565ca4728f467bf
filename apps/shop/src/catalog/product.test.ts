import { afterAll, beforeAll, expect, test } from 'bun:test'
import { MemoryTier } from 'spillway/cache'
import { expectQueries, type TestDatabase, testDatabase } from 'spillway/testing'
import { caches } from '../caches.ts'
import { database } from '../database.ts'
import { startCaches } from '../test-caches.ts'
import { departmentTiles } from './departments.ts'
import { findProduct, findProducts } from './product.ts'
import { relatedProducts } from './related.ts'
import { listReviews, ratingCounts } from './reviews.ts'
import { insertSampleCatalogue } from './sample-catalogue.ts'

let server: TestDatabase

beforeAll(async () => {
  startCaches(new MemoryTier(), { remembers: false })
  server = await testDatabase({ database })
  await insertSampleCatalogue(server.sql)
  await server.replicaCaughtUp()
})

afterAll(async () => {
  caches.stop()
  await server.stop()
})

test('a product comes with its pictures in order, tags, category and department, in one statement', async () => {
  const product = await expectQueries(1, () => findProduct(1))
  expect(product).toMatchObject({
    id: 1,
    name: 'Product 1',
    nameKo: '상품 1',
    price: '41.90',
    description: 'About 1',
    categorySlug: 'lamps',
    categoryName: 'Lamps',
    imageUrls: ['/first.svg', '/second.svg'],
    tags: [
      { name: 'Gift', nameKo: '선물' },
      { name: 'Oak', nameKo: '오크' },
    ],
    department: { slug: 'home', name: 'Home', nameKo: '집' },
    reviewCount: 10,
  })
  expect(product?.updatedAt).toMatch(/Z$/)
})

test('a product without pictures, tags and reviews is as complete', async () => {
  expect(await findProduct(5000)).toMatchObject({ imageUrls: [], tags: [], averageRating: '0.00', reviewCount: 0 })
})

test('what is not on sale is not found', async () => {
  expect(await findProduct(6001)).toBeUndefined()
  expect(await findProduct(999_999)).toBeUndefined()
})

test('many products come in the order of their ids, without those that are not on sale, in one statement', async () => {
  const products = await expectQueries(1, () => findProducts([9, 6001, 1, 5]))
  expect(products.map(({ id }) => id)).toEqual([9, 1, 5])
  expect(products[1]).toEqual((await findProduct(1))!)
})

test('the newest reviews come first, with their authors', async () => {
  const { items } = await listReviews(1, 3)
  expect(items.map(({ title }) => title)).toEqual(['Title 3600', 'Title 3200', 'Title 2800'])
  expect(items[0]).toMatchObject({ author: 'User 10', body: 'Body 3600' })
})

test('reviews go on behind a cursor until the last', async () => {
  const first = await listReviews(1, 7)
  const rest = await listReviews(1, 7, first.nextCursor!)
  expect([...first.items, ...rest.items].map(({ title }) => title)).toEqual(
    [3600, 3200, 2800, 2400, 2000, 1600, 1200, 800, 400, 0].map((n) => `Title ${n}`),
  )
  expect(rest.nextCursor).toBeNull()
})

test('the counts of the ratings add up to the reviews', async () => {
  const counts = await ratingCounts(2)
  const product = await findProduct(2)
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const stars = Object.entries(counts).reduce((sum, [rating, count]) => sum + Number(rating) * count, 0)
  expect(all).toBe(product!.reviewCount)
  expect((stars / all).toFixed(2)).toBe(product!.averageRating)
})

test('related products are others of the same category', async () => {
  const product = (await findProduct(1))!
  const related = await relatedProducts(product)
  expect(related).toHaveLength(4)
  expect(related.every((item) => item.categoryId === product.categoryId && item.id !== product.id)).toBe(true)
})

test('the least viewed product is followed by the most viewed of its category', async () => {
  const [{ last, first }] = await server.sql`
    select (array_agg(id order by view_count, id))[1] as last, (array_agg(id order by view_count desc, id desc))[1] as first
    from products where category_id = 3 and status = 'active'`
  const related = await relatedProducts((await findProduct(last))!)
  expect(related[0]?.id).toBe(first)
})

test('related products differ from product to product', async () => {
  const [one, other] = await Promise.all([1, 4].map(async (id) => relatedProducts((await findProduct(id))!)))
  expect(one!.map(({ id }) => id)).not.toEqual(other!.map(({ id }) => id))
})

test('a product alone in its category is related to none', async () => {
  await server.sql`insert into categories (parent_id, slug, name, name_ko) values (1, 'sheds', 'Sheds', '창고')`
  const [{ id }] = await server.sql`
    insert into products (category_id, name, name_ko, description, description_ko, price)
    select id, 'Shed', '창고', '', '', 900 from categories where slug = 'sheds' returning id`
  await server.replicaCaughtUp()
  expect(await relatedProducts((await findProduct(id))!)).toEqual([])
})

test('a department shows the picture of its most viewed product', async () => {
  await server.sql`update products set view_count = 100000 where id = 2`
  await server.sql`insert into categories (slug, name, name_ko, position) values ('empty', 'Empty', '빈', 9)`
  await server.replicaCaughtUp()
  const tiles = await departmentTiles()
  expect(tiles.map(({ slug, imageUrl }) => [slug, imageUrl])).toEqual([
    ['home', '/2.svg'],
    ['garden', null],
    ['empty', null],
  ])
})
