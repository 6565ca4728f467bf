/**
 * What stands out in a plan. Few notes, and only what is surely dear: a plan that reads what it returns gets none.
 *
 * @module
 */
import { indexFor } from './filter-index.ts'
import { aliasOf, nodesOf, type PlanNode } from './plan.ts'
import { type PlanTables, tableKey } from './plan-tables.ts'

export interface PlanNote {
  kind: 'sequential-scan' | 'rows-thrown-away' | 'spilled' | 'misestimated' | 'offset'
  /** One or two sentences. */
  message: string
  /** SQL that may help, where there is one. */
  fix?: string
}

const largeTableRows = 10_000
/** When more of a table than this is wanted, reading all of it is the right way. */
const selectiveShare = 0.1
const thrownAwayMin = 10_000
const misestimateFactor = 10
/** Being wrong about a few rows costs nothing. */
const misestimateRowsMin = 1_000
const skippedRowsMin = 1_000

export function planNotes(plan: PlanNode, tables: PlanTables): PlanNote[] {
  return [
    ...nodesOf(plan).flatMap((node) => [
      ...sequentialScan(node, tables),
      ...rowsThrownAway(node, tables),
      ...spilled(node),
      ...offset(node),
    ]),
    ...misestimated(plan, tables),
  ]
}

function sequentialScan(node: PlanNode, tables: PlanTables): PlanNote[] {
  const table = tables.get(tableKey(node))
  if (!node['Node Type'].endsWith('Seq Scan') || !node.Filter || !table) return []
  // Each process of a parallel scan reads a part of the table.
  const parts = node['Parallel Aware'] ? (node['Actual Loops'] ?? 1) : 1
  const found = parts * rowsOf(node)
  const read = Math.max(table.rows, found + parts * (node['Rows Removed by Filter'] ?? 0))
  if (read < largeTableRows || found > read * selectiveShare) return []
  const message = `It reads all ${count(read)} rows of ${table.name} to find ${about(node, found)}.`
  const fix = indexFor(node.Filter, aliasOf(node), table)
  return [fix ? { kind: 'sequential-scan', message, fix } : { kind: 'sequential-scan', message }]
}

/** The index finds many and the filter drops nearly all of them: it lacks a column. */
function rowsThrownAway(node: PlanNode, tables: PlanTables): PlanNote[] {
  if (!/^(Index|Bitmap Heap)/.test(node['Node Type']) || !node.Filter) return []
  const loops = node['Actual Loops'] ?? 0
  const removed = (node['Rows Removed by Filter'] ?? 0) * loops
  const kept = (node['Actual Rows'] ?? 0) * loops
  if (removed < thrownAwayMin || kept > removed * selectiveShare) return []
  const name = tables.get(tableKey(node))?.name ?? aliasOf(node)
  const by = node['Index Name'] ? ` by ${node['Index Name']}` : ''
  return [
    {
      kind: 'rows-thrown-away',
      message: `It reads ${count(removed + kept)} rows of ${name}${by} and throws ${count(removed)} of them away: ${node.Filter}. An index with those columns would not read them.`,
    },
  ]
}

function spilled(node: PlanNode): PlanNote[] {
  const advice = 'Read fewer rows, or raise work_mem for this statement.'
  if (node['Sort Space Type'] === 'Disk') {
    const size = `${count(node['Sort Space Used'] ?? 0)} kB`
    return [{ kind: 'spilled', message: `Its sort did not fit into work_mem and wrote ${size} to disk. ${advice}` }]
  }
  if ((node['Hash Batches'] ?? 1) > 1 || (node['HashAgg Batches'] ?? 1) > 1) {
    return [
      { kind: 'spilled', message: `Its hash table did not fit into work_mem and went to disk in parts. ${advice}` },
    ]
  }
  return []
}

function offset(node: PlanNode): PlanNote[] {
  const [source] = node.Plans ?? []
  if (node['Node Type'] !== 'Limit' || source?.['Actual Rows'] === undefined) return []
  const skipped = source['Actual Rows'] - (node['Actual Rows'] ?? 0)
  if (skipped < skippedRowsMin) return []
  return [
    {
      kind: 'offset',
      message: `It reads ${count(skipped)} rows only to skip them (OFFSET). A keyset page starts behind the last row of the one before.`,
    },
  ]
}

/** The lowest ones only: those above are wrong because of them. */
function misestimated(plan: PlanNode, tables: PlanTables): PlanNote[] {
  const visit = (node: PlanNode, mayStopEarly: boolean): PlanNode[] => {
    const stops = mayStopEarly || stopsItsInput(node)
    const below = (node.Plans ?? []).flatMap((child) => visit(child, stops))
    return below.length > 0 || !isMisestimated(node, mayStopEarly) ? below : [node]
  }
  return visit(plan, false)
    .slice(0, 3)
    .map((node) => {
      const table = tables.get(tableKey(node))
      const what = table ? `of ${table.name}` : `of ${node['Node Type'].toLowerCase()}`
      const message = `The planner expected ${count(node['Plan Rows'])} rows ${what} and got ${count(node['Actual Rows'] ?? 0)}, so the plan may be the wrong one.`
      return table ? { kind: 'misestimated', message, fix: `analyze ${table.name}` } : { kind: 'misestimated', message }
    })
}

/** Below these, fewer rows than expected are no mistake: nobody asked for the rest. */
function stopsItsInput(node: PlanNode): boolean {
  return /^(Limit|Merge Join)$/.test(node['Node Type']) || /^(Semi|Anti)$/.test(node['Join Type'] ?? '')
}

function isMisestimated(node: PlanNode, mayStopEarly: boolean): boolean {
  const { 'Plan Rows': expected, 'Actual Rows': got, 'Actual Loops': loops = 0 } = node
  if (got === undefined || loops === 0) return false
  if (Math.max(got, expected) * loops < misestimateRowsMin) return false
  if (got > expected * misestimateFactor) return true
  return !mayStopEarly && expected > Math.max(got, 1) * misestimateFactor
}

const rowsOf = (node: PlanNode) => node['Actual Rows'] ?? node['Plan Rows']

const about = (node: PlanNode, rows: number) =>
  node['Actual Rows'] === undefined ? `about ${count(rows)}` : count(rows)

const count = (rows: number) => Math.round(rows).toLocaleString('en')
