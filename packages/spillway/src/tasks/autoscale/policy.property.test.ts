import { describe, test } from 'bun:test'
import fc from 'fast-check'
import type { Load } from './load.ts'
import { type Decision, decide, initialState, type Look } from './policy.ts'
import { type Rules, rulesFrom } from './rules.ts'

const slotsPerWorker = 8
const anyRules = fc
  .record({
    min: fc.integer({ min: 1, max: 10 }),
    span: fc.integer({ min: 0, max: 20 }),
    stepUp: fc.integer({ min: 1, max: 5 }),
    stepDown: fc.integer({ min: 1, max: 5 }),
    upCooldownMs: fc.integer({ min: 0, max: 100_000 }),
    downCooldownMs: fc.integer({ min: 0, max: 300_000 }),
    quietLooks: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ span, ...rules }) => rulesFrom({ ...rules, max: rules.min + span }))

/** Around the thresholds, where it matters, as well as far from them. */
const waiting = fc.oneof(fc.nat(12), fc.integer({ min: 95, max: 105 }), fc.nat(10_000))
const anyLoad = (busy: fc.Arbitrary<number>): fc.Arbitrary<Load> =>
  fc
    .record({
      waiting,
      oldestWaitingMs: fc.nat(120_000),
      workers: fc.array(fc.record({ id: fc.string(), busy, startedAtMs: fc.nat(), isDraining: fc.boolean() }), {
        maxLength: 25,
      }),
    })
    .map((load) => ({ ...load, active: load.workers.reduce((sum, one) => sum + one.busy, 0), slotsPerWorker }))

interface Step {
  load: Load | undefined
  afterMs: number
  /** What somebody else sets before the look. */
  elsewhere: number | undefined
}
const anySteps = fc.array(
  fc.record({
    load: fc.option(anyLoad(fc.nat(slotsPerWorker)), { nil: undefined, freq: 8 }),
    afterMs: fc.integer({ min: 1, max: 90_000 }),
    elsewhere: fc.option(fc.nat(40), { nil: undefined, freq: 1 }).map((count) => (count === 0 ? undefined : count)),
  }),
  { minLength: 1, maxLength: 60 },
)

interface Made extends Decision {
  atMs: number
  current: number
  wasChangedElsewhere: boolean
}

function run(rules: Rules, steps: Step[], start = 0): Made[] {
  let [state, current, atMs] = [initialState, start, 0]
  return steps.map(({ load, afterMs, elsewhere }) => {
    atMs += afterMs
    const before = elsewhere ?? current
    const look: Look = load
      ? { kind: 'seen', current: before, load }
      : { kind: 'unseen', current: before, because: 'away' }
    const decision = decide(state, look, rules, atMs)
    const wasChangedElsewhere = before !== current
    state = decision.state
    current = decision.target
    return { ...decision, atMs, current: before, wasChangedElsewhere }
  })
}

const every = <Value>(values: Value[], holds: (value: Value, index: number) => boolean) => values.every(holds)
const undisturbed = (steps: Step[]) => steps.map((step) => ({ ...step, elsewhere: undefined }))

describe('for any rules and any sequence of loads', () => {
  test('the number is within its bounds, whoever else changes it', () => {
    fc.assert(
      fc.property(anyRules, anySteps, fc.nat(40), (rules, steps, start) =>
        every(run(rules, steps, start), ({ target }) => rules.min <= target && target <= rules.max),
      ),
    )
  })

  test('it starts at the minimum', () => {
    fc.assert(fc.property(anyRules, anySteps, (rules, steps) => run(rules, steps)[0]?.target === rules.min))
  })

  test('it never changes within the cooldown of its direction, so never up and down', () => {
    fc.assert(
      fc.property(anyRules, anySteps, (rules, steps) => {
        const changes = run(rules, undisturbed(steps)).filter(({ current, target }) => current !== target)
        return every(changes.slice(1), ({ current, target, atMs }, index) => {
          const sinceMs = atMs - changes[index]!.atMs
          return sinceMs >= (target > current ? rules.upCooldownMs : rules.downCooldownMs)
        })
      }),
    )
  })

  test('what somebody else has set within the bounds stays for a cooldown', () => {
    fc.assert(
      fc.property(anyRules, anySteps, (rules, steps) => {
        const patient = { ...rules, upCooldownMs: 100_000, downCooldownMs: 100_000 }
        return every(run(patient, steps, rules.min), ({ current, target, wasChangedElsewhere }, index) => {
          const isWithin = rules.min <= current && current <= rules.max
          return index === 0 || !wasChangedElsewhere || !isWithin || target === current
        })
      }),
    )
  })

  test('a constant load settles, and the number stays', () => {
    fc.assert(
      fc.property(anyRules, anyLoad(fc.nat(slotsPerWorker)), fc.nat(30), (rules, load, start) => {
        const looks = 31 * rules.quietLooks * 11
        const steps = Array.from({ length: looks }, () => ({ load, afterMs: 30_000, elsewhere: undefined }))
        const numbers = run(rules, steps, start).map(({ target }) => target)
        const directions = new Set(numbers.slice(1).map((target, index) => Math.sign(target - numbers[index]!)))
        const isMonotone = !(directions.has(1) && directions.has(-1))
        return isMonotone && new Set(numbers.slice(-20)).size === 1
      }),
      { numRuns: 50 },
    )
  })

  test('workers that are all busy are never fewer, however few tasks wait', () => {
    const busyLoad = anyLoad(fc.integer({ min: 1, max: slotsPerWorker }))
    fc.assert(
      fc.property(anyRules, fc.array(busyLoad, { minLength: 1, maxLength: 40 }), (rules, loads) => {
        const steps = loads.map((load) => ({ load, afterMs: 200_000, elsewhere: undefined }))
        return every(run(rules, steps, rules.max), ({ target }) => target === rules.max)
      }),
    )
  })

  test('a task that waits and waits while all work brings more workers, up to the maximum', () => {
    const stuck = anyLoad(fc.integer({ min: 1, max: slotsPerWorker }))
      .filter(({ workers }) => workers.some(({ isDraining }) => !isDraining))
      .map((load) => ({ ...load, waiting: Math.max(1, load.waiting) }))
    fc.assert(
      fc.property(anyRules, stuck, (rules, load) => {
        const steps = Array.from({ length: 80 }, (_, index) => ({
          load: { ...load, oldestWaitingMs: index * 50_000 },
          afterMs: 50_000,
          elsewhere: undefined,
        }))
        return run(rules, steps).at(-1)?.target === rules.max
      }),
    )
  })
})
