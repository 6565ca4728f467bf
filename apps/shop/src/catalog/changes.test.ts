import { expect, test } from 'bun:test'
import type { RowChange, Watched } from 'spillway/database'
import { testDatabase, until } from 'spillway/testing'
import { database } from '../database.ts'
import { watched } from './changes.ts'

const tagsOf = (table: string, change: Record<string, unknown>) => {
  const declared: Watched[] = watched
  // The rows are as the log tells them: the declared columns and nothing else.
  return declared.find(({ name }) => name === table)?.tags?.({ table, ...change } as RowChange)
}
const product = { id: 42, categoryId: 7, status: 'active', price: '19.99' }

test('a change of what a product says ends its own answers, and those that show it', () => {
  expect(tagsOf('products', { operation: 'update', old: product, new: product })).toEqual(['product:42', 'product:42'])
})

test('a product that moves to another category ends the lists of both', () => {
  const moved = { ...product, categoryId: 8 }
  const tags = tagsOf('products', { operation: 'update', old: product, new: moved })
  expect(new Set(tags)).toEqual(new Set(['product:42', 'category:7', 'category:8', 'products', 'assortment']))
})

test('a new price may put a product elsewhere in every list, and counts nothing', () => {
  const cheaper = { ...product, price: '9.99' }
  const tags = tagsOf('products', { operation: 'update', old: product, new: cheaper })
  expect(new Set(tags)).toEqual(new Set(['product:42', 'category:7', 'products']))
})

test('a new or removed product ends lists and counts', () => {
  const all = ['product:42', 'category:7', 'products', 'assortment']
  expect(tagsOf('products', { operation: 'insert', new: product })).toEqual(all)
  expect(tagsOf('products', { operation: 'delete', old: product })).toEqual(all)
})

test('what is shown with a product ends its answers', () => {
  for (const table of ['product_images', 'product_tags']) {
    expect(tagsOf(table, { operation: 'insert', new: { productId: 42 } })).toEqual(['product:42'])
  }
  expect(tagsOf('tags', { operation: 'update', old: { id: 1 }, new: { id: 1 } })).toEqual(['tags'])
  expect(tagsOf('categories', { operation: 'insert', new: { id: 7 } })).toEqual(['categories', 'category:7'])
})

test('a review ends what shows the reviews, and nothing else of the product', () => {
  expect(tagsOf('reviews', { operation: 'insert', new: { productId: 42 } })).toEqual(['reviews:42'])
})

test('views alone are no change of a product, in the database as it is', async () => {
  const { sql, stop } = await testDatabase({ database })
  const heard: string[] = []
  const end = database.changes.watch((changes) => heard.push(...changes.map(({ table }) => table)))
  await sql`insert into categories (slug, name, name_ko) values ('lamps', 'Lamps', '조명')`
  await sql`
    insert into products (category_id, name, name_ko, description, description_ko, price)
    select id, 'Lamp', '램프', '', '', 9.99 from categories`
  await sql`update products set view_count = view_count + 1`
  await sql`update products set stock = 5`
  await sql`insert into tags (name, name_ko) values ('Oak', '참나무')`
  await until(() => heard.includes('tags'))
  expect(heard).toEqual(['categories', 'products', 'products', 'tags'])
  end()
  await stop()
})
