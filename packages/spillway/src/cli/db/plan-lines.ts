/** A plan as a tree of lines. @module */
import type { PlanNode } from '../../database/index.ts'
import { amount, duration } from '../quantities.ts'
import { dim } from '../style.ts'

/** One line a node, and below it the conditions that it works by. */
export function planLines(node: PlanNode, indent = '  '): string[] {
  const isRoot = indent === '  '
  const below = isRoot ? indent : `${indent}   `
  return [
    `${indent}${isRoot ? '' : '└─ '}${nameOf(node)}  ${dim(figuresOf(node))}`,
    ...conditionsOf(node).map((text) => dim(`${below}  ${text}`)),
    ...(node.Plans ?? []).flatMap((child) => planLines(child, isRoot ? '   ' : below)),
  ]
}

function nameOf(node: PlanNode): string {
  const join = node['Join Type'] && node['Join Type'] !== 'Inner' ? ` (${node['Join Type'].toLowerCase()})` : ''
  const index = node['Index Name'] ? ` by ${node['Index Name']}` : ''
  const source = node['Relation Name'] ?? node['CTE Name'] ?? node['Function Name']
  const alias = node.Alias && node.Alias !== source ? ` ${node.Alias}` : ''
  return `${node['Node Type']}${join}${source ? ` of ${source}${alias}` : ''}${index}`
}

function figuresOf(node: PlanNode): string {
  const { 'Actual Rows': rows, 'Actual Loops': loops = 1, 'Actual Total Time': ms } = node
  const expected = `~${amount(node['Plan Rows'])}`
  if (rows === undefined) return `${expected} rows, cost ${amount(node['Total Cost'])}`
  if (loops === 0) return 'never run'
  const times = loops > 1 ? ` × ${amount(loops)}` : ''
  return `${amount(rows)} rows (${expected})${times}${ms === undefined ? '' : `, ${duration(ms * loops)}`}`
}

function conditionsOf(node: PlanNode): string[] {
  const removed = node['Rows Removed by Filter']
  const texts = {
    index: node['Index Cond'],
    recheck: node['Index Cond'] ? undefined : node['Recheck Cond'],
    join: node['Hash Cond'] ?? node['Merge Cond'] ?? node['Join Filter'],
    filter: node.Filter && `${node.Filter}${removed ? `, ${amount(removed)} rows thrown away` : ''}`,
    sort: node['Sort Key']?.join(', '),
    group: node['Group Key']?.join(', '),
  }
  return Object.entries(texts).flatMap(([name, text]) => (text ? [`${name}: ${text}`] : []))
}
