/** Figures of many processes, cache by cache. @module */
import { type CacheFigures, hitRate, type ProcessFigures, sumOf } from '../../cache/index.ts'

export interface Summary extends CacheFigures {
  name: string
  /** How many have it. */
  processes: number
  /** From 0 to 1. */
  hitRate: number
}

export function summaries(processes: readonly ProcessFigures[]): Summary[] {
  const all = processes.flatMap(({ caches }) => Object.entries(caches))
  return [...Map.groupBy(all, ([name]) => name)].map(([name, group]) => {
    const sum = sumOf(group.map(([, figures]) => figures))
    return { name, processes: group.length, hitRate: hitRate(sum.counts), ...sum }
  })
}

/** What each process has counted since; of a new one, everything. */
export function changedSince(before: readonly ProcessFigures[], now: readonly ProcessFigures[]): ProcessFigures[] {
  const earlier = new Map(before.map((process) => [process.id, process.caches]))
  return now.map((process) => {
    const caches = Object.entries(process.caches).map(([name, figures]) => {
      const known = earlier.get(process.id)?.[name]
      return [name, known ? difference(known, figures) : figures] as const
    })
    return { ...process, caches: Object.fromEntries(caches) }
  })
}

/** How much it keeps, and what is hot, are as of now. */
function difference(before: CacheFigures, now: CacheFigures): CacheFigures {
  const strategies = Object.entries(now.strategies).map(([name, counts]) => {
    const known = before.strategies[name]
    return [name, known ? minus(counts, known) : counts] as const
  })
  return { ...now, counts: minus(now.counts, before.counts), strategies: Object.fromEntries(strategies) }
}

function minus<Counts extends { [Name in keyof Counts]: number }>(now: Counts, before: Counts): Counts {
  const changed = { ...now }
  for (const name in changed) changed[name] = (changed[name] - (before[name] ?? 0)) as Counts[typeof name]
  return changed
}
