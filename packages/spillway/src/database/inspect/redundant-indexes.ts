/** Indexes that do nothing that another one doesn't do. @module */
import type { CatalogIndex } from './index-catalog.ts'

export interface RedundantIndex {
  index: CatalogIndex
  /** The one that does its work as well. */
  coveredBy: CatalogIndex
  /** `same`, or the first keys of a longer one. */
  kind: 'same' | 'prefix'
}

/** One of several equal ones is kept: rather one that a constraint needs, or that is unique. */
export function redundantIndexes(indexes: CatalogIndex[]): RedundantIndex[] {
  const kept: CatalogIndex[] = []
  const redundant: RedundantIndex[] = []
  // Longer ones come first, so that whatever covers an index is among those kept when its turn comes.
  for (const index of indexes.filter(({ isValid }) => isValid).sort(mostWorthKeeping)) {
    const coveredBy = kept.find((other) => covers(other, index))
    if (!coveredBy) kept.push(index)
    else redundant.push({ index, coveredBy, kind: coveredBy.keys.length === index.keys.length ? 'same' : 'prefix' })
  }
  return redundant
}

function mostWorthKeeping(one: CatalogIndex, other: CatalogIndex): number {
  return (
    other.keys.length - one.keys.length ||
    Number(other.isConstraint) - Number(one.isConstraint) ||
    Number(other.isUnique) - Number(one.isUnique) ||
    other.included.length - one.included.length ||
    // The newer one is more likely the mistake.
    Number(one.oid) - Number(other.oid)
  )
}

function covers(other: CatalogIndex, index: CatalogIndex): boolean {
  if (index.isConstraint || index.table !== other.table) return false
  if (index.method !== other.method || index.predicate !== other.predicate) return false
  if (!index.keys.every((key, at) => key === other.keys[at])) return false
  // Only btree answers from the first keys alone as well as a shorter one.
  const isSame = index.keys.length === other.keys.length
  if (!isSame && index.method !== 'btree') return false
  if (index.isUnique && !(isSame && other.isUnique)) return false
  return sameOrder(index, other) && index.included.every((column) => columnsOf(other).includes(column))
}

/** Read backwards, an index has every direction turned round, and nulls at the other end. */
function sameOrder({ directions }: CatalogIndex, other: CatalogIndex): boolean {
  return (
    directions.every((direction, at) => direction === other.directions[at]) ||
    directions.every((direction, at) => direction === 3 - (other.directions[at] ?? 0))
  )
}

const columnsOf = ({ keys, included }: CatalogIndex) => [...keys.map((key) => key.split(' ')[0]), ...included]
