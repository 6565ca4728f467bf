/** A shelf of what else one may like. @module */
import type { Product } from '../../catalog/product.ts'
import { relatedProducts } from '../../catalog/related.ts'
import { productTag } from '../../catalog/tags.ts'
import type { View } from '../view.ts'
import { ProductGrid } from './product-card.tsx'

interface RelatedProductsProps {
  view: View
  product: Product
  /** Told the tags of what is shown. */
  tag: (...tags: string[]) => void
}

export async function RelatedProducts({ view, product, tag }: RelatedProductsProps) {
  const related = await relatedProducts(product)
  tag(...related.map(productTag))
  if (related.length === 0) return null
  return (
    <section aria-labelledby="related">
      <h2 id="related">{view.t.relatedProducts}</h2>
      <ProductGrid view={view} products={related} ofFour />
    </section>
  )
}
