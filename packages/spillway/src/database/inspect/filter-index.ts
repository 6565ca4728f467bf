/** Suggests an index for the condition of a sequential scan. @module */
import type { PlanTable } from './plan-tables.ts'

/**
 * `CREATE INDEX` on the columns that the filter compares: those for equality first, then one range, for an index finds
 * a range only at its end. Undefined when alternatives or expressions make it none that columns alone could answer.
 *
 * @param filter as EXPLAIN (VERBOSE) writes it, e.g. `((p.status = 'active'::text) AND (p.price < '5'::numeric))`.
 */
export function indexFor(filter: string, alias: string, table: PlanTable): string | undefined {
  const bare = filter.replace(/'(?:[^']|'')*'/g, "''")
  if (/ OR /.test(bare)) return undefined
  const comparisons = [...bare.matchAll(comparison)].filter(([, of, column]) => {
    return of === alias && table.columns.includes(column ?? '')
  })
  const columnsWith = (operators: string[]) =>
    comparisons.flatMap(([, , column, operator]) => (column && operators.includes(operator ?? '') ? [column] : []))
  const columns = [...new Set([...columnsWith(['=']), ...columnsWith(['<', '<=', '>', '>=']).slice(0, 1)])]
  return columns.length > 0 ? `create index concurrently on ${table.name} (${columns.join(', ')})` : undefined
}

/** `(alias.column = `, also with the cast that a varchar gets; not `lower(alias.column) =`, nor against a column beside it. */
const comparison = /(?<![\w"])\(+(\w+|"[^"]+")\.(\w+|"[^"]+")\)?(?:::[a-z ]+)? (=|<=|>=|<|>) (?!\(*\1\.)/g
