import { describe, expect, test } from 'bun:test'
import { loadOf, workers } from './fixtures/loads.ts'
import type { Load } from './load.ts'
import { decide, initialState, type Look, type PolicyState } from './policy.ts'
import { defaultRules as rules, rulesFrom } from './rules.ts'

const seen = (current: number, load: Partial<Load> = {}): Look => ({ kind: 'seen', current, load: loadOf(load) })
const settled = (target: number): PolicyState => ({ target, changedAtMs: -Infinity, quietLooks: 0 })

/** Looks every 30 s that all find the same, the number of workers apart; the numbers that come of it. */
function targets(start: number, load: Partial<Load>, looks: number): number[] {
  let state = settled(start)
  let current = start
  return Array.from({ length: looks }, (_, index) => {
    const decision = decide(state, seen(current, load), rules, index * 30_000)
    state = decision.state
    current = decision.target
    return current
  })
}

describe('the number of workers', () => {
  test('begins at the minimum, whatever waits', () => {
    const { target, reason } = decide(initialState, seen(0, { waiting: 5_000 }), rules, 0)
    expect(target).toBe(3)
    expect(reason).toBe('0 are below the minimum of 3')
  })

  test('begins where it is when that is within the bounds', () => {
    expect(decide(initialState, seen(12), rules, 0).target).toBe(12)
  })

  test('is brought back within the bounds at once, also without a look at the queue and within a cooldown', () => {
    const state = { ...settled(3), changedAtMs: 0 }
    expect(decide(state, seen(1), rules, 1).target).toBe(3)
    expect(decide(state, seen(30, { workers: workers(...Array(30).fill(8)) }), rules, 1).target).toBe(20)
    expect(decide(state, { kind: 'unseen', current: 2, because: 'away' }, rules, 1).target).toBe(3)
    expect(decide(state, seen(3), { ...rules, min: 5 }, 1).target).toBe(5)
  })

  test('grows by two while more than a hundred tasks wait, up to the maximum', () => {
    expect(targets(3, { waiting: 101 }, 10)).toEqual([5, 7, 9, 11, 13, 15, 17, 19, 20, 20])
    expect(targets(3, { waiting: 100 }, 3)).toEqual([3, 3, 3])
  })

  test('grows for one old task while no worker is idle', () => {
    const old = { waiting: 1, oldestWaitingMs: 60_000 }
    expect(targets(3, { ...old, workers: workers(8, 8, 8) }, 2)).toEqual([5, 7])
    // All slots of one queue are taken, others are free.
    expect(targets(3, { ...old, workers: workers(2, 2, 2) }, 1)).toEqual([5])
    expect(targets(3, { ...old, oldestWaitingMs: 59_999, workers: workers(8, 8, 8) }, 2)).toEqual([3, 3])
  })

  test('does not grow for an old task that idle workers leave alone', () => {
    const { target, reason } = decide(settled(3), seen(3, { waiting: 1, oldestWaitingMs: 600_000 }), rules, 0)
    expect(target).toBe(3)
    expect(reason).toBe("a task has waited for 600 s, but 3 idle workers don't take it: one more wouldn't either")
  })

  test('shrinks by one when it has been quiet for three looks, and then every two minutes', () => {
    const quiet = { waiting: 9, workers: workers(0, 0, 0, 0, 0, 0) }
    expect(targets(6, quiet, 12)).toEqual([6, 6, 5, 5, 5, 5, 4, 4, 4, 4, 3, 3])
  })

  test('does not shrink while all are busy, even with one long task each', () => {
    const { target, reason } = decide(
      { ...settled(5), quietLooks: 9 },
      seen(5, { workers: workers(1, 1, 1, 1, 1), oldestActiveMs: 1_200_000 }),
      rules,
      0,
    )
    expect(target).toBe(5)
    expect(reason).toBe('5 tasks run, the oldest for 1200 s, and no worker is idle')
  })

  test('does not shrink by more than are idle', () => {
    const state = { ...settled(6), quietLooks: 9 }
    const look = seen(6, { workers: workers(0, 1, 1, 1, 1, 1) })
    expect(decide(state, look, { ...rules, stepDown: 3 }, 0).target).toBe(5)
  })

  test('does not shrink when the others would be full', () => {
    expect(targets(4, { workers: workers(8, 8, 8, 0) }, 9).at(-1)).toBe(4)
    expect(targets(4, { workers: workers(7, 6, 6, 0) }, 3).at(-1)).toBe(3)
  })

  test('does not count on workers that drain', () => {
    const draining = workers(0, 2, 2).map((worker) => ({ ...worker, isDraining: worker.busy === 0 }))
    expect(targets(5, { workers: draining }, 9).at(-1)).toBe(5)
  })

  test('forgets the quiet looks at the first that is not', () => {
    const quiet = seen(6)
    let state = settled(6)
    for (const [index, look] of [quiet, quiet, seen(6, { waiting: 10 }), quiet, quiet].entries()) {
      const decision = decide(state, look, rules, index * 30_000)
      expect(decision.target).toBe(6)
      state = decision.state
    }
    expect(decide(state, quiet, rules, 150_000).target).toBe(5)
  })

  test('stays when the queue is away, which is no quiet look', () => {
    const state = { ...settled(6), quietLooks: 2 }
    const decision = decide(state, { kind: 'unseen', current: 6, because: 'connection refused' }, rules, 0)
    expect(decision).toMatchObject({ target: 6, reason: "the queue can't be seen: connection refused" })
    expect(decision.state.quietLooks).toBe(0)
  })

  test("is not changed soon after somebody else's change", () => {
    const first = decide({ ...settled(4), quietLooks: 9 }, seen(10), rules, 0)
    expect(first).toMatchObject({ target: 10, reason: expect.stringContaining('only for 1 of 3 looks') })
    const later = { ...first.state, quietLooks: 9 }
    expect(decide(later, seen(10), rules, 119_000).reason).toContain('the last change was 119 s ago, not yet 120')
    expect(decide(later, seen(10), rules, 120_000).target).toBe(9)
  })

  test('waits between two changes', () => {
    const state = { ...settled(5), changedAtMs: 0 }
    const busy = seen(5, { waiting: 500 })
    expect(decide(state, busy, rules, 29_999)).toMatchObject({
      target: 5,
      reason: '500 tasks wait, more than 100, but the last change was 29 s ago, not yet 30',
    })
    expect(decide(state, busy, rules, 30_000).target).toBe(7)
  })
})

describe('rules', () => {
  test('have the defaults of the guide', () => {
    expect(rulesFrom()).toMatchObject({ min: 3, max: 20, waitingHigh: 100, waitingLow: 10, stepUp: 2, stepDown: 1 })
  })

  test.each([
    [{ min: 0 }, "min can't be 0"],
    [{ max: 2 }, 'At least 3 and at most 2 workers'],
    [{ max: 3.5 }, "max can't be 3.5"],
    [{ upCooldownMs: Number.NaN }, "upCooldownMs can't be NaN"],
    [{ waitingLow: 200 }, "Workers can't go below 200 waiting tasks and come above 100"],
  ])('that can not be are refused: %p', (given, message) => {
    expect(() => rulesFrom(given)).toThrow(message)
  })
})
