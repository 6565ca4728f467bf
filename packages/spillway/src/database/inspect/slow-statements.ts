/**
 * Which statements take the server's time, by pg_stat_statements.
 *
 * @module
 */
import { SQL, type TransactionSQL } from 'bun'
import { SpillwayError } from '../../foundation/index.ts'
import { type InquiryOptions, inquire, seesAllStatistics } from './inquiry.ts'
import { maskLiterals } from './masked.ts'

export interface SlowStatement {
  /** The server's name for the statement; its replicas use the same. */
  queryId: string
  /** On one line, values masked. */
  statement: string
  calls: number
  totalMs: number
  meanMs: number
  maxMs: number
  /** Returned or changed, over all calls. */
  rows: number
  /** Of the time of all statements of this database, 0 to 1. */
  share: number
  /** Of the pages it needed, those found in shared buffers, 0 to 1; null when it needed none. */
  hitRatio: number | null
  /** Written to temporary files because it didn't fit into `work_mem`. */
  tempBytes: number
}

export interface SlowStatements {
  statements: SlowStatement[]
  /** Counted since then. */
  since: Date
  /** False when statements of other users are left out, for lack of `pg_read_all_stats`. */
  seesAll: boolean
}

export type StatementOrder = 'total' | 'mean' | 'calls'

export interface SlowStatementsOptions extends InquiryOptions {
  /** Default 20. */
  limit?: number
  /** Default `total`: what most is to be gained from comes first. */
  sort?: StatementOrder
  /** Only those that take this long on average. */
  minMs?: number
}

/** The whole names, because a parameter can't stand for a column. */
const orders: Record<StatementOrder, string> = { total: 'total_ms', mean: 'mean_ms', calls: 'calls' }

/**
 * The statements of the current database that cost most.
 *
 * @throws {SpillwayError} `STATEMENTS_NOT_TRACKED` when the extension is missing.
 * @example
 * const { statements } = await slowStatements(sql, { sort: 'mean', minMs: 50 })
 */
export async function slowStatements(
  sql: SQL,
  { limit = 20, sort = 'total', minMs = 0, ...options }: SlowStatementsOptions = {},
): Promise<SlowStatements> {
  return await tracked(sql, options, async (tx, schema) => {
    const rows: SlowStatement[] = await tx`
      with counted as (
        select queryid, min(query) as statement, sum(calls)::float8 as calls, sum(total_exec_time) as total_ms,
          sum(total_exec_time) / greatest(sum(calls), 1)::float8 as mean_ms, max(max_exec_time) as max_ms,
          sum(rows)::float8 as rows,
          sum(total_exec_time) / nullif(sum(sum(total_exec_time)) over (), 0) as share,
          (sum(shared_blks_hit) / nullif(sum(shared_blks_hit + shared_blks_read), 0))::float8 as hit_ratio,
          (sum(temp_blks_written) * current_setting('block_size')::int)::float8 as temp_bytes
        from ${tx.unsafe(schema)}.pg_stat_statements
        where dbid = (select oid from pg_database where datname = current_database())
        group by queryid
      )
      select queryid::text as "queryId", statement, calls, total_ms as "totalMs", mean_ms as "meanMs", max_ms as "maxMs",
        rows, coalesce(share, 0) as share, hit_ratio as "hitRatio", temp_bytes as "tempBytes"
      from counted
      where mean_ms >= ${minMs} and queryid is not null
      order by ${tx.unsafe(orders[sort])} desc, queryid limit ${limit}`
    const [{ since }] = await tx`select stats_reset as since from ${tx.unsafe(schema)}.pg_stat_statements_info`
    const statements = rows.map((row) => ({ ...row, statement: maskLiterals(row.statement) }))
    return { statements, since, seesAll: await seesAllStatistics(tx) }
  })
}

/** The text of a statement as the server keeps it, `$1` … for the values it left out; undefined when it knows none such. */
export async function statementText(
  sql: SQL,
  queryId: string,
  options: InquiryOptions = {},
): Promise<string | undefined> {
  return await tracked(sql, options, async (tx, schema) => {
    const [row]: { query: string }[] = await tx`
      select query from ${tx.unsafe(schema)}.pg_stat_statements
      where queryid::text = ${queryId} and dbid = (select oid from pg_database where datname = current_database())
      order by query limit 1`
    return row?.query
  })
}

/** Forgets what was counted for the current database. Needs the right to call `pg_stat_statements_reset`. */
export async function resetStatements(sql: SQL, options: InquiryOptions = {}): Promise<void> {
  await tracked(sql, options, async (tx, schema) => {
    await tx`
      select ${tx.unsafe(schema)}.pg_stat_statements_reset(0, oid, 0) from pg_database where datname = current_database()`
  })
}

/** `ask` is given the schema that the extension lives in. */
async function tracked<Answer>(
  sql: SQL,
  options: InquiryOptions,
  ask: (tx: TransactionSQL, schema: string) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await inquire(sql, async (tx) => await ask(tx, await schemaOfExtension(tx)), options)
  } catch (error) {
    // What every function of the extension says until the server has loaded its library.
    if (error instanceof SQL.PostgresError && error.errno === '55000') throw notTracked('its library is not loaded')
    throw error
  }
}

async function schemaOfExtension(tx: TransactionSQL): Promise<string> {
  const [extension] = await tx`
    select extnamespace::regnamespace::text as schema from pg_extension where extname = 'pg_stat_statements'`
  if (!extension) throw notTracked('the extension pg_stat_statements is not in this database')
  return extension.schema
}

function notTracked(reason: string): SpillwayError {
  return new SpillwayError('STATEMENTS_NOT_TRACKED', `The server doesn't count statements: ${reason}.`, {
    hint: "Set shared_preload_libraries = 'pg_stat_statements', restart the server, and run `create extension pg_stat_statements` in this database.",
  })
}
