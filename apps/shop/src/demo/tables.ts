/** The rows of every table, in the order of the foreign keys. @module */

import type { CopyValue } from 'spillway/database'
import type { Catalogue } from './catalogue.ts'

import { orderAt } from './orders.ts'
import { userAt } from './people.ts'
import { productAt } from './products.ts'
import { reviewsOf } from './reviews.ts'
import { categoryRows } from './shelves.ts'
import { tagRows, tagsOf } from './tags.ts'

export interface TableRows {
  table: string
  columns: readonly string[]
  rows: Iterable<readonly CopyValue[]>
  /** For progress; estimated where the draws decide. */
  total: number
}

/** Nothing is generated before it is asked for, and nothing is kept: memory stays flat at any scale. */
export function tablesOf(catalogue: Catalogue): TableRows[] {
  const { products, reviews, users, orders } = catalogue.counts
  return [
    table('users', users, ['id', 'name', 'email', 'language', 'phone', 'createdAt'], () =>
      each(users, (id) => [userAt(catalogue, id)]),
    ),
    table(
      'categories',
      categoryRows.length,
      ['id', 'parentId', 'slug', 'name', 'nameKo', 'position'],
      () => categoryRows,
    ),
    table('tags', tagRows.length, ['id', 'name', 'nameKo'], () => tagRows),
    table('products', products, PRODUCT_COLUMNS, () => each(products, (id) => [productAt(catalogue, id)])),
    table('product_images', products * 2.4, ['id', 'productId', 'position', 'url', 'alt'], () =>
      numbered(each(products, (id) => imagesOf(catalogue, id))),
    ),
    table('product_tags', products * 2, ['productId', 'tagId'], () =>
      each(products, (id) => tagsOf(catalogue, id).map((tagId) => ({ productId: id, tagId }))),
    ),
    table('reviews', reviews, ['id', 'productId', 'userId', 'rating', 'title', 'body', 'createdAt'], () =>
      numbered(each(products, (id) => reviewsOf(catalogue, id))),
    ),
    table('orders', orders, ['id', 'userId', 'status', 'totalAmount', 'createdAt', 'updatedAt'], () =>
      each(orders, (id) => [orderAt(catalogue, id)]),
    ),
    table('order_items', orders * 2.5, ['id', 'orderId', 'productId', 'quantity', 'price'], () =>
      numbered(each(orders, (id) => itemsOf(catalogue, id))),
    ),
    table('payments', orders * 1.03, PAYMENT_COLUMNS, () => numbered(each(orders, (id) => paymentsOf(catalogue, id)))),
  ]
}

function imagesOf(catalogue: Catalogue, productId: number) {
  return productAt(catalogue, productId).images.map((image, position) => ({ ...image, productId, position }))
}

function itemsOf(catalogue: Catalogue, orderId: number) {
  return orderAt(catalogue, orderId).items.map((item) => ({ ...item, orderId }))
}

function paymentsOf(catalogue: Catalogue, orderId: number) {
  const { payments } = orderAt(catalogue, orderId)
  return payments.map((payment) => ({ ...payment, orderId, provider: 'test', updatedAt: payment.createdAt }))
}

const PAYMENT_COLUMNS = [
  'id',
  'orderId',
  'provider',
  'reference',
  'status',
  'amount',
  'createdAt',
  'updatedAt',
] as const

const PRODUCT_COLUMNS = [
  'id',
  'categoryId',
  'name',
  'nameKo',
  'description',
  'descriptionKo',
  'price',
  'stock',
  'status',
  'viewCount',
  'averageRating',
  'reviewCount',
  'createdAt',
  'updatedAt',
] as const

/** Picks the columns out of each row; the database writes their names in snake case. */
function table<Column extends string>(
  name: string,
  total: number,
  columns: readonly Column[],
  rows: () => Iterable<Readonly<Record<Column, CopyValue>>>,
): TableRows {
  return {
    table: name,
    total: Math.round(total),
    columns: columns.map((column) => column.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
    rows: (function* () {
      for (const row of rows()) yield columns.map((column) => row[column])
    })(),
  }
}

/** The rows of ids 1 to `count`, made one id at a time. */
function* each<Row>(count: number, rowsOf: (id: number) => Iterable<Row>): Generator<Row> {
  for (let id = 1; id <= count; id++) yield* rowsOf(id)
}

/** Ids from 1, which the sequence would not give after a seed that was rolled back. */
function* numbered<Row extends object>(rows: Iterable<Row>): Generator<Row & { id: number }> {
  let id = 0
  for (const row of rows) yield { ...row, id: ++id }
}
