/** What was found out about the shop, to be looked up rather than computed again. @module */
import { date, integer, jsonb, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core'
import type { SalesReport } from '../reports/sales-figures.ts'

/** One of each kind for each range of days. */
export const reports = pgTable(
  'reports',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind', { enum: ['sales'] }).notNull(),
    /** Days of the shop's time zone, both included: `2026-01-31`. */
    firstDay: date('first_day').notNull(),
    lastDay: date('last_day').notNull(),
    data: jsonb('data').$type<SalesReport>().notNull(),
    /** When its facts were gathered. */
    generatedAt: timestamp('generated_at', { withTimezone: true, precision: 3 }).notNull(),
    tookMs: integer('took_ms').notNull(),
  },
  (table) => [unique('reports_kind_days_key').on(table.kind, table.firstDay, table.lastDay)],
)
