/** What a cache counts. @module */

const names = [
  ...['localHits', 'sharedHits', 'misses', 'staleServed', 'loads', 'loadFailures', 'waits', 'sets', 'deletes'],
  ...['invalidations', 'corrupt', 'tierErrors', 'earlyRefreshes'],
] as const

export type Figures = Record<(typeof names)[number], number>

export function newFigures(): Figures {
  return Object.fromEntries(names.map((name) => [name, 0])) as Figures
}

/** Reads that didn't wait for a load, from 0 to 1. */
export function hitRate({ localHits, sharedHits, staleServed, misses }: Figures): number {
  const hits = localHits + sharedHits + staleServed
  return hits === 0 ? 0 : hits / (hits + misses)
}
