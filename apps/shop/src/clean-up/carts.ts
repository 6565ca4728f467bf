/** Carts that their guests have left. @module */
import { and, asc, isNull, lt, sql } from 'drizzle-orm'
import { db } from '../database.ts'
import { carts } from '../schema/index.ts'
import { type BatchOptions, inBatches } from './in-batches.ts'

const keptDays = 30

/** Those of people who have an account stay. @returns how many were removed, with all that was in them. */
export async function removeLeftCarts(options?: BatchOptions): Promise<number> {
  return await inBatches(async (limit) => {
    // A cart that is being written is somebody's.
    const left = db
      .select({ id: carts.id })
      .from(carts)
      .where(and(isNull(carts.userId), lt(carts.updatedAt, sql`now() - ${keptDays} * interval '1 day'`)))
      .orderBy(asc(carts.updatedAt))
      .limit(limit)
      .for('update', { skipLocked: true })
    const removed = await db.delete(carts).where(sql`${carts.id} = any(array(${left}))`).returning({ id: carts.id })
    return removed.length
  }, options)
}
