/** Fills the caches before visitors ask: what is cached already is left as it is. @module */
import { findCategory } from './categories.ts'
import { listProducts } from './list.ts'
import { headSize } from './list-head.ts'
import { findProducts } from './product.ts'
import { relatedProducts } from './related.ts'
import { listReviews, ratingCounts } from './reviews.ts'

/**
 * All that the pages of these products show. The products are read at once, the rest product after product, so that
 * visitors find connections free.
 *
 * @returns how many of them are on sale.
 */
export async function warmProducts(ids: readonly number[]): Promise<number> {
  const products = await findProducts(ids)
  for (const product of products) {
    const { id } = product
    await Promise.all([relatedProducts(product), listReviews(id, 1), ratingCounts(id)])
  }
  return products.length
}

/**
 * The first page of a category, in its usual order.
 *
 * @returns how many products it shows; undefined when there is no such category.
 */
export async function warmCategory(slug: string): Promise<number | undefined> {
  const category = await findCategory(slug)
  if (category === undefined) return undefined
  const { items } = await listProducts({ categoryId: category.id, limit: headSize })
  return items.length
}
