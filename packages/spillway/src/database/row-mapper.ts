/**
 * Makes objects of the rows of one query. Drizzle decides for each row and column anew how to decode it; here a query
 * gets a function of its own, written once: an object literal with its names, and decoders only where a value needs one
 * (measured on 21 columns: 15 µs a row with Drizzle, 0.9 with a loop over the columns, 0.15 so).
 *
 * @module
 */
import { Column, getTableName, is, noopDecoder, Subquery } from 'drizzle-orm'
import type { BunSQLSession } from 'drizzle-orm/bun-sql'

/** The selected fields of a query in column order. Drizzle doesn't export the type under this name. */
export type SelectedFields = NonNullable<Parameters<BunSQLSession<never, never, never>['prepareQuery']>[1]>

type Row = Record<string, unknown>

interface Decoder {
  mapFromDriverValue(value: unknown): unknown
}

/** The names of the result: each stands for a column, or for an object with names of its own. */
type Shape = Map<string, number | Shape>

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
  const decoders = fields.map(({ field }) => decoderOf(field))
  const joined = joinsNotNullable ? nullableObjects(fields, joinsNotNullable) : []

  const columnOf = (index: number) =>
    passesOn(decoders[index]!)
      ? `row[${index}]`
      : `row[${index}] === null ? null : decoders[${index}].mapFromDriverValue(row[${index}])`
  const literalOf = (shape: Shape): string => {
    const members = [...shape].map(([key, part]) => {
      const value = typeof part === 'number' ? columnOf(part) : literalOf(part)
      return `[${JSON.stringify(key)}]: ${value}`
    })
    return `{ ${members.join(', ')} }`
  }

  const result = literalOf(shapeOf(fields))
  const nulls = joined.map(({ key, index }) => `if (row[${index}] === null) result[${JSON.stringify(key)}] = null`)
  // Only our own text and the quoted names of fields enter the code.
  const code = `return (row) => { const result = ${result}; ${nulls.join('; ')}; return result }`
  return compiled(code)(decoders)
}

type Compiled = (decoders: Decoder[]) => (row: unknown[]) => Row

/** By its code: a query that is built on the spot is built like one before it, and compiling takes ten microseconds. */
const compiledBefore = new Map<string, Compiled>()
const compiledMax = 1_000

function compiled(code: string): Compiled {
  const known = compiledBefore.get(code)
  if (known) return known
  const made = new Function('decoders', code) as Compiled
  // Selections that are assembled from input could be endless; starting over is cheaper than tracking their use.
  if (compiledBefore.size >= compiledMax) compiledBefore.clear()
  compiledBefore.set(code, made)
  return made
}

function shapeOf(fields: SelectedFields): Shape {
  const root: Shape = new Map()
  fields.forEach(({ path }, index) => {
    let shape = root
    for (const parent of path.slice(0, -1)) {
      const inner = shape.get(parent)
      if (inner instanceof Map) shape = inner
      else {
        const made: Shape = new Map()
        shape.set(parent, made)
        shape = made
      }
    }
    shape.set(path.at(-1)!, index)
  })
  return root
}

/** A column that takes what the driver gives, as most do. */
function passesOn(decoder: Decoder): boolean {
  return decoder === noopDecoder || decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue
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
