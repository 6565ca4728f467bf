/**
 * Rows into PostgreSQL through `COPY … FROM STDIN`, in its text format.
 *
 * @module
 */
import type { SQL } from 'bun'

export type CopyValue = string | number | Date | null

/** Large enough that a chunk costs little, small enough that memory stays flat at any scale. */
const chunkCharacters = 128 * 1024

export interface CopyOptions {
  table: string
  /** Default: the schema that the connection finds the table in. */
  schema?: string | undefined
  columns: readonly string[]
  /** Values in the order of `columns`. */
  rows: Iterable<readonly CopyValue[]>
  /** Called with the rows sent so far, once a chunk. */
  progress?: (done: number) => void
}

/**
 * Streams rows into a table over the connection of `sql`, a transaction's, as one statement; returns how many.
 * `bulkInsert` does the same for a Drizzle table; this is for values that are ready, at the least cost a row.
 *
 * @throws SQL.PostgresError when the server refuses a row; its `where` names the line
 *
 * @example
 * await sql.begin((transaction) => copyRows(transaction, { table: 'tags', columns: ['id', 'name'], rows: [[1, 'tea']] }))
 */
export async function copyRows(
  sql: Pick<SQL, 'unsafe'>,
  { table, schema, columns, rows, progress }: CopyOptions,
): Promise<number> {
  const target = schema === undefined ? quoteName(table) : `${quoteName(schema)}.${quoteName(table)}`
  const writer = sql
    .unsafe(`COPY ${target} (${columns.map(quoteName).join(', ')}) FROM STDIN`)
    .writable()
    .getWriter()
  let count = 0
  let chunk = ''
  // The server stores one chunk while the next is made.
  let sending: Promise<void> = Promise.resolve()
  try {
    for (const row of rows) {
      chunk += encodeRow(row)
      count++
      if (chunk.length < chunkCharacters) continue
      await sending
      sending = writer.write(chunk)
      chunk = ''
      progress?.(count)
    }
    await sending
    await writer.write(chunk)
  } catch (error) {
    // The stream may have failed already; the first error is the one that says why.
    sending.catch(() => undefined)
    await writer.abort(error).catch(() => undefined)
    throw error
  }
  await writer.close()
  progress?.(count)
  return count
}

/** A name as a quoted identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** One line of COPY's text format. */
export function encodeRow(row: readonly CopyValue[]): string {
  let line = encodeValue(row[0] ?? null)
  for (let index = 1; index < row.length; index++) line += `\t${encodeValue(row[index] ?? null)}`
  return `${line}\n`
}

const special = /[\\\t\n\r]/
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function encodeValue(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  if (value instanceof Date) return value.toISOString()
  return special.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character) : value
}
