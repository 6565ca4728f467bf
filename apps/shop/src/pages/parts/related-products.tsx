/** A shelf of what else one may like. @module */
import { findProduct } from '../../catalog/product.ts'
import { relatedProducts } from '../../catalog/related.ts'
import { productTag } from '../../catalog/tags.ts'
import type { View } from '../view.ts'
import { ProductGrid } from './product-card.tsx'

interface RelatedProductsProps {
  view: View
  id: number
  /** Told the tags of what is shown. */
  tag: (...tags: string[]) => void
}

export async function RelatedProducts({ view, id, tag }: RelatedProductsProps) {
  const product = await findProduct(id)
  const related = product === undefined ? [] : await relatedProducts(product)
  tag(...related.map(productTag))
  if (related.length === 0) return null
  return (
    <section aria-labelledby="related">
      <h2 id="related">{view.t.relatedProducts}</h2>
      <ProductGrid view={view} products={related} ofFour />
    </section>
  )
}
