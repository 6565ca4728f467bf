/** Reports that can be looked up. @module */
import { and, eq, lte, sql } from 'drizzle-orm'
import { db } from '../database.ts'
import { reports } from '../schema/index.ts'
import type { DayRange } from './days.ts'
import type { SalesReport } from './sales-figures.ts'

export interface ReportDraft {
  kind: 'sales'
  days: DayRange
  data: SalesReport
  /** When its facts were gathered, which is when the work began. */
  gatheredAt: Date
}

/**
 * Of each kind there is one for the same days: the one with the newest facts, in whatever order they are published.
 *
 * @returns its id; undefined when a newer one is there.
 */
export async function publishReport({ kind, days, data, gatheredAt }: ReportDraft): Promise<number | undefined> {
  const tookMs = Math.max(0, Date.now() - gatheredAt.getTime())
  const [published] = await db
    .insert(reports)
    .values({ kind, ...days, data: asJson(data), generatedAt: gatheredAt, tookMs })
    .onConflictDoUpdate({
      target: [reports.kind, reports.firstDay, reports.lastDay],
      set: {
        data: sql`excluded.data`,
        generatedAt: sql`excluded.generated_at`,
        tookMs: sql`excluded.took_ms`,
      },
      setWhere: lte(reports.generatedAt, sql`excluded.generated_at`),
    })
    .returning({ id: reports.id })
  return published?.id
}

/** The client would write a text as JSON once more, and Drizzle gives it one. */
const asJson = (data: SalesReport) => sql`${JSON.stringify(data)}::text::jsonb`

export async function findReport(kind: 'sales', { firstDay, lastDay }: DayRange) {
  const [report] = await db
    .select()
    .from(reports)
    .where(and(eq(reports.kind, kind), eq(reports.firstDay, firstDay), eq(reports.lastDay, lastDay)))
  return report
}
