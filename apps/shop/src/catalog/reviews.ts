/** What people wrote about a product. @module */
import { and, count, eq } from 'drizzle-orm'
import { keyset } from 'spillway/database'
import { caches } from '../caches.ts'
import { db } from '../database.ts'
import { reviews, users } from '../schema/index.ts'
import { withIsoTime } from './card.ts'
import { reviewsTag } from './tags.ts'

export type Review = {
  id: number
  rating: number
  title: string
  body: string
  author: string
  /** ISO 8601. */
  createdAt: string
}

export interface ReviewPage {
  items: Review[]
  nextCursor: string | null
}

const newest = keyset('newest reviews', [
  { column: reviews.createdAt, direction: 'desc', key: 'createdAt' },
  { column: reviews.id, direction: 'desc', key: 'id' },
])

/** Of each product so many are cached; what follows is read from the database. */
const headSize = 20

/**
 * The newest reviews of a product, or those that follow a cursor.
 *
 * @throws InvalidCursorError
 */
export async function listReviews(productId: number, limit: number, cursor?: string): Promise<ReviewPage> {
  const isHead = cursor === undefined && limit <= headSize
  const found = isHead ? await newestReviews(productId) : await readReviews(productId, limit, cursor)
  const items = found.slice(0, limit)
  return { items, nextCursor: found.length > limit ? newest.cursor(items.at(-1)!) : null }
}

function newestReviews(productId: number): Promise<Review[]> {
  return caches.remember(`reviews:${productId}`, () => readReviews(productId, headSize), keptReviews(productId))
}

const keptReviews = (productId: number) => ({ strategy: 'reviews', tags: [reviewsTag({ id: productId })] })

/** One more than `limit`, if there is. */
async function readReviews(productId: number, limit: number, cursor?: string): Promise<Review[]> {
  const rows = await db
    .select({
      id: reviews.id,
      rating: reviews.rating,
      title: reviews.title,
      body: reviews.body,
      author: users.name,
      createdAt: reviews.createdAt,
    })
    .from(reviews)
    .innerJoin(users, eq(users.id, reviews.userId))
    .where(and(eq(reviews.productId, productId), newest.after(cursor)))
    .orderBy(...newest.orderBy)
    .limit(limit + 1)
  return rows.map(withIsoTime)
}

export type Stars = 1 | 2 | 3 | 4 | 5
export const starsFromBest = [5, 4, 3, 2, 1] as const satisfies readonly Stars[]
export type RatingCounts = Record<Stars, number>

/** How many reviews of a product gave how many stars. */
export function ratingCounts(productId: number): Promise<RatingCounts> {
  return caches.remember(`ratings:${productId}`, () => readRatingCounts(productId), keptReviews(productId))
}

async function readRatingCounts(productId: number): Promise<RatingCounts> {
  const rows = await db
    .select({ rating: reviews.rating, count: count() })
    .from(reviews)
    .where(eq(reviews.productId, productId))
    .groupBy(reviews.rating)
  const countOf = new Map(rows.map((row) => [row.rating, row.count]))
  return {
    1: countOf.get(1) ?? 0,
    2: countOf.get(2) ?? 0,
    3: countOf.get(3) ?? 0,
    4: countOf.get(4) ?? 0,
    5: countOf.get(5) ?? 0,
  }
}
