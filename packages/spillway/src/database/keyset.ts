/**
 * Keyset pagination: a page starts after the last row of the one before, found by index, however deep.
 *
 * @module
 */
import { type AnyColumn, asc, desc, type SQL, sql } from 'drizzle-orm'
import { SpillwayError } from '../foundation/index.ts'

/** A cursor that this list did not make: truncated, edited, or of another sort order. Over HTTP: 400. */
export class InvalidCursorError extends SpillwayError {
  constructor(cause?: unknown) {
    super('CURSOR_INVALID', 'The cursor is not one of this list.', {
      hint: 'Use next_cursor of the page before, with the same sort, or leave cursor out.',
      cause,
    })
  }
}

interface KeysetColumn {
  column: AnyColumn
  direction: 'asc' | 'desc'
  /** The column's key in the rows that the query returns. */
  key: string
}

export interface Keyset {
  /** For `.orderBy(...)`. */
  readonly orderBy: SQL[]
  /** For `.where(...)`: the rows after `cursor`, or all without one. */
  after(cursor: string | undefined): SQL | undefined
  /** The opaque cursor that continues behind `row`. */
  cursor(row: Record<string, unknown>): string
  /** The cursor of the page after `rows`; undefined when they are fewer than `limit`, for then there is none. */
  next(rows: Record<string, unknown>[], limit: number): string | undefined
}

/**
 * Describes an order. The last column must be unique (the primary key), so that no row is skipped or seen twice.
 *
 * @param name part of the cursor, so that one list's cursor is refused by another.
 * @example
 * const newest = keyset('newest', [
 *   { column: products.createdAt, direction: 'desc', key: 'createdAt' },
 *   { column: products.id, direction: 'desc', key: 'id' },
 * ])
 * const rows = await db.select().from(products).where(newest.after(cursor)).orderBy(...newest.orderBy).limit(20)
 * const next = newest.next(rows, 20)
 */
export function keyset(name: string, columns: KeysetColumn[]): Keyset {
  for (const { column, key } of columns) {
    if (column.dataType !== 'date' || column.getSQLType().includes('(3)')) continue
    // A JavaScript date has milliseconds: with a finer column, rows of the same millisecond would be skipped.
    throw new SpillwayError(
      'KEYSET_PRECISION',
      `The keyset "${name}" orders by ${key}, which is finer than a millisecond.`,
      {
        hint: 'Declare the column as timestamp(…, { precision: 3 }).',
      },
    )
  }
  const sameDirection = columns.every(({ direction }) => direction === columns[0]?.direction)

  /** Values as the column's own type: a bare parameter would be compared as text. */
  const typed = (column: AnyColumn, value: unknown) => sql`${value}::${sql.raw(castType(column))}`

  const beyond = ({ column, direction }: KeysetColumn, value: unknown) =>
    direction === 'asc' ? sql`${column} > ${typed(column, value)}` : sql`${column} < ${typed(column, value)}`

  /** One row comparison when all directions agree: it is the form that an index answers with one range. */
  const rowComparison = (values: unknown[]): SQL => {
    const left = sql.join(
      columns.map(({ column }) => sql`${column}`),
      sql`, `,
    )
    const right = sql.join(
      columns.map(({ column }, index) => typed(column, values[index])),
      sql`, `,
    )
    return columns[0]?.direction === 'asc' ? sql`(${left}) > (${right})` : sql`(${left}) < (${right})`
  }

  const lexicographic = (values: unknown[]): SQL => {
    const alternatives = columns.map((last, index) => {
      const equal = columns.slice(0, index).map(({ column }, at) => sql`${column} = ${typed(column, values[at])}`)
      return sql`(${sql.join([...equal, beyond(last, values[index])], sql` and `)})`
    })
    return sql`(${sql.join(alternatives, sql` or `)})`
  }

  const cursorOf = (row: Record<string, unknown>) => encode([name, ...columns.map(({ key }) => row[key])])

  return {
    orderBy: columns.map(({ column, direction }) => (direction === 'asc' ? asc(column) : desc(column))),
    after(cursor) {
      if (!cursor) return undefined
      const values = decode(cursor, name, columns)
      return sameDirection ? rowComparison(values) : lexicographic(values)
    },
    cursor: cursorOf,
    next: (rows, limit) => (rows.length < limit ? undefined : cursorOf(rows.at(-1)!)),
  }
}

/** `serial` is a way to make a column, not a type to cast to. */
function castType(column: AnyColumn): string {
  const type = column.getSQLType()
  return { serial: 'integer', bigserial: 'bigint', smallserial: 'smallint' }[type] ?? type
}

function encode(parts: unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function decode(cursor: string, name: string, columns: KeysetColumn[]): unknown[] {
  try {
    const [of, ...values]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const fits =
      of === name && values.length === columns.length && values.every((value, at) => isOfType(value, columns[at]!))
    if (fits) return values
  } catch (cause) {
    throw new InvalidCursorError(cause)
  }
  throw new InvalidCursorError()
}

/** Checked here, so that an edited cursor can't reach the server as a value that it can't cast. */
function isOfType(value: unknown, { column }: KeysetColumn): boolean {
  const type = column.getSQLType()
  if (column.dataType === 'number') return Number.isSafeInteger(value) && Math.abs(value as number) < 2 ** 31
  if (typeof value !== 'string') return false
  if (column.dataType === 'date') return isIsoTime(value)
  if (type.startsWith('numeric')) return fitsNumeric(value, type)
  return !value.includes('\0')
}

/** As `Date` writes it into the cursor: that rules out days which no calendar has, and years which no column takes. */
function isIsoTime(value: string): boolean {
  const time = new Date(value)
  return !Number.isNaN(time.getTime()) && time.toISOString() === value && value.length === 24 && value >= '0001'
}

/** Digits before and after the point within `numeric(precision, scale)`. */
function fitsNumeric(value: string, type: string): boolean {
  const [, whole, fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(value) ?? []
  if (whole === undefined) return false
  const [, precision = 1_000, scale = 1_000] = /\((\d+),\s*(\d+)\)/.exec(type)?.map(Number) ?? []
  return whole.length <= precision - (scale < precision ? scale : 0) && fraction.length <= scale
}
