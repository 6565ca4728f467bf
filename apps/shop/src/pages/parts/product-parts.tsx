/**
 * The parts of a product's page. Each is rendered once for all who see it, and loads what it shows by itself: what the page
 * has read before could be older than the part.
 *
 * @module
 */
import { Cached } from 'spillway/http'
import { caches } from '../../caches.ts'
import { tagsOf } from '../../catalog/product.ts'
import { reviewsTag } from '../../catalog/tags.ts'
import type { View } from '../view.ts'
import { ProductBasics } from './product-basics.tsx'
import { RelatedProducts } from './related-products.tsx'
import { ProductReviews } from './reviews.tsx'

interface ProductPartsProps {
  view: View
  id: number
  reviewsCursor: string | undefined
}

export function ProductParts({ view, id, reviewsCursor }: ProductPartsProps) {
  const of = `${id}:${view.variant}`
  return (
    <>
      <Cached cache={caches} name={`basics:${of}`} strategy="basics" tags={tagsOf(id)}>
        {() => <ProductBasics view={view} id={id} />}
      </Cached>
      {reviewsCursor === undefined ? (
        <Cached cache={caches} name={`reviews:${of}`} strategy="reviews" tags={[reviewsTag({ id })]}>
          {() => <ProductReviews view={view} productId={id} />}
        </Cached>
      ) : (
        // Of cursors there are as many as anybody likes.
        <ProductReviews view={view} productId={id} cursor={reviewsCursor} />
      )}
      <Cached cache={caches} name={`related:${of}`} strategy="related">
        {({ tag }) => <RelatedProducts view={view} id={id} tag={tag} />}
      </Cached>
    </>
  )
}
