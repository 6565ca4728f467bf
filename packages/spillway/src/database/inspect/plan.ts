/** The tree that `EXPLAIN (FORMAT JSON)` answers with, as far as it is used here. @module */

export interface PlanNode {
  'Node Type': string
  'Parallel Aware'?: boolean
  'Join Type'?: string
  Strategy?: string
  'Relation Name'?: string
  Schema?: string
  Alias?: string
  'Index Name'?: string
  'CTE Name'?: string
  'Function Name'?: string
  'Plan Rows': number
  'Total Cost': number
  /** Of one execution of the node. */
  'Actual Rows'?: number
  'Actual Total Time'?: number
  'Actual Loops'?: number
  Filter?: string
  'Index Cond'?: string
  'Recheck Cond'?: string
  'Hash Cond'?: string
  'Merge Cond'?: string
  'Join Filter'?: string
  'Sort Key'?: string[]
  'Group Key'?: string[]
  'Rows Removed by Filter'?: number
  'Sort Space Type'?: 'Disk' | 'Memory'
  /** kB. */
  'Sort Space Used'?: number
  'Hash Batches'?: number
  'HashAgg Batches'?: number
  /** kB. */
  'Disk Usage'?: number
  Plans?: PlanNode[]
}

/** A node and all below it. */
export function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}

/** As it appears in conditions with `VERBOSE`. */
export const aliasOf = (node: PlanNode) => node.Alias ?? node['Relation Name'] ?? ''
