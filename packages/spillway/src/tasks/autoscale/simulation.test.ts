import { describe, expect, test } from 'bun:test'
import { type Scaler, simulate } from './fixtures/simulation.ts'
import { type Arrival, burst, shopEvening, step, wave } from './fixtures/traces.ts'
import { decide, initialState } from './policy.ts'
import { defaultRules } from './rules.ts'

function ours(): Scaler {
  let state = initialState
  return {
    target: (load, current, nowMs) => {
      const decision = decide(state, { kind: 'seen', current, load }, defaultRules, nowMs)
      state = decision.state
      return decision.target
    },
    leavers: () => 'idle first',
  }
}

/** The rule by itself: it sees how many wait and nothing else. */
const naive: Scaler = {
  target: ({ waiting }, current) => {
    const wanted = waiting > 100 ? current + 2 : waiting < 10 ? current - 1 : current
    return Math.min(20, Math.max(3, wanted))
  },
  leavers: () => 'youngest',
}

const traces: [name: string, arrivals: () => Arrival[], longest: { p95: number; max: number }][] = [
  ['a daily wave', wave, { p95: 5_000, max: 30_000 }],
  ['a burst', burst, { p95: 120_000, max: 180_000 }],
  ['a step', step, { p95: 5_000, max: 40_000 }],
  ['an evening of a shop', shopEvening, { p95: 35_000, max: 90_000 }],
]
const outcomes = traces.map(([name, arrivals, longest]) => {
  return { name, longest, kept: simulate(arrivals(), ours()), bare: simulate(arrivals(), naive) }
})

describe.each(outcomes)('$name', ({ longest, kept, bare }) => {
  test('is served in time, without flapping', () => {
    expect(kept.waitMs.p95).toBeLessThan(longest.p95)
    expect(kept.waitMs.max).toBeLessThan(longest.max)
    expect(kept.turns).toBe(0)
    expect(kept.mostWorkers).toBeLessThanOrEqual(20)
  })

  test('lets no busy worker go, where the rule by itself does', () => {
    expect(kept.stoppedWhileBusy).toBe(0)
    expect(bare.stoppedWhileBusy).toBeGreaterThan(0)
  })

  test('waits no longer than under the rule by itself, with no more changes', () => {
    expect(kept.waitMs.p50).toBeLessThanOrEqual(bare.waitMs.p50)
    expect(kept.waitMs.p95).toBeLessThanOrEqual(bare.waitMs.p95)
    expect(kept.changes).toBeLessThanOrEqual(bare.changes)
  })
})

test('in all it takes a quarter of the changes that the rule by itself makes', () => {
  const sum = (changes: (outcome: (typeof outcomes)[number]) => number) =>
    outcomes.reduce((total, outcome) => total + changes(outcome), 0)
  expect(sum(({ kept }) => kept.changes)).toBeLessThan(sum(({ bare }) => bare.changes) / 4)
})
