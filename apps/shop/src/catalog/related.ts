/** What else somebody who looks at a product may like. @module */
import { caches } from '../caches.ts'
import { selectRows } from './list-rows.ts'
import { findProducts, type Product } from './product.ts'
import { sorts } from './sorts.ts'

const shown = 4

/**
 * The products that follow this one in its category by views, then again from the top. It differs from product to
 * product, comes straight from an index, and is the same for everybody, so that it can be cached. What is taken off the
 * shop is gone at once; who takes its place is chosen half an hour later at the latest.
 */
export async function relatedProducts(product: Product): Promise<Product[]> {
  const ids = await caches.remember(`related:${product.id}`, () => relatedIds(product), { strategy: 'related' })
  return await findProducts(ids)
}

async function relatedIds(product: Product): Promise<number[]> {
  const mostViewed = sorts.popular.forward
  const idsFrom = async (cursor?: string) => {
    const rows = await selectRows(mostViewed, cursor, { categoryId: product.categoryId, limit: shown })
    // Its views may have changed since it was read: then it follows itself.
    return rows.map(({ id }) => id).filter((id) => id !== product.id)
  }
  const following = await idsFrom(mostViewed.cursor(product))
  if (following.length >= shown) return following.slice(0, shown)
  return [...new Set([...following, ...(await idsFrom())])].slice(0, shown)
}
