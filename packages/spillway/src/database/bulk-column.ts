/**
 * The columns of a Drizzle table as bulk writes see them: how PostgreSQL calls their types, and how it reads their
 * values from text.
 *
 * @module
 */
import { Column, getTableColumns, is, SQL } from 'drizzle-orm'
import {
  getTableConfig,
  PgArray,
  type PgColumn,
  PgEnumColumn,
  PgEnumObjectColumn,
  type PgTable,
} from 'drizzle-orm/pg-core'
import { SpillwayError } from '../foundation/index.ts'
import { quoteName } from './copy.ts'

export interface BulkColumn {
  /** Its property in the rows. */
  key: string
  /** Its name in the database. */
  name: string
  /** Without length or precision: an assignment checks those, a cast would cut the value. */
  type: string
  isArray: boolean
  /** Left out, the database fills it in. */
  hasDatabaseDefault: boolean
  /** Left out, Drizzle fills it in (`$defaultFn`, `$onUpdate`). */
  make: (() => unknown) | undefined
  /** Made anew by each update (`$onUpdate`). */
  remake: (() => unknown) | undefined
  /** An identity that is always generated: no row can give it. */
  isAlwaysIdentity: boolean
  /** A value as PostgreSQL reads it. */
  encode: (value: unknown) => string
}

const known = new WeakMap<PgTable, BulkColumn[]>()

/** The columns of `table` that can be written, described once. */
export function bulkColumns(table: PgTable): BulkColumn[] {
  const remembered = known.get(table)
  if (remembered) return remembered
  const columns = Object.entries(getTableColumns(table))
    .filter(([, column]) => column.generated === undefined)
    .map(([key, column]) => describe(key, column))
  known.set(table, columns)
  return columns
}

/** Those of `columns` that `chosen` names, in its order. */
export function chosenColumns(columns: readonly BulkColumn[], chosen: PgColumn | readonly PgColumn[]): BulkColumn[] {
  return [chosen].flat().map(({ name }) => {
    const column = columns.find((one) => one.name === name)
    if (column) return column
    throw new SpillwayError('BULK_COLUMN_UNKNOWN', `The table has no column "${name}" that can be written.`, {
      hint: 'Name columns of the table that the rows go to.',
    })
  })
}

/** The table's name in a statement. */
export function tableName(table: PgTable): string {
  const { schema, name } = getTableConfig(table)
  return schema === undefined ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`
}

function describe(key: string, column: Column): BulkColumn {
  const type = typeOf(column)
  // The rule of Drizzle: `$onUpdate` also makes the first value, unless the database has a default.
  const make = column.defaultFn ?? (column.default === undefined ? column.onUpdateFn : undefined)
  return {
    key,
    name: column.name,
    type,
    isArray: type.endsWith(']'),
    hasDatabaseDefault: column.hasDefault && make === undefined,
    make,
    remake: column.onUpdateFn,
    isAlwaysIdentity: column.generatedIdentity?.type === 'always',
    encode: encoderOf(column),
  }
}

/** Types whose bare name means a length of 1, and those that are no types but ways to declare a column. */
const plainTypes: Record<string, string> = {
  char: 'bpchar',
  bit: 'varbit',
  smallserial: 'smallint',
  serial: 'integer',
  bigserial: 'bigint',
}

function typeOf(column: Column): string {
  if (is(column, PgArray)) return `${typeOf(column.baseColumn)}[]`
  if (is(column, PgEnumColumn) || is(column, PgEnumObjectColumn)) {
    const { schema, enumName } = column.enum
    return schema === undefined ? quoteName(enumName) : `${quoteName(schema)}.${quoteName(enumName)}`
  }
  const type = column.getSQLType().replaceAll(/\s*\([^)]*\)/g, '')
  return plainTypes[type] ?? type
}

function encoderOf(column: Column): (value: unknown) => string {
  if (!is(column, PgArray)) return (value) => textOf(column.mapToDriverValue(value))
  const { baseColumn } = column
  const encode = encoderOf(baseColumn)
  const isNested = is(baseColumn, PgArray)
  const item = (value: unknown) => (value === null ? 'NULL' : isNested ? encode(value) : quoteItem(encode(value)))
  return (value) => `{${Array.from(value as Iterable<unknown>, item).join(',')}}`
}

/** An item of an array literal. */
export function quoteItem(text: string): string {
  return /["\\]/.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : `"${text}"`
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `\\x${value.toHex()}`
  if (Array.isArray(value))
    return `{${value.map((item) => (item === null ? 'NULL' : quoteItem(textOf(item)))).join(',')}}`
  if (is(value, SQL) || is(value, Column)) throw new TypeError('it is SQL, and bulk writes take values')
  if (typeof value === 'object' || typeof value === 'symbol' || typeof value === 'function')
    throw new TypeError(`a value of type ${typeof value} has no text that PostgreSQL reads`)
  return String(value)
}
