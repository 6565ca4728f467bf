/** Rows into PostgreSQL through `COPY … FROM STDIN`, in its text format. @module */

export type CopyValue = string | number | Date | null

/** Large enough that a chunk costs little, small enough that memory stays flat at any scale. */
const CHUNK_CHARACTERS = 128 * 1024

interface CopyOptions {
  table: string
  columns: readonly string[]
  rows: Iterable<readonly CopyValue[]>
  /** Called with the rows sent so far, once a chunk. */
  progress?: (done: number) => void
}

/** Streams rows into a table over the connection of `sql`, a transaction's; returns how many. */
export async function copyRows(sql: Bun.SQL, { table, columns, rows, progress }: CopyOptions): Promise<number> {
  const list = columns.map((column) => `"${column}"`).join(', ')
  const writer = sql.unsafe(`COPY "${table}" (${list}) FROM STDIN`).writable().getWriter()
  let count = 0
  let chunk = ''
  // The server stores one chunk while the next is made.
  let sending: Promise<void> = Promise.resolve()
  try {
    for (const row of rows) {
      chunk += encodeRow(row)
      count++
      if (chunk.length < CHUNK_CHARACTERS) continue
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

/** One line of COPY's text format. */
export function encodeRow(row: readonly CopyValue[]): string {
  let line = encodeValue(row[0] ?? null)
  for (let index = 1; index < row.length; index++) line += `\t${encodeValue(row[index] ?? null)}`
  return `${line}\n`
}

const SPECIAL = /[\\\t\n\r]/
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function encodeValue(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  if (value instanceof Date) return value.toISOString()
  return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character) : value
}
