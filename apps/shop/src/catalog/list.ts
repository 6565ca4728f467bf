/** Lists of products, page by page, at the same cost on every page. @module */
import { and, eq, gte, lte, or, type SQL } from 'drizzle-orm'
import type { Keyset } from 'spillway/database'
import { db } from '../database.ts'
import { categories, products } from '../schema/index.ts'
import { cardColumns, isActive, type ProductCard } from './card.ts'
import { type Sort, sorts } from './sorts.ts'

export interface ListOptions {
  /** How many products a page holds. */
  limit: number
  sort?: Sort | undefined
  /** Only this category and those below it. */
  categoryId?: number | undefined
  /** Decimal, inclusive. */
  minPrice?: string | undefined
  maxPrice?: string | undefined
  /** The page that starts after this cursor. */
  cursor?: string | undefined
  /** The page that ends before this cursor. */
  before?: string | undefined
}

export interface ProductPage {
  items: ProductCard[]
  nextCursor: string | null
  previousCursor: string | null
}

/** @throws InvalidCursorError when `cursor` or `before` isn't one that an earlier page of the same sort handed out. */
export async function listProducts(options: ListOptions): Promise<ProductPage> {
  const { forward, backward } = sorts[options.sort ?? 'newest']
  if (options.before === undefined) {
    const { items, more } = await readPage(forward, options.cursor, options)
    return {
      items,
      nextCursor: more ? forward.cursor(items.at(-1)!) : null,
      previousCursor: options.cursor === undefined || items.length === 0 ? null : backward.cursor(items[0]!),
    }
  }
  const { items, more } = await readPage(backward, options.before, options)
  // Products that vanished meanwhile can leave the first page short: show it whole instead.
  if (items.length < options.limit) return listProducts(withoutCursors(options))
  items.reverse()
  return {
    items,
    nextCursor: forward.cursor(items.at(-1)!),
    previousCursor: more ? backward.cursor(items[0]!) : null,
  }
}

function withoutCursors({ cursor: _, before: __, ...options }: ListOptions): ListOptions {
  return options
}

/** One row more than the page holds tells whether there is a next page, without a count. */
async function readPage(keys: Keyset, cursor: string | undefined, options: ListOptions) {
  const rows: ProductCard[] = await pageQuery(keys, cursor, options)
  return { items: rows.slice(0, options.limit), more: rows.length > options.limit }
}

export function pageQuery(keys: Keyset, cursor: string | undefined, options: ListOptions) {
  return db
    .select(cardColumns)
    .from(pageOf(keys, cursor, options))
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .orderBy(...keys.orderBy)
}

const pageColumns = {
  id: products.id,
  name: products.name,
  nameKo: products.nameKo,
  price: products.price,
  stock: products.stock,
  viewCount: products.viewCount,
  averageRating: products.averageRating,
  reviewCount: products.reviewCount,
  createdAt: products.createdAt,
  categoryId: products.categoryId,
}

/** The page's rows, under the name `products` so that the query around it reads them like the table. */
function pageOf(keys: Keyset, cursor: string | undefined, options: ListOptions) {
  const rows = (...conditions: (SQL | undefined)[]) =>
    db
      .select(pageColumns)
      .from(products)
      .where(and(isActive, priceBetween(options), keys.after(cursor), ...conditions))
      .orderBy(...keys.orderBy)
      .limit(options.limit + 1)

  if (options.categoryId === undefined) return rows().as('products')

  // A department spans many categories, and one index scan can't merge them in order: each gives its first rows instead.
  const branch = db
    .select({ id: categories.id })
    .from(categories)
    .where(or(eq(categories.id, options.categoryId), eq(categories.parentId, options.categoryId)))
    .as('branch')
  return db
    .select(pageColumns)
    .from(branch)
    .crossJoinLateral(rows(eq(products.categoryId, branch.id)).as('products'))
    .orderBy(...keys.orderBy)
    .limit(options.limit + 1)
    .as('products')
}

function priceBetween({ minPrice, maxPrice }: ListOptions): SQL | undefined {
  return and(
    minPrice === undefined ? undefined : gte(products.price, minPrice),
    maxPrice === undefined ? undefined : lte(products.price, maxPrice),
  )
}
