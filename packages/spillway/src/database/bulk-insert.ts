/**
 * Many rows into a table: by COPY, or by one prepared statement where conflicts are resolved or rows returned.
 *
 * @module
 */
import type { SQL } from 'bun'
import type { GetColumnData } from 'drizzle-orm'
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import { type BulkColumn, bulkColumns, chosenColumns, tableName } from './bulk-column.ts'
import { onePerKey } from './bulk-keys.ts'
import { type GivenRow, insertStatements, type TextRows, unnested } from './bulk-rows.ts'
import { type BulkTarget, type BulkWriteOptions, bulkWrite, type Rows, type Written } from './bulk-write.ts'
import { copyRows, quoteName } from './copy.ts'
import { unrecorded } from './recorded-client.ts'
import { rowMapper } from './row-mapper.ts'

type Schema = Record<string, unknown>
type Selection = Record<string, PgColumn>
type Selected<Fields extends Selection> = { [Key in keyof Fields]: GetColumnData<Fields[Key]> }

type OnConflict = 'ignore' | { target: PgColumn | PgColumn[]; update: PgColumn[] }

export interface BulkInsertOptions<Fields extends Selection> extends BulkWriteOptions {
  /**
   * What becomes of a row whose key is taken: `ignore` leaves it out; otherwise the row that has the same `target`
   * gets its values of the columns `update`. Of several rows with one key the last wins, as if they came one by one.
   * Default: an error.
   */
  onConflict?: OnConflict
  /** Columns of the rows as they are then, as in Drizzle's `returning`. */
  returning?: Fields
  /** `insert` for tables that COPY can't fill: those with row-level security. Default: what is quicker. */
  via?: 'copy' | 'insert'
}

export interface BulkInserted<Row> {
  /** Rows inserted, or updated where `onConflict` says so. */
  inserted: number
  /** What `returning` asked for; in the order of the rows, unless `onConflict` updates. */
  returned: Row[]
}

/**
 * Inserts rows in batches; all or none are in afterwards, unless each batch commits. Rows may differ in the
 * columns that they give: what is left out gets its default.
 *
 * @throws BulkRowError `BULK_ROW_INVALID` names the row that can't be written
 * @throws BulkWriteError `BULK_WRITE_FAILED` names the batch where the server doesn't tell the row
 *
 * @example
 * const { inserted } = await bulkInsert(db, categories, [{ slug: 'tea', name: 'Tea', nameKo: '차' }], {
 *   onConflict: { target: categories.slug, update: [categories.name, categories.nameKo] },
 *   onProgress: (done) => console.log(done),
 * })
 */
export async function bulkInsert<S extends Schema, T extends PgTable, Fields extends Selection = Record<never, never>>(
  on: BulkTarget<S>,
  table: T,
  rows: Rows<T['$inferInsert']>,
  options: BulkInsertOptions<Fields> = {},
): Promise<BulkInserted<Selected<Fields>>> {
  const { onConflict, returning = {}, via } = options
  const columns = bulkColumns(table)
  const merge = typeof onConflict === 'object' ? lastWins(columns, onConflict) : undefined
  const insert = insertion(table, columns, onConflict, returning)
  const canCopy = via !== 'insert' && !onConflict && !options.returning
  const batched = canCopy ? { batch: 5_000, ...options } : options
  const { count, returned } = await bulkWrite<S, GivenRow>(on, rows, batched, {
    prepare(batch, first) {
      const statements = insertStatements(columns, batch, first, canCopy ? 'free' : 'kept')
      return merge ? statements.map(merge) : statements
    },
    write: (client, statement) =>
      canCopy && (via === 'copy' || statement.rows.length >= copyFrom)
        ? copy(client, table, statement)
        : insert(client, statement),
  })
  return { inserted: count, returned: returned as Selected<Fields>[] }
}

/** Fewer rows are quicker by INSERT, which needs one round trip where COPY needs two. */
const copyFrom = 100

async function copy(client: SQL, table: PgTable, { columns, rows }: TextRows): Promise<Written> {
  const { schema, name } = getTableConfig(table)
  const count = await copyRows(unrecorded(client), {
    schema,
    table: name,
    columns: columns.map((column) => column.name),
    rows,
  })
  return { count, returned: [] }
}

function insertion(
  table: PgTable,
  columns: readonly BulkColumn[],
  onConflict: OnConflict | undefined,
  returning: Selection,
) {
  const fields = Object.entries(returning).map(([key, field]) => ({ path: [key], field }))
  const toObject = fields.length > 0 ? rowMapper(fields, undefined) : undefined
  const returned = fields.map(({ field }) => quoteName(field.name)).join(', ')

  return async (client: SQL, rows: TextRows): Promise<Written> => {
    const { source, names, values, params } = unnested(rows)
    const target = `${tableName(table)} (${rows.columns.map(({ name }) => quoteName(name)).join(', ')})`
    const select = `select ${values.join(', ')} from ${source} as given (${names.join(', ')})`
    const conflict = onConflict ? ` on conflict ${resolution(columns, onConflict, params)}` : ''
    const text = `insert into ${target} ${select}${conflict}${returned && ` returning ${returned}`}`
    const result = await client.unsafe(text, params).values()
    return { count: result.count, returned: toObject ? result.map(toObject) : [] }
  }
}

/** Adds a parameter for each column that every update makes anew. */
function resolution(columns: readonly BulkColumn[], onConflict: OnConflict, params: string[]): string {
  if (onConflict === 'ignore') return 'do nothing'
  const update = chosenColumns(columns, onConflict.update)
  const taken = update.map(({ name }) => `${quoteName(name)} = excluded.${quoteName(name)}`)
  const remade = columns.flatMap((column) => {
    if (!column.remake || update.includes(column)) return []
    params.push(column.encode(column.remake()))
    return [`${quoteName(column.name)} = $${params.length}::${column.type}`]
  })
  const target = chosenColumns(columns, onConflict.target).map(({ name }) => quoteName(name))
  return `(${target.join(', ')}) do update set ${[...taken, ...remade].join(', ')}`
}

/** PostgreSQL refuses to update a row twice in one statement, so rows with one key become one before. */
function lastWins(columns: readonly BulkColumn[], { target, update }: Exclude<OnConflict, 'ignore'>) {
  const key = chosenColumns(columns, target)
  const updated = chosenColumns(columns, update)
  return (rows: TextRows): TextRows =>
    onePerKey(rows, key, (earlier, later) =>
      earlier.map((value, index) => (updated.includes(rows.columns[index]!) ? later[index]! : value)),
    )
}
