/** What the drills on caches have measured, for whoever reads their output. @module */
import type { Race } from './cache-race.ts'
import { report } from './drill.ts'

export function reportRace(what: string, race: Race): void {
  const { lateMs, raced, overtaken, loads, loadsPerSecond, reads, staleOwn, staleOthers, revived, errors } = race
  report(what, {
    calls: raced,
    loadsOvertaken: overtaken,
    loads,
    loadsPerSecond,
    reads,
    staleOwn,
    staleOthers,
    revived,
  })
  if (Object.keys(errors).length > 0) report('  errors', errors)
  report('  others heard later than the next look', { of: race.invalidations, times: lateMs.length, ...spread(lateMs) })
}

/** Milliseconds. */
export function spread(values: readonly number[]): Record<string, number> {
  if (values.length === 0) return {}
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) => Number(sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1))
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}
