/** What people wrote about a product. @module */
import { and, count, eq } from 'drizzle-orm'
import { keyset } from 'spillway/database'
import { db } from '../database.ts'
import { reviews, users } from '../schema/index.ts'

export type Review = {
  id: number
  rating: number
  title: string
  body: string
  author: string
  createdAt: Date
}

interface ReviewPage {
  items: Review[]
  nextCursor: string | null
}

const newest = keyset('newest reviews', [
  { column: reviews.createdAt, direction: 'desc', key: 'createdAt' },
  { column: reviews.id, direction: 'desc', key: 'id' },
])

/**
 * The newest reviews of a product, or those that follow a cursor.
 *
 * @throws InvalidCursorError
 */
export async function listReviews(productId: number, limit: number, cursor?: string): Promise<ReviewPage> {
  const rows: Review[] = await db
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
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? newest.cursor(items.at(-1)!) : null }
}

export type Stars = 1 | 2 | 3 | 4 | 5
export const starsFromBest = [5, 4, 3, 2, 1] as const satisfies readonly Stars[]

/** How many reviews of a product gave how many stars. */
export async function ratingCounts(productId: number): Promise<Record<Stars, number>> {
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
