/** When workers come and go. @module */
import { AutoscaleUsageError } from './errors.ts'

export interface Rules {
  /** Workers that always run. @default 3 */
  min: number
  /** @default 20 */
  max: number
  /** More than so many waiting tasks call for workers. @default 100 */
  waitingHigh: number
  /** Fewer than so many are a reason to let workers go. @default 10 */
  waitingLow: number
  /** Workers that come at a time. @default 2 */
  stepUp: number
  /** Workers that go at a time. @default 1 */
  stepDown: number
  /** A task that waited for so long calls for workers as well, if none is idle. @default 60_000 */
  oldestWaitingMs: number
  /** Time from any change to the next workers: those that came last should have begun. @default 30_000 */
  upCooldownMs: number
  /** Time from any change until workers go. Longer, as to miss them costs more than to have them. @default 120_000 */
  downCooldownMs: number
  /** Looks in a row that must find it quiet before workers go. @default 3 */
  quietLooks: number
}

export const defaultRules: Rules = {
  min: 3,
  max: 20,
  waitingHigh: 100,
  waitingLow: 10,
  stepUp: 2,
  stepDown: 1,
  oldestWaitingMs: 60_000,
  upCooldownMs: 30_000,
  downCooldownMs: 120_000,
  quietLooks: 3,
}

/**
 * The rules with their defaults filled in.
 *
 * @throws {AutoscaleUsageError} when they contradict each other.
 * @example
 * rulesFrom({ min: 1, max: 4 })
 */
export function rulesFrom(given: Partial<Rules> = {}): Rules {
  const rules = { ...defaultRules, ...given }
  const least: Partial<Rules> = { min: 1, stepUp: 1, stepDown: 1, waitingLow: 1, quietLooks: 1 }
  for (const [name, value] of Object.entries(rules)) {
    // The keys of one Rules are those of another.
    const atLeast = least[name as keyof Rules] ?? 0
    if (Number.isInteger(value) && value >= atLeast) continue
    throw new AutoscaleUsageError(`${name} can't be ${value}.`, `Give a whole number from ${atLeast} on.`)
  }
  const { min, max, waitingLow, waitingHigh } = rules
  if (min > max) {
    throw new AutoscaleUsageError(`At least ${min} and at most ${max} workers can't be.`, 'Give a max from min on.')
  }
  if (waitingLow > waitingHigh) {
    const message = `Workers can't go below ${waitingLow} waiting tasks and come above ${waitingHigh}.`
    throw new AutoscaleUsageError(message, 'Give a waitingLow that is well below waitingHigh.')
  }
  return rules
}
