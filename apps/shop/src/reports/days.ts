/** Days of the shop, as reports are about them. @module */
import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { shopTimeZone } from '../time-zone.ts'

/** A leap year: what a report takes is bounded. */
const daysMax = 366
const dayMs = 86_400_000

/** `2026-01-31`, both included. */
export const dayRange = z
  .object({ firstDay: z.iso.date(), lastDay: z.iso.date() })
  .refine(({ firstDay, lastDay }) => firstDay <= lastDay, 'expected the first day not to be after the last')
  .refine(
    ({ firstDay, lastDay }) => Date.parse(lastDay) - Date.parse(firstDay) < daysMax * dayMs,
    `expected ${daysMax} days at most`,
  )

export type DayRange = z.infer<typeof dayRange>

/** @example dayBefore(new Date('2026-03-01T01:00:00Z')) // '2026-02-28' */
export function dayBefore(moment: Date, timeZone: string = shopTimeZone): string {
  // Swedish dates are ISO's.
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(moment)
  return new Date(Date.parse(today) - dayMs).toISOString().slice(0, 10)
}

/** Whether a moment lies in the range, whatever the clocks do in it. */
export function within(moment: PgColumn, { firstDay, lastDay }: DayRange, timeZone: string = shopTimeZone): SQL {
  return sql`${moment} >= ${firstDay}::date::timestamp at time zone ${timeZone}
    and ${moment} < (${lastDay}::date + 1)::timestamp at time zone ${timeZone}`
}
