/**
 * Declares which changes of a table are told, and what of a row they carry.
 *
 * @module
 */
import { type Column, getTableColumns } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { SpillwayError } from '../../foundation/index.ts'

type Row = Record<string, unknown>

/** One row that was inserted, updated or deleted, with the declared columns' values before and after. */
export type RowChange<R = Row> =
  | { readonly table: string; readonly operation: 'insert'; readonly new: R }
  | { readonly table: string; readonly operation: 'update'; readonly old: R; readonly new: R }
  | { readonly table: string; readonly operation: 'delete'; readonly old: R }

/**
 * Anything in the table may have changed: it was truncated, one transaction changed very many of its rows, or changes
 * were missed and nobody knows which.
 */
export interface TableChange {
  readonly table: string
  readonly operation: 'many'
}

/** A change of a watched table that has been committed, by whichever client. */
export type Change<R = Row> = RowChange<R> | TableChange

export interface WatchOptions<Table extends PgTable, Key extends keyof Table['$inferSelect']> {
  /** What a change carries of its row: what readers need to know whom it concerns, usually the keys. */
  columns: readonly Key[]
  /** Columns whose changes are nobody's business, such as counters. */
  ignore?: readonly Exclude<keyof Table['$inferSelect'], Key>[]
  /** The cache tags that a changed row invalidates; when `many` rows have changed, every page goes. */
  tags?(change: RowChange<Pick<Table['$inferSelect'], Key>>): string[]
}

/** A watched table, as `watch` returns it. */
export interface Watched<R = Row> {
  /** The table's name, with its schema unless that is `public`: the `table` of its changes. */
  readonly name: string
  readonly schema: string
  readonly table: string
  /** The declared columns, with their keys in the rows of a change. */
  readonly columns: readonly { readonly key: string; readonly column: Column }[]
  /** Names of the ignored columns. */
  readonly ignored: readonly string[]
  tags?(change: RowChange<R>): string[]
}

/**
 * Declares a table whose changes are told, whichever client makes them. Use it in `defineDatabase({ watched: [ … ] })`.
 *
 * @throws {SpillwayError} `WATCH_INVALID` when a column is both told and ignored.
 * @example
 * const productChanges = watch(products, {
 *   columns: ['id', 'categoryId'],
 *   ignore: ['viewCount'],
 *   tags: (change) => rowsOf(change).map(({ id }) => `product:${id}`),
 * })
 */
export function watch<Table extends PgTable, const Key extends keyof Table['$inferSelect'] & string>(
  table: Table,
  { columns, ignore = [], tags }: WatchOptions<Table, Key>,
): Watched<Pick<Table['$inferSelect'], Key>> {
  const { name, schema = 'public' } = getTableConfig(table)
  const known: Record<string, Column> = getTableColumns(table)
  const both = columns.find((key) => (ignore as readonly unknown[]).includes(key))
  if (both !== undefined) {
    throw new SpillwayError('WATCH_INVALID', `"${both}" of ${name} is told and ignored at once.`, {
      hint: 'Take it out of `columns` or out of `ignore`.',
    })
  }
  return {
    name: schema === 'public' ? name : `${schema}.${name}`,
    schema,
    table: name,
    columns: columns.map((key) => ({ key, column: known[key]! })),
    ignored: ignore.map((key) => known[String(key)]!.name),
    ...(tags && { tags }),
  }
}

/** The declared columns as the log names them beside their values. */
export function signatureOf({ columns }: Watched): string {
  return JSON.stringify(columns.map(({ column }) => column.name))
}

/** The rows that a change tells about: before and after an update, one otherwise. */
export function rowsOf<R>(change: RowChange<R>): R[] {
  switch (change.operation) {
    case 'insert':
      return [change.new]
    case 'update':
      return [change.old, change.new]
    case 'delete':
      return [change.old]
  }
}
