/** Makes typed changes of what the log keeps. @module */
import { type Change, signatureOf, type Watched } from './watch.ts'

/** One entry of a batch: table, operation, the values before and after, and of which columns, as `signatureOf` has them. */
export type LoggedChange = [
  table: string,
  operation: 'insert' | 'update' | 'delete' | 'truncate' | 'many',
  old: unknown[] | null,
  new: unknown[] | null,
  columns?: string | null,
]

/** In place of a table's name: changes were missed, of whichever table. */
export const everyTable = '*'

/** @returns a function that decodes a batch; changes of tables that aren't watched here are left out. */
export function changeDecoder(watched: readonly Watched[]): (batch: readonly LoggedChange[]) => Change[] {
  const byName = new Map(watched.map((one) => [one.name, { one, signature: signatureOf(one) }]))
  return (batch) =>
    batch.flatMap((logged): Change[] => {
      if (logged[0] === everyTable) return manyOfEach(watched)
      const found = byName.get(logged[0])
      if (!found) return []
      // Logged under another declaration, its values mean something else.
      return [logged[4] === found.signature ? decode(found.one, logged) : { table: logged[0], operation: 'many' }]
    })
}

/** What is told when nobody knows what has changed. */
export function manyOfEach(watched: readonly Watched[]): Change[] {
  return watched.map(({ name }) => ({ table: name, operation: 'many' }))
}

function decode(watched: Watched, [table, operation, before, after]: LoggedChange): Change {
  const row = (values: unknown[] | null) => {
    const entries = watched.columns.map(({ key, column }, index) => {
      const value = values?.[index] ?? null
      return [key, value === null ? null : column.mapFromDriverValue(value)]
    })
    return Object.fromEntries(entries) as Record<string, unknown>
  }
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
