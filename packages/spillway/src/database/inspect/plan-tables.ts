/** What is known of the tables that a plan reads. @module */
import type { TransactionSQL } from 'bun'
import type { PlanNode } from './plan.ts'

export interface PlanTable {
  /** As it is written in SQL. */
  name: string
  /** As of the last analyze; -1 when there was none. */
  rows: number
  columns: string[]
}

/** By `schema.name`. */
export type PlanTables = Map<string, PlanTable>

export const tableKey = ({ Schema: schema, 'Relation Name': name }: PlanNode) => `${schema}.${name}`

export async function readTables(tx: TransactionSQL, nodes: PlanNode[]): Promise<PlanTables> {
  const keys = [...new Set(nodes.filter((node) => node['Relation Name']).map(tableKey))]
  const rows: (PlanTable & { key: string })[] = await tx`
    select n.nspname || '.' || c.relname as key, c.oid::regclass::text as name, c.reltuples::float8 as rows,
      array(select quote_ident(attname) from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname || '.' || c.relname in (select json_array_elements_text(${JSON.stringify(keys)}::text::json))`
  return new Map(rows.map(({ key, ...table }) => [key, table]))
}
