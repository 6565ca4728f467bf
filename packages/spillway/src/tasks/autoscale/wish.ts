/** What the load alone calls for, before bounds and cooldowns. @module */
import { idleWorkers, type Load } from './load.ts'
import type { Rules } from './rules.ts'

export interface Wish {
  kind: 'more' | 'fewer' | 'same'
  /** For people. */
  because: string
}

/** Of the slots that remain when workers go; full to the brim, the next task would call them back. */
const fullnessMax = 0.8

export function wishOf(load: Load, current: number, rules: Rules): Wish {
  const { waiting } = load
  if (waiting > rules.waitingHigh) return more(`${waiting} tasks wait, more than ${rules.waitingHigh}`)
  if (waiting > 0 && load.oldestWaitingMs >= rules.oldestWaitingMs) return forOldTask(load, current)
  if (waiting >= rules.waitingLow) return same(`${waiting} tasks wait`)
  return forQuiet(load, current, rules)
}

/**
 * More workers help if those that are there are at work. Not if all their slots are: a queue may have fewer of
 * them than the worker, so its tasks can wait while there are free slots for others.
 */
function forOldTask(load: Load, current: number): Wish {
  const waited = `a task has waited for ${seconds(load.oldestWaitingMs)}`
  const idle = idleWorkers(load).length
  if (idle > 0) return same(`${waited}, but ${idle} idle workers don't take it: one more wouldn't either`)
  // Of workers that nobody knows by name, the slots must tell.
  const isAtWork = load.workers.some(({ isDraining }) => !isDraining) || load.active >= current * load.slotsPerWorker
  return isAtWork ? more(`${waited} and no worker is idle`) : same(`${waited}, but no worker is up yet`)
}

/** Running tasks are load, long ones too: whoever runs one isn't stopped for being one too many. */
function forQuiet(load: Load, current: number, rules: Rules): Wish {
  const { waiting, active, slotsPerWorker } = load
  const idle = idleWorkers(load).length
  if (idle === 0) return same(`${running(load)} and no worker is idle`)
  const slotsLeft = (current - Math.min(rules.stepDown, idle)) * slotsPerWorker
  if (active + waiting > slotsLeft * fullnessMax) return same(`${running(load)}, too many for fewer workers`)
  return { kind: 'fewer', because: `${waiting} tasks wait, ${active} run and ${idle} workers are idle` }
}

function running({ active, oldestActiveMs }: Load): string {
  const longest = oldestActiveMs === undefined ? '' : `, the oldest for ${seconds(oldestActiveMs)},`
  return `${active} tasks run${longest}`
}

const more = (because: string): Wish => ({ kind: 'more', because })
const same = (because: string): Wish => ({ kind: 'same', because })
const seconds = (ms: number) => `${Math.floor(ms / 1_000)} s`
