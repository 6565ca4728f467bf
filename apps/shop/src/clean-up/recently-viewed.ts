/** What people looked at long ago. @module */
import { asc, lt, sql } from 'drizzle-orm'
import { db } from '../database.ts'
import { recentlyViewed } from '../schema/index.ts'
import { type BatchOptions, inBatches } from './in-batches.ts'

const keptDays = 90

/** @returns how many were removed. */
export async function removeOldViews(options?: BatchOptions): Promise<number> {
  return await inBatches(async (limit) => {
    // Rows that somebody else is writing are current again, or next time's; nobody waits for anybody.
    const old = db
      .select({ row: sql`ctid` })
      .from(recentlyViewed)
      .where(lt(recentlyViewed.viewedAt, sql`now() - ${keptDays} * interval '1 day'`))
      .orderBy(asc(recentlyViewed.viewedAt))
      .limit(limit)
      .for('update', { skipLocked: true })
    const removed = await db.delete(recentlyViewed).where(sql`ctid = any(array(${old}))`).returning({ one: sql`1` })
    return removed.length
  }, options)
}
