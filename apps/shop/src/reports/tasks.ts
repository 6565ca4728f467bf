/** How reports come about: gathered, summed up and published, each a step of its own. @module */
import { chain, task } from 'spillway/tasks'
import { z } from 'zod'
import { type DayRange, dayBefore, dayRange } from './days.ts'
import { publishReport } from './published.ts'
import { gatherSales, summariseSales } from './sales.ts'
import { salesFacts, salesReport } from './sales-figures.ts'

/** Nobody waits for a report. */
const unhurried = { queue: 'reports', priority: 2, retry: { on: 'any', delayMs: 5_000 } } as const

const gather = task('reports.gather-sales', { ...unhurried, input: dayRange }, (days) => gatherSales(days))

const summarise = task('reports.summarise-sales', { ...unhurried, input: salesFacts }, async (facts) => {
  const { days, gatheredAt } = facts
  return { kind: 'sales' as const, days, gatheredAt, data: await summariseSales(facts) }
})

const draft = z.object({
  kind: z.literal('sales'),
  days: dayRange,
  gatheredAt: z.iso.datetime(),
  data: salesReport,
})

const publish = task('reports.publish', { ...unhurried, input: draft }, async (report, { logger }) => {
  const { kind, days } = report
  const id = await publishReport({ ...report, gatheredAt: new Date(report.gatheredAt) })
  if (id === undefined) logger.info({ kind, ...days }, 'a newer report is there already')
  else logger.info({ report: id, kind, ...days }, 'report is published')
  return { report: id ?? null }
})

/** @example const { report } = await (await salesReportOf({ firstDay, lastDay }).enqueue()).result() */
export const salesReportOf = (days: DayRange) => chain(gather.with(days), summarise, publish)

/** The report of the day before the one that it is scheduled for. Its result names the workflow that makes it. */
export const reportDailySales = task(
  'reports.daily-sales',
  { ...unhurried, input: z.object({}) },
  async (_, { id, scheduledFor = new Date() }) => {
    const day = dayBefore(scheduledFor)
    // The key makes it one workflow however often this attempt is made.
    const run = await salesReportOf({ firstDay: day, lastDay: day }).enqueue({ idempotencyKey: id })
    return { workflow: run.id, day }
  },
)

export const reportTasks = [reportDailySales, gather, summarise, publish]
