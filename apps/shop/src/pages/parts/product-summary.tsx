/** What one wants to know about a product before buying it. @module */
import { categoryPath } from '../../catalog/address.ts'
import type { Product } from '../../catalog/product.ts'
import type { View } from '../view.ts'
import { Price, StockNote } from './price.tsx'
import { Stars } from './stars.tsx'

export function ProductSummary({ view, product }: { view: View; product: Product }) {
  const { t } = view
  return (
    <div class="summary">
      <h1>{view.nameOf(product)}</h1>
      {product.reviewCount > 0 && (
        <p class="summary-rating">
          <Stars view={view} rating={Number(product.averageRating)} />
          <a href="#reviews">{t.reviewCount(product.reviewCount)}</a>
        </p>
      )}
      <p class="summary-price">
        <Price view={view} amount={product.price} />
      </p>
      <p class="summary-stock">
        <StockNote view={view} stock={product.stock} />
      </p>
      <div class="prose">
        {view
          .descriptionOf(product)
          .split(/\n+/)
          .map((paragraph) => (
            <p>{paragraph}</p>
          ))}
      </div>
      <dl class="facts">
        <dt>{t.category}</dt>
        <dd>
          <a href={view.href(categoryPath({ slug: product.categorySlug }))}>
            {view.nameOf({ name: product.categoryName, nameKo: product.categoryNameKo })}
          </a>
        </dd>
        {product.tags.length > 0 && (
          <>
            <dt>{t.tags}</dt>
            <dd>{product.tags.map((tag) => view.nameOf(tag)).join(', ')}</dd>
          </>
        )}
        <dt>{t.itemNumber}</dt>
        <dd>{product.id}</dd>
      </dl>
    </div>
  )
}
