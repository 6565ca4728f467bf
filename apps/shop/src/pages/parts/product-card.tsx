/** A product in a grid: one link, so one stop for the keyboard. @module */
import { productPath } from '../../catalog/address.ts'
import type { ProductCard as Product } from '../../catalog/card.ts'
import type { View } from '../view.ts'
import { Picture } from './picture.tsx'
import { Price, StockNote } from './price.tsx'
import { Stars } from './stars.tsx'

/** Cards that are in sight at once on a phone; their pictures aren't worth delaying. */
const firstRow = 4

interface ProductGridProps {
  view: View
  products: Product[]
  /** The pictures of the first row are in sight when the page opens. */
  eager?: boolean
  /** Four in a row from tablets up, for shelves of four or eight. */
  ofFour?: boolean
}

export function ProductGrid({ view, products, eager, ofFour }: ProductGridProps) {
  return (
    <ul class={ofFour ? 'grid grid-of-four' : 'grid'}>
      {products.map((product, index) => (
        <li>
          <ProductCard view={view} product={product} loading={eager && index < firstRow ? 'eager' : 'lazy'} />
        </li>
      ))}
    </ul>
  )
}

function ProductCard({ view, product, loading }: { view: View; product: Product; loading: 'eager' | 'lazy' }) {
  const name = view.nameOf(product)
  return (
    <article class="card">
      <Picture url={product.imageUrls[0]} alt={name} loading={loading} />
      <div class="card-text">
        <p class="card-category">{view.nameOf({ name: product.categoryName, nameKo: product.categoryNameKo })}</p>
        <h3 class="card-name">
          <a href={view.href(productPath(product))}>{name}</a>
        </h3>
        <p class="card-rating">
          {product.reviewCount === 0 ? (
            view.t.noReviews
          ) : (
            <>
              <Stars view={view} rating={Number(product.averageRating)} />
              <span class="count">
                <span aria-hidden="true">({product.reviewCount})</span>
                <span class="hidden">{view.t.reviewCount(product.reviewCount)}</span>
              </span>
            </>
          )}
        </p>
        <p class="card-price">
          <Price view={view} amount={product.price} />
          {product.stock <= 5 && <StockNote view={view} stock={product.stock} />}
        </p>
      </div>
    </article>
  )
}
