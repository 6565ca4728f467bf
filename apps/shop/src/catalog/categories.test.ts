import { afterAll, beforeAll, expect, test } from 'bun:test'
import { MemoryTier } from 'spillway/cache'
import { type TestDatabase, testDatabase } from 'spillway/testing'
import { caches } from '../caches.ts'
import { database } from '../database.ts'
import { startCaches } from '../test-caches.ts'
import { categoryTree, findCategory, listDepartments } from './categories.ts'
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

test('the tree stands in order and counts what is on sale, below departments too', async () => {
  const outline = (await categoryTree()).map(({ slug, productCount, children }) => [
    slug,
    productCount,
    children.map((child) => [child.slug, child.productCount]),
  ])
  expect(outline).toEqual([
    [
      'home',
      4000,
      [
        ['lamps', 2000],
        ['chairs', 2000],
      ],
    ],
    ['garden', 2000, [['pots', 2000]]],
  ])
})

test('departments are the top of the tree', async () => {
  expect((await listDepartments()).map(({ name, nameKo }) => [name, nameKo])).toEqual([
    ['Home', '집'],
    ['Garden', '정원'],
  ])
})

test('a category knows its place', async () => {
  const home = await findCategory('home')
  expect(home?.parent).toBeNull()
  expect(home?.children.map(({ slug }) => slug)).toEqual(['lamps', 'chairs'])
  const lamps = await findCategory('lamps')
  expect(lamps).toMatchObject({ name: 'Lamps', nameKo: '조명', parent: { slug: 'home' }, children: [] })
})

test('an unknown category is not found', async () => {
  expect(await findCategory("x' or '1'='1")).toBeUndefined()
})
