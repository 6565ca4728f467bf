/** What else somebody who looks at a product may like. @module */
import type { ProductCard } from './card.ts'
import { listProducts } from './list.ts'
import { sorts } from './sorts.ts'

/**
 * The products that follow this one in its category by views, then again from the top. It differs from product to
 * product, comes straight from an index, and is the same for everybody, so that it can be cached.
 */
export async function relatedProducts(product: ProductCard, limit: number): Promise<ProductCard[]> {
  const inCategory = { categoryId: product.categoryId, sort: 'popular', limit } as const
  const following = await listProducts({ ...inCategory, cursor: sorts.popular.forward.cursor(product) })
  if (following.items.length === limit) return following.items
  const top = await listProducts({ ...inCategory, limit: limit + 1 })
  const chosen = new Map([...following.items, ...top.items].map((item) => [item.id, item]))
  chosen.delete(product.id)
  return [...chosen.values()].slice(0, limit)
}
