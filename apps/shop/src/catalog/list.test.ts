import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { MemoryTier } from 'spillway/cache'
import { InvalidCursorError } from 'spillway/database'
import { expectQueries, type TestDatabase, testDatabase } from 'spillway/testing'
import { caches } from '../caches.ts'
import { database } from '../database.ts'
import { startCaches } from '../test-caches.ts'
import { type ListOptions, listProducts } from './list.ts'
import { selectCards } from './list-rows.ts'
import { insertSampleCatalogue } from './sample-catalogue.ts'
import { type Sort, sortNames, sorts } from './sorts.ts'

let server: TestDatabase
const home = 2
const lamps = 3

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

const orders: Record<Sort, string> = {
  newest: 'created_at desc, id desc',
  popular: 'view_count desc, id desc',
  rating: 'average_rating desc, review_count desc, id desc',
  price: 'price, id',
  '-price': 'price desc, id desc',
}

async function idsInOrder(sort: Sort, condition = 'true'): Promise<number[]> {
  const rows = await server.sql.unsafe(
    `select id from products where status = 'active' and ${condition} order by ${orders[sort]}`,
  )
  return rows.map((row: { id: number }) => row.id)
}

/** Every page from the first to the last. */
async function walk(options: Omit<ListOptions, 'limit'>, limit = 100) {
  const pages = [await listProducts({ ...options, limit })]
  for (let cursor = pages[0]!.nextCursor; cursor !== null; cursor = pages.at(-1)!.nextCursor) {
    pages.push(await listProducts({ ...options, limit, cursor }))
  }
  return pages
}

const idsOf = (pages: { items: { id: number }[] }[]) => pages.flatMap(({ items }) => items.map(({ id }) => id))

describe.each([...sortNames])('sorted by %s', (sort) => {
  test('paging shows each active product once, in order', async () => {
    expect(idsOf(await walk({ sort }))).toEqual(await idsInOrder(sort))
  })

  test('a department is its categories merged in order', async () => {
    const expected = await idsInOrder(sort, 'category_id in (3, 4)')
    expect(idsOf(await walk({ sort, categoryId: home }))).toEqual(expected)
  })

  test('going back shows the same pages', async () => {
    const [first, second, third] = await walk({ sort, categoryId: lamps, maxPrice: '10' }, 20)
    const back = { sort, categoryId: lamps, maxPrice: '10', limit: 20 }
    const secondAgain = await listProducts({ ...back, before: third!.previousCursor! })
    expect(idsOf([secondAgain])).toEqual(idsOf([second!]))
    const firstAgain = await listProducts({ ...back, before: secondAgain.previousCursor! })
    expect(idsOf([firstAgain])).toEqual(idsOf([first!]))
    expect(firstAgain.previousCursor).toBeNull()
    expect(firstAgain.nextCursor).toBe(first!.nextCursor)
  })

  test('a page at any depth is read from an index', async () => {
    const whole = await walk({ sort }, 1000)
    const cursor = whole[3]!.nextCursor!
    expect(await productsRead({ sort, cursor, limit: 20 })).toBe(21)
  })
})

test.each(['newest', 'popular', 'price', '-price'] as const)('a category by %s is read from an index', async (sort) => {
  const pages = await walk({ sort, categoryId: home }, 1000)
  const cursor = pages[1]!.nextCursor!
  // One page from each of the two categories, and none from the department itself.
  expect(await productsRead({ sort, categoryId: home, cursor, limit: 20 })).toBe(2 * 21)
})

test('a page is one query, however many products it shows', async () => {
  const { items } = await expectQueries(1, () => listProducts({ categoryId: home, limit: 100 }))
  expect(items).toHaveLength(100)
})

test('a price range includes its ends', async () => {
  const pages = await walk({ sort: 'price', minPrice: '10.00', maxPrice: '12.5' })
  expect(idsOf(pages)).toEqual(await idsInOrder('price', 'price between 10 and 12.5'))
})

test('nothing found is an empty page without neighbours', async () => {
  const page = await listProducts({ minPrice: '99999', limit: 20 })
  expect(page).toEqual({ items: [], nextCursor: null, previousCursor: null })
})

test('a cursor of another sort is refused', async () => {
  const { nextCursor } = await listProducts({ sort: 'popular', limit: 20 })
  await expect(listProducts({ sort: 'price', limit: 20, cursor: nextCursor! })).rejects.toThrow(InvalidCursorError)
})

test('a first page that has become short is shown whole', async () => {
  const [first, second] = await walk({ sort: 'price', categoryId: lamps, maxPrice: '2' }, 5)
  const before = second!.previousCursor!
  const gone = first!.items[0]!.id
  await server.sql`update products set status = 'inactive' where id = ${gone}`
  await server.replicaCaughtUp()
  const page = await listProducts({ sort: 'price', categoryId: lamps, maxPrice: '2', limit: 5, before })
  expect(idsOf([page])).toEqual((await idsInOrder('price', 'category_id = 3 and price <= 2')).slice(0, 5))
  expect(page.previousCursor).toBeNull()
  await server.sql`update products set status = 'active' where id = ${gone}`
  await server.replicaCaughtUp()
})

test('a card carries what a list shows', async () => {
  const [product] = await idsInOrder('newest')
  const { items } = await listProducts({ limit: 1 })
  expect(items[0]).toMatchObject({ id: product, name: `Product ${product}`, categorySlug: 'pots', imageUrls: [] })
  expect(items[0]?.createdAt).toMatch(/^2026-01-01T.*Z$/)
})

interface PlanNode {
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: PlanNode[]
}

/** How many rows of `products` a page's query touches: those of a whole scan or sort would count. */
async function productsRead(options: ListOptions): Promise<number> {
  const { forward } = sorts[options.sort ?? 'newest']
  const { sql, params } = selectCards(forward, options.cursor, options).toSQL()
  const [row] = await server.sql.unsafe(`explain (analyze, format json) ${sql}`, params)
  const touched = (node: PlanNode): number => {
    const own = node['Relation Name'] === 'products' ? node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) : 0
    return own * node['Actual Loops'] + (node.Plans ?? []).reduce((sum, child) => sum + touched(child), 0)
  }
  return Math.round(touched(row['QUERY PLAN'][0].Plan))
}
