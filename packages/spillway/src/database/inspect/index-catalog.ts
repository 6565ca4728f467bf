/** The indexes and foreign keys of a database as its catalogue has them. @module */
import type { TransactionSQL } from 'bun'

export interface CatalogIndex {
  /** The same on the primary and its replicas. */
  oid: string
  /** Quoted where it must be, with its schema where that isn't on the search path; so is the index's name. */
  table: string
  name: string
  definition: string
  method: string
  /** Column or expression, operator class and collation of each key. */
  keys: string[]
  /** Of each key: 1 for descending, plus 2 for nulls first. */
  directions: number[]
  /** Columns that only ride along (`include`). */
  included: string[]
  predicate: string | null
  isUnique: boolean
  /** It is a primary key, belongs to a constraint, or is the replica identity: it can't simply be dropped. */
  isConstraint: boolean
  isValid: boolean
  /** Somebody is building it right now. */
  isBeingBuilt: boolean
  /** Made of one index a partition; then it can't be dropped or made concurrently. */
  isPartitioned: boolean
  sizeBytes: number
}

/** Indexes of tables that aren't the system's. Those of partitions count with the one that they are part of. */
export async function readIndexes(tx: TransactionSQL): Promise<CatalogIndex[]> {
  return await tx`
    select i.indexrelid::text as oid, i.indrelid::regclass::text as table, i.indexrelid::regclass::text as name,
      pg_get_indexdef(i.indexrelid) as definition, am.amname as method,
      array(
        select format('%s %s %s', pg_get_indexdef(i.indexrelid, k, true), i.indclass[k - 1], i.indcollation[k - 1])
        from generate_series(1, i.indnkeyatts) k
      ) as keys,
      array(select i.indoption[k - 1]::int from generate_series(1, i.indnkeyatts) k) as directions,
      array(select pg_get_indexdef(i.indexrelid, k, true) from generate_series(i.indnkeyatts + 1, i.indnatts) k) as included,
      pg_get_expr(i.indpred, i.indrelid) as predicate,
      i.indisunique as "isUnique",
      i.indisprimary or i.indisexclusion or i.indisreplident
        or exists (select from pg_constraint where conindid = i.indexrelid) as "isConstraint",
      i.indisvalid as "isValid",
      exists (select from pg_stat_progress_create_index where index_relid = i.indexrelid) as "isBeingBuilt",
      c.relkind = 'I' as "isPartitioned",
      (select sum(pg_relation_size(part)) from ${tx.unsafe(partsOf('i.indexrelid'))})::float8 as "sizeBytes"
    from pg_index i
    join pg_class c on c.oid = i.indexrelid and not c.relispartition
    join pg_namespace n on n.oid = c.relnamespace
    join pg_am am on am.oid = c.relam
    where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_t%'
    order by 2, 3`
}

/** How often each index was used on the server that is asked, by oid. */
export async function readIndexScans(tx: TransactionSQL): Promise<Map<string, number>> {
  const rows: { oid: string; scans: number }[] = await tx`
    select c.oid::text as oid, (select sum(pg_stat_get_numscans(part)) from ${tx.unsafe(partsOf('c.oid'))})::float8 as scans
    from pg_class c where c.relkind in ('i', 'I') and not c.relispartition`
  return new Map(rows.map(({ oid, scans }) => [oid, scans]))
}

export interface ForeignKey {
  table: string
  name: string
  columns: string[]
  references: string
  /** Rows of the table, as the planner knows them. */
  rows: number
}

export async function readForeignKeys(tx: TransactionSQL): Promise<ForeignKey[]> {
  return await tx`
    select k.conrelid::regclass::text as table, k.conname as name, k.confrelid::regclass::text as references,
      array(
        select quote_ident(a.attname) from unnest(k.conkey) with ordinality as key (attnum, place)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.attnum order by place
      ) as columns,
      greatest(c.reltuples, 0)::float8 as rows
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and k.conparentid = 0
    order by c.reltuples desc, 1, 2`
}

/** The indexes of its partitions, or the index itself when it has none. */
function partsOf(oid: string): string {
  return `(select ${oid}::oid as part union select relid from pg_partition_tree(${oid}::oid::regclass)) parts`
}
