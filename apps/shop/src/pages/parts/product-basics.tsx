/** What the shop says of a product: where it stands, its pictures, its price and description. @module */
import { categoryPath } from '../../catalog/address.ts'
import { findProduct, type Product } from '../../catalog/product.ts'
import type { View } from '../view.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'
import { Gallery } from './gallery.tsx'
import { ProductSummary } from './product-summary.tsx'

export async function ProductBasics({ view, id }: { view: View; id: number }) {
  const product = await findProduct(id)
  if (product === undefined) return null
  return (
    <>
      <Breadcrumbs view={view} crumbs={crumbsOf(view, product)} />
      <article class="product">
        <Gallery view={view} name={view.nameOf(product)} urls={product.imageUrls} />
        <ProductSummary view={view} product={product} />
      </article>
    </>
  )
}

function crumbsOf(view: View, product: Product) {
  const category = { slug: product.categorySlug, name: product.categoryName, nameKo: product.categoryNameKo }
  const way = product.department === null ? [category] : [product.department, category]
  return way.map((step) => ({ name: view.nameOf(step), path: categoryPath(step) }))
}
