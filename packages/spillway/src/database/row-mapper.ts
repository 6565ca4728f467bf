/**
 * Makes objects of the rows of one query. Drizzle decides for each row and column anew how to decode it; here that is
 * decided once a query (measured on the product query, 22 columns: 15 µs a row before).
 *
 * @module
 */
import { Column, getTableName, is, Subquery } from 'drizzle-orm'
import type { BunSQLSession } from 'drizzle-orm/bun-sql'

/** The selected fields of a query in column order. Drizzle doesn't export the type under this name. */
export type SelectedFields = NonNullable<Parameters<BunSQLSession<never, never, never>['prepareQuery']>[1]>

type Row = Record<string, unknown>

interface Decoder {
  mapFromDriverValue(value: unknown): unknown
}

/** A column of the result and where its value belongs. */
interface Target {
  index: number
  decoder: Decoder
  /** All of the path but its last part: the objects around the value. */
  parents: string[]
  key: string
}

/** An object of joined columns that becomes null when the join found nothing. */
interface Joined {
  key: string
  /** The column whose null tells. */
  index: number
}

/**
 * @param fields the selected fields in column order, as Drizzle gives them to its sessions.
 * @param joinsNotNullable tables by name, true for those that every row has; undefined without joins.
 */
export function rowMapper(
  fields: SelectedFields,
  joinsNotNullable: Record<string, boolean> | undefined,
): (row: unknown[]) => Row {
  const targets = fields.map(
    ({ path, field }, index): Target => ({
      index,
      decoder: decoderOf(field),
      parents: path.slice(0, -1),
      key: path.at(-1)!,
    }),
  )
  const flat = targets.filter(({ parents }) => parents.length === 0)
  const nested = targets.filter(({ parents }) => parents.length > 0)
  const joined = joinsNotNullable ? nullableObjects(fields, joinsNotNullable) : []

  return (row) => {
    const result: Row = {}
    for (const { index, decoder, key } of flat) {
      const value = row[index]
      result[key] = value === null ? null : decoder.mapFromDriverValue(value)
    }
    for (const { index, decoder, parents, key } of nested) {
      const value = row[index]
      innermost(result, parents)[key] = value === null ? null : decoder.mapFromDriverValue(value)
    }
    for (const { key, index } of joined) if (row[index] === null) result[key] = null
    return result
  }
}

function innermost(result: Row, parents: string[]): Row {
  let node = result
  for (const parent of parents) {
    node[parent] ??= {}
    node = node[parent] as Row
  }
  return node
}

function decoderOf(field: SelectedFields[number]['field']): Decoder {
  if (is(field, Column)) return field
  // Not in the types, but this is where Drizzle itself finds it.
  const { sql = field } = (is(field, Subquery) ? field._ : field) as unknown as { sql?: unknown }
  return (sql as { decoder: Decoder }).decoder
}

/** The rule of Drizzle: the first column of an object tells, if all its columns are of one table that a join may miss. */
function nullableObjects(fields: SelectedFields, joinsNotNullable: Record<string, boolean>): Joined[] {
  const objects = new Map<string, { index: number; tables: Set<string> }>()
  fields.forEach(({ path, field }, index) => {
    if (path.length !== 2 || !is(field, Column)) return
    const object = objects.get(path[0]!) ?? { index, tables: new Set() }
    object.tables.add(getTableName(field.table))
    objects.set(path[0]!, object)
  })
  return [...objects].flatMap(([key, { index, tables }]) => {
    const [table] = tables
    const isNullable = tables.size === 1 && table !== undefined && !joinsNotNullable[table]
    return isNullable ? [{ key, index }] : []
  })
}
