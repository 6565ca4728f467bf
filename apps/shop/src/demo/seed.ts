/**
 * Fills an empty shop with demo data: the same scale and reference always give the same rows.
 *
 * @module
 */
import { copyRows } from 'spillway/database'
import { SpillwayError } from 'spillway/foundation'
import { planCatalogue } from './catalogue.ts'
import { tablesOf } from './tables.ts'

export interface SeedProgress {
  /** The table that is being filled. */
  step: string
  done: number
  total: number
}

export interface SeedOptions {
  /** A client of the primary. */
  sql: Bun.SQL
  /** 1 is 10,000 products, 50,000 reviews, 2,000 users and 20,000 orders. From 0.01, for tests, to 100. */
  scale?: number
  /** Empties the shop first. Without it, a shop that has data is refused. */
  replace?: boolean
  /** Every date lies before it; by default the start of the day in UTC. */
  reference?: Date
  progress?: (progress: SeedProgress) => void
}

/** How many rows went into each table. */
export type SeedSummary = Record<string, number>

const MIN_SCALE = 0.01
const MAX_SCALE = 100

/**
 * Seeds everything in one transaction, so that an interrupted run leaves nothing behind.
 *
 * @throws SpillwayError `SEED_SCALE_INVALID` when the scale is not from 0.01 to 100
 * @throws SpillwayError `SEED_NOT_EMPTY` when the shop has data and `replace` is not set
 *
 * @example
 * await seedDemoData({ sql, scale: 1, progress: ({ step, done, total }) => bar.update(step, done / total) })
 */
export async function seedDemoData(options: SeedOptions): Promise<SeedSummary> {
  const { sql, scale = 1, replace = false, reference = startOfToday(), progress } = options
  if (!(scale >= MIN_SCALE && scale <= MAX_SCALE))
    throw new SpillwayError(
      'SEED_SCALE_INVALID',
      `The scale is ${scale}, which is not from ${MIN_SCALE} to ${MAX_SCALE}`,
      {
        hint: 'Give a scale such as 1 (10,000 products) or 10 (100,000 products).',
      },
    )

  return await sql.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`
    await clear(transaction, replace)
    const catalogue = planCatalogue({ scale, reference })
    const summary: SeedSummary = {}
    for (const { table, columns, rows, total } of tablesOf(catalogue)) {
      const report = (done: number) => progress?.({ step: table, done, total: Math.max(total, done) })
      report(0)
      summary[table] = await copyRows(transaction, { table, columns, rows, progress: report })
      if (columns.includes('id')) await advanceSequence(transaction, table)
    }
    await transaction.unsafe(`analyze ${TABLES.join(', ')}`)
    return summary
  })
}

function startOfToday(): Date {
  return new Date(new Date().setUTCHours(0, 0, 0, 0))
}

/** Every table that holds a shop's data; the demo fills those with rows of its own, but for what follows from them. */
const TABLES = [
  'users',
  'categories',
  'tags',
  'products',
  'product_images',
  'product_tags',
  'reviews',
  'orders',
  'order_items',
  'payments',
  'reports',
] as const

/** The lock keeps a second seed or an early customer out until the commit. */
async function clear(sql: Bun.SQL, replace: boolean): Promise<void> {
  await sql.unsafe(`lock table ${TABLES.join(', ')} in share row exclusive mode`)
  if (replace) {
    await sql.unsafe(`truncate ${TABLES.join(', ')} restart identity cascade`)
    return
  }
  for (const table of TABLES) {
    const rows = await sql.unsafe(`select 1 from ${table} limit 1`)
    if (rows.length > 0) throw notEmpty(table)
  }
}

function notEmpty(table: string): SpillwayError {
  const what = table.replace('_', ' ')
  return new SpillwayError('SEED_NOT_EMPTY', `The shop already has ${what}, so no demo data was added`, {
    hint: 'Seed an empty database, or let the seed replace everything that the shop has.',
  })
}

async function advanceSequence(sql: Bun.SQL, table: string): Promise<void> {
  await sql.unsafe(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`)
}
