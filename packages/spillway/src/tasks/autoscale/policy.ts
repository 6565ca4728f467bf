/**
 * How many workers there should be: a pure function of what is seen, the rules and the time.
 *
 * @module
 */
import { idleWorkers, type Load } from './load.ts'
import type { Rules } from './rules.ts'
import { type Wish, wishOf } from './wish.ts'

/** One look at the world. `current` is what the driver says, without those that drain. */
export type Look = { current: number } & ({ kind: 'seen'; load: Load } | { kind: 'unseen'; because: string })

/** What is remembered from look to look. */
export interface PolicyState {
  /** Undefined before the first decision. */
  readonly target: number | undefined
  readonly changedAtMs: number
  /** Looks in a row that would have let a worker go. */
  readonly quietLooks: number
}

export interface Decision {
  target: number
  /** For people. */
  reason: string
  state: PolicyState
}

export const initialState: PolicyState = { target: undefined, changedAtMs: Number.NEGATIVE_INFINITY, quietLooks: 0 }

/**
 * Decides. The bounds hold at once and always; within them workers come soon and go late, a step at a time, and none
 * goes while all are busy. Somebody else's change counts as one of ours, so that we don't undo it at the next look.
 *
 * @param nowMs of a clock that never goes back.
 * @example
 * const { target, reason, state } = decide(initialState, { kind: 'seen', current: 3, load }, defaultRules, performance.now())
 */
export function decide(before: PolicyState, look: Look, rules: Rules, nowMs: number): Decision {
  const { current } = look
  const { min, max } = rules
  if (current < min) return change(min, `${counted(current)} below the minimum of ${min}`, nowMs)
  if (current > max) return change(max, `${counted(current)} above the maximum of ${max}`, nowMs)
  const state = afterOthers(before, current, nowMs)
  if (look.kind === 'unseen') return hold(current, `the queue can't be seen: ${look.because}`, state)
  const wish = wishOf(look.load, current, rules)
  if (wish.kind === 'more') return up(wish, current, state, rules, nowMs)
  if (wish.kind === 'fewer') return down(wish, current, state, rules, nowMs, idleWorkers(look.load).length)
  return hold(current, wish.because, state)
}

function up({ because }: Wish, current: number, state: PolicyState, rules: Rules, nowMs: number): Decision {
  const { max, stepUp, upCooldownMs } = rules
  if (current === max) return hold(current, `${because}, but ${max} workers are the maximum`, state)
  const sinceMs = nowMs - state.changedAtMs
  if (sinceMs < upCooldownMs) return hold(current, `${because}, but ${lately(sinceMs, upCooldownMs)}`, state)
  return change(Math.min(max, current + stepUp), because, nowMs)
}

function down(
  { because }: Wish,
  current: number,
  before: PolicyState,
  rules: Rules,
  nowMs: number,
  idle: number,
): Decision {
  const { min, stepDown, downCooldownMs, quietLooks } = rules
  if (current === min) return hold(current, `${because}, but ${min} workers are the minimum`, before)
  const state = { ...before, target: current, quietLooks: before.quietLooks + 1 }
  const waitFor = (reason: string): Decision => ({ target: current, reason: `${because}, but ${reason}`, state })
  if (state.quietLooks < quietLooks) return waitFor(`only for ${state.quietLooks} of ${quietLooks} looks`)
  const sinceMs = nowMs - state.changedAtMs
  if (sinceMs < downCooldownMs) return waitFor(lately(sinceMs, downCooldownMs))
  return change(Math.max(min, current - Math.min(stepDown, idle)), because, nowMs)
}

function afterOthers(state: PolicyState, current: number, nowMs: number): PolicyState {
  const isOurs = state.target === undefined || state.target === current
  return isOurs ? state : { target: current, changedAtMs: nowMs, quietLooks: 0 }
}

function change(target: number, reason: string, nowMs: number): Decision {
  return { target, reason, state: { target, changedAtMs: nowMs, quietLooks: 0 } }
}

function hold(current: number, reason: string, state: PolicyState): Decision {
  return { target: current, reason, state: { ...state, target: current, quietLooks: 0 } }
}

const lately = (sinceMs: number, cooldownMs: number) =>
  `the last change was ${Math.floor(sinceMs / 1_000)} s ago, not yet ${cooldownMs / 1_000}`

const counted = (workers: number) => (workers === 1 ? '1 is' : `${workers} are`)
