/**
 * Ratings recounted from the reviews. The trigger on `reviews` keeps them current; this mends what it could not know of:
 * rows that were loaded without it, restored, or written by hand.
 *
 * @module
 */
import { asc, type SQL, sql } from 'drizzle-orm'
import { db } from '../../database.ts'
import { products, reviews } from '../../schema/index.ts'

export interface Recount {
  /** How many were looked at. */
  products: number
  /** How many had another rating than their reviews say. */
  corrected: number
}

/** All products, also those that are not on sale. */
export async function productIds(): Promise<number[]> {
  const rows = await db.select({ id: products.id }).from(products).orderBy(asc(products.id))
  return rows.map(({ id }) => id)
}

/** Writes only the products whose rating is wrong: each that is written ends the pages that show it. */
export async function recountRatings(ids: readonly number[]): Promise<Recount> {
  const wrong = await wronglyRated(ids)
  return { products: ids.length, corrected: wrong.length === 0 ? 0 : await correct(wrong) }
}

export function addRecounts(recounts: readonly Recount[]): Recount {
  return {
    products: recounts.reduce((sum, recount) => sum + recount.products, 0),
    corrected: recounts.reduce((sum, recount) => sum + recount.corrected, 0),
  }
}

/** One read for all, which locks nothing: usually it finds none. */
async function wronglyRated(ids: readonly number[]): Promise<number[]> {
  const rows = await db
    .select({ id: products.id })
    .from(products)
    .innerJoin(counted(ids), sql`counted.id = ${products.id}`)
    .where(isWrong)
  return rows.map(({ id }) => id)
}

/**
 * The lock comes first and in order of id, as in the trigger: a review that is being written is waited for, and counted
 * by the statement after the lock.
 */
async function correct(ids: readonly number[]): Promise<number> {
  return await db.transaction(async (tx) => {
    await tx
      .select({ id: products.id })
      .from(products)
      .where(sql`${products.id} = any(${arrayOf(ids)})`)
      .orderBy(asc(products.id))
      .for('no key update')
    const corrected = await tx
      .update(products)
      .set({ averageRating: sql`counted.average_rating`, reviewCount: sql`counted.review_count` })
      .from(counted(ids))
      .where(sql`counted.id = ${products.id} and ${isWrong}`)
      .returning({ id: products.id })
    return corrected.length
  })
}

const isWrong = sql`(${products.averageRating}, ${products.reviewCount})
  is distinct from (counted.average_rating, counted.review_count)`

/** What the reviews of these products say, by `id`. */
function counted(ids: readonly number[]): SQL {
  return sql`(
    select ids.id, coalesce(round(avg(${reviews.rating}), 2), 0) as average_rating, count(${reviews.id})::int as review_count
    from unnest(${arrayOf(ids)}) as ids (id) left join ${reviews} on ${reviews.productId} = ids.id
    group by ids.id) as counted`
}

/** One parameter, so that the statement is the same for any number of them. */
const arrayOf = (ids: readonly number[]) => sql`${`{${ids.join(',')}}`}::int[]`
