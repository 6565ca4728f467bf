/** What a list shows of a product. @module */
import { type SQL, sql } from 'drizzle-orm'
import { categories, productImages, products } from '../schema/index.ts'

/** Partial indexes only match a literal: a bound parameter would hide from the planner that the product is active. */
export const isActive: SQL = sql`${products.status} = 'active'`

/** All pictures of a product in their order. It runs after LIMIT, once for each row that is shown. */
const imageUrls = sql<string[]>`(
  select coalesce(json_agg(${productImages.url} order by ${productImages.position}), '[]')
  from ${productImages} where ${productImages.productId} = ${products.id})`

/** What a card takes from the product's own row. */
export const rowColumns = {
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

/** Select it from `products` joined with `categories`. */
export const cardColumns = {
  ...rowColumns,
  categorySlug: categories.slug,
  categoryName: categories.name,
  categoryNameKo: categories.nameKo,
  imageUrls,
}

export type ProductCard = {
  id: number
  name: string
  nameKo: string
  /** Decimal, such as `"19.99"`. */
  price: string
  stock: number
  viewCount: number
  /** Decimal from `"0.00"` (no review yet) to `"5.00"`. */
  averageRating: string
  reviewCount: number
  /** ISO 8601, as are all times in values that are cached: what holds a Date is copied for each reader. */
  createdAt: string
  categoryId: number
  categorySlug: string
  categoryName: string
  categoryNameKo: string
  imageUrls: string[]
}

/** A page of a list. */
export interface ProductPage {
  items: ProductCard[]
  nextCursor: string | null
  previousCursor: string | null
}

/** A row with its time as a value tells it. */
export function withIsoTime<Row extends { createdAt: Date }>(row: Row): Omit<Row, 'createdAt'> & { createdAt: string } {
  return { ...row, createdAt: row.createdAt.toISOString() }
}
