/**
 * Different values for many rows in one statement.
 *
 * @module
 */
import type { SQL } from 'bun'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { type BulkColumn, bulkColumns, chosenColumns, tableName } from './bulk-column.ts'
import { BulkRowError } from './bulk-errors.ts'
import { onePerKey } from './bulk-keys.ts'
import { encodeRow, type GivenRow, type TextRow, type TextRows, unnested } from './bulk-rows.ts'
import {
  type BulkTarget,
  type BulkWriteOptions,
  bulkWrite,
  commitsOnce,
  type Rows,
  type Written,
} from './bulk-write.ts'
import { quoteName } from './copy.ts'

type Schema = Record<string, unknown>

export interface BulkUpdateOptions extends BulkWriteOptions {
  /** The columns by which a row is found; together they should be unique. */
  key: PgColumn | PgColumn[]
  /** The columns that get new values. Default: those that the first row gives beside the key. */
  columns?: PgColumn[]
}

/**
 * Gives rows new values, found by their key, and returns how many there were; keys that the table doesn't have are no
 * error. Every row gives all of the columns, null included; of several rows with one key the last wins. Rows are
 * locked in the order of the key, so that bulk updates don't deadlock with each other: to commit once, all are
 * collected before the first is sent.
 *
 * @throws BulkRowError `BULK_ROW_INVALID` names the row that lacks a column or can't be written
 * @throws BulkWriteError `BULK_WRITE_FAILED` names the batch that the server has refused
 *
 * @example
 * const found = await bulkUpdate(db, products, [{ id: 1, price: '9.90' }, { id: 2, price: '19.90' }], { key: products.id })
 */
export async function bulkUpdate<S extends Schema, T extends PgTable>(
  on: BulkTarget<S>,
  table: T,
  rows: Rows<Partial<T['$inferSelect']>>,
  options: BulkUpdateOptions,
): Promise<number> {
  const key = chosenColumns(bulkColumns(table), options.key)
  const merge = (_: TextRow, later: TextRow) => later
  const given = encodedRows(table, key, options.columns, rows)
  const { count } = await bulkWrite<S, EncodedRow>(on, commitsOnce(on, options) ? await byKey(given) : given, options, {
    prepare: (batch) => [onePerKey(statementOf(batch), key, merge)],
    write: (client, statement) => update(client, table, key, statement),
  })
  return count

  async function byKey(unsorted: AsyncIterable<EncodedRow>): Promise<EncodedRow[]> {
    const all = await Array.fromAsync(unsorted)
    const { columns, rows, indexes } = onePerKey(statementOf(all), key, merge)
    return rows.map((row, position) => ({ columns, row, index: indexes[position]! }))
  }
}

interface EncodedRow {
  columns: readonly BulkColumn[]
  row: TextRow
  index: number
}

function statementOf(rows: readonly EncodedRow[]): TextRows {
  return {
    columns: rows[0]?.columns ?? [],
    rows: rows.map(({ row }) => row),
    indexes: rows.map(({ index }) => index),
  }
}

async function* encodedRows(
  table: PgTable,
  key: readonly BulkColumn[],
  chosen: PgColumn[] | undefined,
  rows: Rows<GivenRow>,
): AsyncGenerator<EncodedRow> {
  const known = bulkColumns(table)
  let columns: BulkColumn[] | undefined
  let index = 0
  for await (const row of rows) {
    columns ??= [...key, ...newValues(known, key, chosen ? chosenColumns(known, chosen) : undefined, row)]
    const missing = columns.find((column) => !column.make && row[column.key] === undefined)
    if (missing) throw new BulkRowError(index, `it gives no "${missing.key}".`)
    yield { columns, row: encodeRow(columns, row, index), index }
    index++
  }
}

/** The columns that are set: with those that every update makes anew (`$onUpdate`). */
function newValues(
  known: readonly BulkColumn[],
  key: readonly BulkColumn[],
  chosen: readonly BulkColumn[] | undefined,
  first: GivenRow,
): BulkColumn[] {
  const isChosen = (column: BulkColumn) => (chosen ? chosen.includes(column) : first[column.key] !== undefined)
  const values = known.filter((column) => !key.includes(column) && (isChosen(column) || column.remake))
  if (values.length === 0) throw new BulkRowError(0, 'it gives nothing but the key.')
  return values.map((column) => ({ ...column, make: column.remake }))
}

/** The rows are locked in the order of the statement, whatever order the plan updates them in. */
async function update(client: SQL, table: PgTable, key: readonly BulkColumn[], rows: TextRows): Promise<Written> {
  const { source, names, values, params } = unnested(rows)
  const target = tableName(table)
  const assignments = rows.columns
    .map(({ name }, index) => `${quoteName(name)} = locked.${names[index]}`)
    .slice(key.length)
  const sameKey = (left: string, right: readonly string[]) =>
    key.map(({ name }, index) => `${left}.${quoteName(name)} = ${right[index]}`).join(' and ')
  const locked = `
    select ${values.map((value, index) => `${value} as ${names[index]}`).join(', ')}
    from ${source} with ordinality as given (${names.join(', ')}, n)
    join ${target} as found on ${sameKey('found', values)}
    order by given.n for no key update of found`
  const text = `
    update ${target} as written set ${assignments.join(', ')} from (${locked}) as locked
    where ${sameKey(
      'written',
      names.map((name) => `locked.${name}`),
    )}`
  const { count } = await client.unsafe(text, params)
  return { count, returned: [] }
}
