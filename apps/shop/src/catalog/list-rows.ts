/** The query behind every list of products: its rows from an index, however deep the page. @module */
import { and, eq, gte, lte, or, type SQL } from 'drizzle-orm'
import type { Keyset } from 'spillway/database'
import { db } from '../database.ts'
import { categories, products } from '../schema/index.ts'
import { cardColumns, isActive, rowColumns } from './card.ts'

export interface ListFilter {
  /** How many products a page holds. */
  limit: number
  /** Only this category and those below it. */
  categoryId?: number | undefined
  /** Decimal, inclusive. */
  minPrice?: string | undefined
  maxPrice?: string | undefined
}

/** The rows of a page and one more, which tells whether there is a next page, without a count. */
export function selectRows(keys: Keyset, cursor: string | undefined, filter: ListFilter) {
  const rows = (...conditions: (SQL | undefined)[]) =>
    db
      .select(rowColumns)
      .from(products)
      .where(and(isActive, priceBetween(filter), keys.after(cursor), ...conditions))
      .orderBy(...keys.orderBy)
      .limit(filter.limit + 1)

  if (filter.categoryId === undefined) return rows()

  // A department spans many categories, and one index scan can't merge them in order: each gives its first rows instead.
  const branch = db
    .select({ id: categories.id })
    .from(categories)
    .where(or(eq(categories.id, filter.categoryId), eq(categories.parentId, filter.categoryId)))
    .as('branch')
  const rowsOfEach = rows(eq(products.categoryId, branch.id)).as('products')
  return db
    .select(rowColumns)
    .from(branch)
    .crossJoinLateral(rowsOfEach)
    .orderBy(...keys.orderBy)
    .limit(filter.limit + 1)
}

/** The same rows as cards. They go by the name `products`, so that the query around them reads them like the table. */
export function selectCards(keys: Keyset, cursor: string | undefined, filter: ListFilter) {
  return db
    .select(cardColumns)
    .from(selectRows(keys, cursor, filter).as('products'))
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .orderBy(...keys.orderBy)
}

function priceBetween({ minPrice, maxPrice }: ListFilter): SQL | undefined {
  return and(
    minPrice === undefined ? undefined : gte(products.price, minPrice),
    maxPrice === undefined ? undefined : lte(products.price, maxPrice),
  )
}
