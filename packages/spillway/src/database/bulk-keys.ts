/**
 * Rows of a bulk write by their key: one row a key, in an order that all writers share, so that they can't deadlock.
 *
 * @module
 */
import type { BulkColumn } from './bulk-column.ts'
import type { TextRow, TextRows } from './bulk-rows.ts'

/**
 * Makes one row of those with the same key, and sorts by key: numbers by their value, everything else by its
 * characters, as `order by` does for numbers and UUIDs.
 *
 * @param merge makes one row of two; rows without a key (null in one of its columns) stay as they are.
 */
export function onePerKey(
  { columns, rows, indexes }: TextRows,
  key: readonly BulkColumn[],
  merge: (earlier: TextRow, later: TextRow) => TextRow,
): TextRows {
  const positions = key.map((column) => columns.indexOf(column))
  // Without a value for the key the database makes a new one for each row.
  if (positions.includes(-1)) return { columns, rows, indexes }
  const merged = new Map<string, number>()
  const kept: { row: TextRow; index: number }[] = []
  rows.forEach((row, index) => {
    const values = positions.map((position) => row[position])
    const known = values.includes(null) ? undefined : merged.get(JSON.stringify(values))
    if (known === undefined) {
      merged.set(JSON.stringify(values), kept.length)
      kept.push({ row, index: indexes[index]! })
      return
    }
    kept[known] = { row: merge(kept[known]!.row, row), index: indexes[index]! }
  })
  const order = byKey(key, positions)
  kept.sort((a, b) => order(a.row, b.row))
  return { columns, rows: kept.map(({ row }) => row), indexes: kept.map(({ index }) => index) }
}

const numeric = /^(smallint|integer|bigint|numeric|real|double precision)$/

function byKey(key: readonly BulkColumn[], positions: readonly number[]) {
  const isNumeric = key.map(({ type }) => numeric.test(type))
  return (a: TextRow, b: TextRow): number => {
    for (const [index, position] of positions.entries()) {
      const left = a[position] ?? ''
      const right = b[position] ?? ''
      // Digits beyond the precision of a number decide by their characters.
      const difference = isNumeric[index] ? Number(left) - Number(right) : 0
      if (difference) return difference
      if (left !== right) return left < right ? -1 : 1
    }
    return 0
  }
}
