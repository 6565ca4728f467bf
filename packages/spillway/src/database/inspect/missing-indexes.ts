/** Where an index is probably missing. @module */
import type { TransactionSQL } from 'bun'
import type { CatalogIndex, ForeignKey } from './index-catalog.ts'

export interface ScannedTable {
  table: string
  /** Rows in it, as the statistics have it. */
  rows: number
  sequentialScans: number
  rowsReadByThem: number
  indexScans: number
}

/** Reading a smaller table as a whole is the quickest way. */
const rowsMin = 1_000
/** A nightly report or the making of an index reads a table, too. */
const scansMin = 100

/** How often each table was read as a whole, on the server that is asked, by name. */
export async function readTableScans(tx: TransactionSQL): Promise<ScannedTable[]> {
  return await tx`
    select relid::regclass::text as table, case when reltuples < 0 then n_live_tup else reltuples end::float8 as rows,
      seq_scan::float8 as "sequentialScans", seq_tup_read::float8 as "rowsReadByThem",
      coalesce(idx_scan, 0)::float8 as "indexScans"
    from pg_stat_user_tables join pg_class c on c.oid = relid`
}

/** Tables of some size that are often read as a whole, the most read first. */
export function oftenScanned(servers: ScannedTable[][]): ScannedTable[] {
  const byTable = Map.groupBy(servers.flat(), ({ table }) => table)
  return [...byTable.values()]
    .map((same) => same.reduce(sum))
    .filter(({ rows, sequentialScans, rowsReadByThem }) => {
      return rows >= rowsMin && sequentialScans >= scansMin && rowsReadByThem / sequentialScans >= rowsMin
    })
    .sort((one, other) => other.rowsReadByThem - one.rowsReadByThem)
}

function sum(one: ScannedTable, other: ScannedTable): ScannedTable {
  return {
    table: one.table,
    rows: Math.max(one.rows, other.rows),
    sequentialScans: one.sequentialScans + other.sequentialScans,
    rowsReadByThem: one.rowsReadByThem + other.rowsReadByThem,
    indexScans: one.indexScans + other.indexScans,
  }
}

/** Those whose columns lead no index: a change of the row that is referred to reads the whole table. */
export function unindexedKeys(keys: ForeignKey[], indexes: CatalogIndex[]): ForeignKey[] {
  return keys.filter((key) => !indexes.some((index) => supports(index, key)))
}

/** True when the index finds the rows that refer to one row. */
export function supports(index: CatalogIndex, { table, columns }: ForeignKey): boolean {
  if (index.table !== table || !index.isValid || index.method !== 'btree') return false
  const leading = index.keys.slice(0, columns.length).map((key) => key.split(' ')[0])
  if (!columns.every((column) => leading.includes(column))) return false
  return index.predicate === null || columns.some((column) => index.predicate === `(${column} IS NOT NULL)`)
}
