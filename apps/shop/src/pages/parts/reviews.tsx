/** What people say about a product: the spread of the ratings, then the newest words. @module */
import { productPath } from '../../catalog/address.ts'
import type { Product } from '../../catalog/product.ts'
import { type Review, type Stars as StarNumber, starsFromBest } from '../../catalog/reviews.ts'
import { formatDate, formatRating } from '../../i18n/format.ts'
import type { View } from '../view.ts'
import { Stars } from './stars.tsx'

interface ReviewsProps {
  view: View
  product: Product
  reviews: { items: Review[]; nextCursor: string | null }
  counts: Record<StarNumber, number>
}

export function Reviews({ view, product, reviews, counts }: ReviewsProps) {
  const { t } = view
  return (
    <section class="reviews" aria-labelledby="reviews">
      <h2 id="reviews">{t.reviews}</h2>
      {reviews.items.length === 0 ? (
        <p class="quiet">{t.noReviewsHelp}</p>
      ) : (
        <div class="reviews-body">
          <RatingSpread view={view} product={product} counts={counts} />
          <div>
            <p class="quiet">{t.reviewCount(product.reviewCount)}</p>
            <ul class="review-list">
              {reviews.items.map((review) => (
                <li>
                  <ReviewText view={view} review={review} />
                </li>
              ))}
            </ul>
            <ReviewPaging view={view} product={product} nextCursor={reviews.nextCursor} />
          </div>
        </div>
      )}
    </section>
  )
}

function RatingSpread({ view, product, counts }: Omit<ReviewsProps, 'reviews'>) {
  const rating = Number(product.averageRating)
  // Of all reviews, not of the longest bar: three of five must not look like all.
  const total = Math.max(
    1,
    Object.values(counts).reduce((sum, count) => sum + count, 0),
  )
  return (
    <div class="spread">
      <p class="spread-average">
        <span aria-hidden="true">{formatRating(view.language, rating)}</span>
        <Stars view={view} rating={rating} />
      </p>
      <dl class="spread-rows">
        {starsFromBest.map((stars) => (
          <div>
            <dt>{view.t.starCount(stars)}</dt>
            <dd>
              <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="6" />
                <rect class="spread-bar" width={Math.round((counts[stars] / total) * 100)} height="6" />
              </svg>
              <span>{counts[stars]}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function ReviewText({ view, review }: { view: View; review: Review }) {
  return (
    <article class="review">
      <Stars view={view} rating={review.rating} />
      {review.title !== '' && <h3>{review.title}</h3>}
      {review.body !== '' && <p>{review.body}</p>}
      <p class="quiet">
        {view.t.reviewBy(review.author)}
        {' · '}
        <time datetime={review.createdAt.toISOString()}>{formatDate(view.language, review.createdAt)}</time>
      </p>
    </article>
  )
}

function ReviewPaging({ view, product, nextCursor }: { view: View; product: Product; nextCursor: string | null }) {
  const hrefOf = (cursor?: string) => `${view.href(productPath(product), { reviews: cursor })}#reviews`
  const isFirst = view.parameters['reviews'] === undefined
  if (isFirst && nextCursor === null) return null
  return (
    <p class="review-paging">
      {!isFirst && (
        <a class="button" href={hrefOf()}>
          {view.t.newestReviews}
        </a>
      )}
      {nextCursor !== null && (
        <a class="button" rel="next" href={hrefOf(nextCursor)}>
          {view.t.olderReviews}
        </a>
      )}
    </p>
  )
}
