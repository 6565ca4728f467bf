/**
 * What is to be done for a schedule now, by what is remembered of it. Nothing but arithmetic: whoever is asked with the
 * same page gives the same answer.
 *
 * @module
 */
import type { ScheduleEntry } from './ledger.ts'
import type { Schedule } from './schedule.ts'
import { ticksBetween } from './timing.ts'

export interface Settlement {
  entry: ScheduleEntry
  /** Those that become tasks. */
  ticks: readonly number[]
  /** How many had no worker when they came; at least so many, if `areMore`. */
  missed: number
  areMore: boolean
}

/** A tick that is so late is none that was missed: workers were being replaced. */
export const onTimeMs = 60_000
/** Processes tell so often what they declare… */
export const tellEveryMs = 15_000
/** …and who hasn't for so long is gone. Shorter than `onTimeMs`, so that no tick is missed over it. */
export const goneAfterMs = 45_000
/** What was declared by nobody for so long is forgotten, */
const declaredKeptMs = 86_400_000
/** and so many ticks are made up at most. */
export const madeUpMax = 1_000

export function settle(schedule: Schedule, known: ScheduleEntry | undefined, nowMs: number): Settlement {
  const begun = { timing: schedule.timing.text, settledMs: nowMs }
  const entry = { ...(known ?? begun), declared: withOwn(schedule, known, nowMs) }
  const nothing = { entry, ticks: [], missed: 0, areMore: false }
  if (!isInForce(schedule, entry, nowMs)) return nothing
  // Ticks that another timing would have had were not missed.
  if (entry.timing !== schedule.timing.text) return { ...nothing, entry: { ...entry, ...begun } }
  const { ticks, areMore } = ticksBetween(schedule.timing, entry.settledMs, nowMs, madeUpMax)
  if (ticks.length === 0) return nothing
  const late = ticks.filter((tick) => nowMs - tick > onTimeMs)
  const settled = { ...entry, settledMs: ticks.at(-1)! }
  return { entry: settled, ticks: chosen(schedule, ticks, nowMs), missed: late.length, areMore }
}

/** Whether `settle` has anything to say that isn't known already. */
export function isDue(schedule: Schedule, known: ScheduleEntry | undefined, nowMs: number): boolean {
  const own = known?.declared[schedule.print]
  if (!known || !own || nowMs - own.seenMs >= tellEveryMs) return true
  if (!isInForce(schedule, known, nowMs)) return false
  return known.timing !== schedule.timing.text || nextTick(schedule, known) <= nowMs
}

export function nextTick(schedule: Schedule, known: ScheduleEntry): number {
  return schedule.timing.next(known.settledMs)
}

/** Of releases side by side, the one that came last fires, as long as a process of it lives. */
export function isInForce({ print }: Schedule, { declared }: ScheduleEntry, nowMs: number): boolean {
  const own = declared[print]
  if (!own) return false
  return Object.entries(declared).every(
    ([other, { sinceMs, seenMs }]) => other === print || sinceMs < own.sinceMs || nowMs - seenMs > goneAfterMs,
  )
}

function withOwn({ print }: Schedule, known: ScheduleEntry | undefined, nowMs: number): ScheduleEntry['declared'] {
  const others = Object.entries(known?.declared ?? {}).filter(
    ([other, { seenMs }]) => other === print || nowMs - seenMs < declaredKeptMs,
  )
  // No two came at the same moment, whatever the server's clock says.
  const latest = Math.max(0, ...others.map(([, { sinceMs }]) => sinceMs + 1))
  const sinceMs = known?.declared[print]?.sinceMs ?? Math.max(nowMs, latest)
  return { ...Object.fromEntries(others), [print]: { sinceMs, seenMs: nowMs } }
}

function chosen({ missed }: Schedule, ticks: readonly number[], nowMs: number): readonly number[] {
  if (missed === 'all') return ticks
  return ticks.slice(-1).filter((tick) => missed === 'once' || nowMs - tick <= onTimeMs)
}
