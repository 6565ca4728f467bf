/**
 * Indexes that cost without use, and places where one is missing.
 *
 * @module
 */
import type { SQL, TransactionSQL } from 'bun'
import { type CatalogIndex, type ForeignKey, readForeignKeys, readIndexes, readIndexScans } from './index-catalog.ts'
import { type InquiryOptions, inquire } from './inquiry.ts'
import { oftenScanned, readTableScans, type ScannedTable, supports, unindexedKeys } from './missing-indexes.ts'
import { redundantIndexes } from './redundant-indexes.ts'

export interface IndexFinding {
  table: string
  name: string
  definition: string
  sizeBytes: number
  /** On all servers that were asked. */
  scans: number
  /** SQL that mends it, to be run on the primary outside of a transaction. */
  fix: string
}

export interface IndexReport {
  /** Not used by any server since `countedSince`, and needed by no constraint, unique rule or foreign key. */
  unused: IndexFinding[]
  /** Another one does the same. */
  duplicate: (IndexFinding & { coveredBy: string; kind: 'same' | 'prefix' })[]
  /** Left behind by a `CREATE INDEX CONCURRENTLY` that failed: kept up to date, and never used. */
  invalid: IndexFinding[]
  /** Foreign keys that no index supports, the largest tables first. */
  unindexedForeignKeys: (ForeignKey & { fix: string })[]
  /** Tables of 1,000 rows and more that are often read as a whole. Which columns, `explain` of their statements tells. */
  scannedTables: ScannedTable[]
  /** For each server, when its counters were last reset; null: never. */
  countedSince: (Date | null)[]
}

/**
 * @param servers clients of the primary and of its replicas, in this order. Each counts only what it did itself: an
 * index that looks unused on the primary may be what the replicas live by.
 * @example
 * const { unused, duplicate } = await indexes([primary, replica])
 */
export async function indexes(servers: SQL[], options: InquiryOptions = {}): Promise<IndexReport> {
  const counters = await Promise.all(servers.map((sql) => inquire(sql, readCounters, options)))
  const [catalog, foreignKeys] = await inquire(
    // The catalogue is the same everywhere.
    servers[0]!,
    async (tx) => [await readIndexes(tx), await readForeignKeys(tx)] as const,
    options,
  )
  const scansOf = ({ oid }: CatalogIndex) => counters.reduce((sum, { scans }) => sum + (scans.get(oid) ?? 0), 0)
  const finding = (index: CatalogIndex, fix: string): IndexFinding => {
    const { table, name, definition, sizeBytes } = index
    return { table, name, definition, sizeBytes, scans: scansOf(index), fix }
  }

  const redundant = redundantIndexes(catalog)
  const isRedundant = new Set(redundant.map(({ index }) => index))
  const isNeeded = (index: CatalogIndex) =>
    index.isConstraint || index.isUnique || foreignKeys.some((key) => supports(index, key))
  const unused = catalog.filter(
    (index) => index.isValid && !isNeeded(index) && !isRedundant.has(index) && scansOf(index) === 0,
  )
  const invalid = catalog.filter(
    ({ isValid, isBeingBuilt, isPartitioned }) => !isValid && !isBeingBuilt && !isPartitioned,
  )

  return {
    unused: unused.map((index) => finding(index, dropOf(index))).sort(largestFirst),
    duplicate: redundant
      .map(({ index, coveredBy, kind }) => ({ ...finding(index, dropOf(index)), coveredBy: coveredBy.name, kind }))
      .sort(largestFirst),
    invalid: invalid.map((index) => finding(index, repairOf(index))),
    unindexedForeignKeys: unindexedKeys(foreignKeys, catalog).map((key) => ({
      ...key,
      fix: `create index concurrently on ${key.table} (${key.columns.join(', ')})`,
    })),
    scannedTables: oftenScanned(counters.map(({ tables }) => tables)),
    countedSince: counters.map(({ since }) => since),
  }
}

async function readCounters(tx: TransactionSQL) {
  const [{ since }] = await tx`select stats_reset as since from pg_stat_database where datname = current_database()`
  return { since: since as Date | null, scans: await readIndexScans(tx), tables: await readTableScans(tx) }
}

function dropOf({ name, isPartitioned }: CatalogIndex): string {
  return isPartitioned ? `drop index ${name}` : `drop index concurrently ${name}`
}

/** What REINDEX itself left behind has served; any other was wanted, and is built again. */
function repairOf({ name }: CatalogIndex): string {
  return /_cc(new|old)\d*"?$/.test(name) ? `drop index concurrently ${name}` : `reindex index concurrently ${name}`
}

const largestFirst = (one: IndexFinding, other: IndexFinding) => other.sizeBytes - one.sizeBytes
