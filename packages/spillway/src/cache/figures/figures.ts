/** What a cache counts, and how the counts of many processes become those of a fleet. @module */

const names = [
  ...['localHits', 'sharedHits', 'misses', 'staleServed', 'loads', 'loadFailures', 'waits', 'sets', 'deletes'],
  ...['invalidations', 'corrupt', 'tierErrors', 'earlyRefreshes'],
] as const

export type Figures = Record<(typeof names)[number], number>

export function newFigures(): Figures {
  return Object.fromEntries(names.map((name) => [name, 0])) as Figures
}

/** Of the values that were asked for with one strategy. */
export interface StrategyFigures {
  localHits: number
  /** Those out of the shared tier, also when another process was still loading them. */
  sharedHits: number
  staleServed: number
  loads: number
}

export interface HotKey {
  key: string
  /** By this process, since it keeps the value. */
  hits: number
}

/** What a process tells of one of its caches, counted since it began. */
export interface CacheFigures {
  counts: Figures
  /** What it keeps itself. */
  local: { entries: number; bytes: number; evictions: number }
  strategies: Record<string, StrategyFigures>
  /** Most first. */
  hotKeys: HotKey[]
}

/** Reads that didn't wait for a load, from 0 to 1. */
export function hitRate({ localHits, sharedHits, staleServed, misses }: Figures): number {
  const hits = localHits + sharedHits + staleServed
  return hits === 0 ? 0 : hits / (hits + misses)
}

/** The figures of several processes as one. */
export function sumOf(all: readonly CacheFigures[], hotKeysMax = 10): CacheFigures {
  const strategies = all.flatMap((one) => Object.entries(one.strategies))
  return {
    counts: sum(all.map(({ counts }) => counts)) ?? newFigures(),
    local: sum(all.map(({ local }) => local)) ?? { entries: 0, bytes: 0, evictions: 0 },
    strategies: Object.fromEntries(
      [...Map.groupBy(strategies, ([name]) => name)].map(([name, group]) => [name, sum(group.map(([, one]) => one))!]),
    ),
    hotKeys: [
      ...Map.groupBy(
        all.flatMap(({ hotKeys }) => hotKeys),
        ({ key }) => key,
      ),
    ]
      .map(([key, group]) => ({ key, hits: group.reduce((hits, one) => hits + one.hits, 0) }))
      .sort((one, other) => other.hits - one.hits)
      .slice(0, hotKeysMax),
  }
}

/** Field by field; undefined of none. */
function sum<Counts extends { [Name in keyof Counts]: number }>(all: readonly Counts[]): Counts | undefined {
  const [first, ...others] = all
  if (first === undefined) return undefined
  const total = { ...first }
  for (const one of others) {
    // A process of another release may count what this one doesn't know.
    for (const name in total) total[name] = ((total[name] ?? 0) + (one[name] ?? 0)) as Counts[typeof name]
  }
  return total
}
