/**
 * How many rows, without reading them all.
 *
 * @module
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { type AnyPgTable, getTableConfig, PgTable } from 'drizzle-orm/pg-core'

export interface RowCount {
  count: number
  /** `exact`; `estimate`, which may be off by a few per cent, for a filtered query by more; or `at-least`. */
  kind: 'exact' | 'estimate' | 'at-least'
}

/** A Drizzle client, as far as counting goes. */
interface Executor {
  execute(query: SQL): PromiseLike<unknown>
}

/** How far a table is counted of which the planner knows nothing yet. */
const unknownMax = 10_000

/**
 * The rows of a table, or of a query, as the planner estimates them: a few milliseconds at any size.
 * A table that was never analysed is counted, up to 10,000 rows.
 *
 * @example
 * const { count } = await estimatedCount(db, products)
 * const cheap = await estimatedCount(db, db.select().from(products).where(lt(products.price, '10')))
 */
export async function estimatedCount(db: Executor, of: AnyPgTable | SQLWrapper): Promise<RowCount> {
  return of instanceof PgTable ? await tableCount(db, of) : await queryCount(db, of)
}

/**
 * Counts exactly up to `max` rows and reads no more than one beyond: what a list's header needs to say "1,000+".
 *
 * @example
 * const { count, kind } = await countUpTo(db, db.select().from(products).where(lt(products.price, '10')), 1_000)
 * const label = kind === 'exact' ? `${count}` : `${count}+`
 */
export async function countUpTo(db: Executor, of: AnyPgTable | SQLWrapper, max: number): Promise<RowCount> {
  const [row] = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from (select 1 from ${of} as counted limit ${max + 1}) as bounded`,
  )
  const count = row?.count ?? 0
  return count > max ? { count: max, kind: 'at-least' } : { count, kind: 'exact' }
}

/** As the planner does it: the density of the last analyze, times the pages that the table has by now. */
async function tableCount(db: Executor, table: AnyPgTable): Promise<RowCount> {
  const { name, schema } = getTableConfig(table)
  const identifier = [...(schema ? [schema] : []), name].map(quoted).join('.')
  const [row] = await rows<{ known: boolean; count: number }>(
    db,
    sql`
      select coalesce(bool_and(pages = 0 or (reltuples >= 0 and relpages > 0)), true) as known,
        coalesce(sum(reltuples / nullif(relpages, 0) * pages), 0)::float8 as count
      from (
        select reltuples, relpages, pg_relation_size(oid) / current_setting('block_size')::int as pages
        from pg_class
        where relkind in ('r', 'm', 'f') and (oid = ${identifier}::regclass
          or oid in (select relid from pg_partition_tree(${identifier}::regclass) where isleaf))
      ) as parts`,
  )
  return row?.known ? { count: Math.round(row.count), kind: 'estimate' } : await countUpTo(db, table, unknownMax)
}

async function queryCount(db: Executor, query: SQLWrapper): Promise<RowCount> {
  const [row] = await rows<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    db,
    sql`explain (format json) ${query}`,
  )
  return { count: row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0, kind: 'estimate' }
}

async function rows<Row>(db: Executor, query: SQL): Promise<Row[]> {
  // Drizzle types what `execute` returns as records of unknown values.
  return (await db.execute(query)) as Row[]
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
