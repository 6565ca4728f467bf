/** Makes typed changes of what the log keeps. @module */
import type { Change, Watched } from './watch.ts'

/** One entry of a batch: table, operation, and the declared columns before and after, by their names in the database. */
export type LoggedChange = [
  table: string,
  operation: 'insert' | 'update' | 'delete' | 'truncate' | 'many',
  old: Record<string, unknown> | null,
  new: Record<string, unknown> | null,
]

/** In place of a table's name: changes were missed, of whichever table. */
export const everyTable = '*'

/** @returns a function that decodes a batch; changes of tables that aren't watched here are left out. */
export function changeDecoder(watched: readonly Watched[]): (batch: readonly LoggedChange[]) => Change[] {
  const byName = new Map(watched.map((one) => [one.name, one]))
  return (batch) =>
    batch.flatMap((logged): Change[] => {
      if (logged[0] === everyTable) return manyOfEach(watched)
      const one = byName.get(logged[0])
      return one ? [decode(one, logged)] : []
    })
}

/** What is told when nobody knows what has changed. */
export function manyOfEach(watched: readonly Watched[]): Change[] {
  return watched.map(({ name }) => ({ table: name, operation: 'many' }))
}

function decode(watched: Watched, [table, operation, before, after]: LoggedChange): Change {
  const row = (values: Record<string, unknown> | null) => {
    const entries = watched.columns.map(({ key, column }) => {
      const value = values?.[column.name] ?? null
      return [key, value === null ? null : column.mapFromDriverValue(value)]
    })
    return Object.fromEntries(entries) as Record<string, unknown>
  }
  // A change that was logged before a column was declared lacks it; a row can't be told without.
  const isWhole = [before, after].every(
    (values) => !values || watched.columns.every(({ column }) => column.name in values),
  )
  if (!isWhole) return { table, operation: 'many' }
  switch (operation) {
    case 'insert':
      return { table, operation, new: row(after) }
    case 'update':
      return { table, operation, old: row(before), new: row(after) }
    case 'delete':
      return { table, operation, old: row(before) }
    default:
      return { table, operation: 'many' }
  }
}
