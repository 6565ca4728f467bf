/** What people say about a product: the spread of the ratings, then the newest words. @module */
import {
  listReviews,
  type RatingCounts,
  type Review,
  type ReviewPage,
  ratingCounts,
  starsFromBest,
} from '../../catalog/reviews.ts'
import { formatDate, formatRating } from '../../i18n/format.ts'
import type { View } from '../view.ts'
import { Stars } from './stars.tsx'

const shown = 8

interface ProductReviewsProps {
  view: View
  productId: number
  /** The reviews behind it; without it the newest. */
  cursor?: string | undefined
}

export async function ProductReviews({ view, productId, cursor }: ProductReviewsProps) {
  const [reviews, counts] = await Promise.all([listReviews(productId, shown, cursor), ratingCounts(productId)])
  return <Reviews view={view} productId={productId} isFirst={cursor === undefined} reviews={reviews} counts={counts} />
}

interface ReviewsProps {
  view: View
  productId: number
  isFirst: boolean
  reviews: ReviewPage
  counts: RatingCounts
}

export function Reviews({ view, reviews, counts, ...paging }: ReviewsProps) {
  const { t } = view
  return (
    <section class="reviews" aria-labelledby="reviews">
      <h2 id="reviews">{t.reviews}</h2>
      {reviews.items.length === 0 ? (
        <p class="quiet">{t.noReviewsHelp}</p>
      ) : (
        <div class="reviews-body">
          <RatingSpread view={view} counts={counts} />
          <div>
            <p class="quiet">{t.reviewCount(totalOf(counts).reviews)}</p>
            <ul class="review-list">
              {reviews.items.map((review) => (
                <li>
                  <ReviewText view={view} review={review} />
                </li>
              ))}
            </ul>
            <ReviewPaging view={view} {...paging} nextCursor={reviews.nextCursor} />
          </div>
        </div>
      )}
    </section>
  )
}

function totalOf(counts: RatingCounts) {
  const reviews = starsFromBest.reduce((sum, stars) => sum + counts[stars], 0)
  const stars = starsFromBest.reduce((sum, stars) => sum + stars * counts[stars], 0)
  return { reviews, average: stars / Math.max(1, reviews) }
}

function RatingSpread({ view, counts }: Pick<ReviewsProps, 'view' | 'counts'>) {
  // Of all reviews, not of the longest bar: three of five must not look like all.
  const { reviews: total, average } = totalOf(counts)
  return (
    <div class="spread">
      <p class="spread-average">
        <span aria-hidden="true">{formatRating(view.language, average)}</span>
        <Stars view={view} rating={average} />
      </p>
      <dl class="spread-rows">
        {starsFromBest.map((stars) => (
          <div>
            <dt>{view.t.starCount(stars)}</dt>
            <dd>
              <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="6" />
                <rect class="spread-bar" width={Math.round((counts[stars] / Math.max(1, total)) * 100)} height="6" />
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
        <time datetime={review.createdAt}>{formatDate(view.language, new Date(review.createdAt))}</time>
      </p>
    </article>
  )
}

type ReviewPagingProps = Pick<ReviewsProps, 'view' | 'productId' | 'isFirst'> & { nextCursor: string | null }

function ReviewPaging({ view, productId, isFirst, nextCursor }: ReviewPagingProps) {
  // The address without the words of the name, so that the reviews stay as they are when the product is renamed.
  const hrefOf = (cursor?: string) => `${view.href(`/products/${productId}`, { reviews: cursor })}#reviews`
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
