import { describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { TaskInputError, TaskUsageError } from '../errors.ts'
import { task } from '../task.ts'
import type { ScheduleEntry } from './ledger.ts'
import { type Schedule, type ScheduleOptions, schedule } from './schedule.ts'
import { goneAfterMs, isDue, isInForce, settle } from './settle.ts'

const work = task('work', { input: z.object({ n: z.number().optional() }) }, () => undefined)
const declared = (options: ScheduleOptions, input = {}) => schedule('nightly', options, work, input)
const daily = { cron: '0 2 * * *', timeZone: 'UTC' }
const at = (text: string) => Date.parse(`2026-05-${text}:00Z`)

/** As processes do that look once a minute. @returns the ticks that became tasks, and what is remembered. */
function lived(one: Schedule, from: number, to: number, known?: ScheduleEntry) {
  let entry = known
  const ticks: number[] = []
  for (let now = from; now <= to; now += 40_000) {
    if (!isDue(one, entry, now)) continue
    const settled = settle(one, entry, now)
    entry = settled.entry
    ticks.push(...settled.ticks)
  }
  return { ticks, entry: entry! }
}

test('what is new has missed nothing, and fires from its next tick on, once each', () => {
  const { ticks } = lived(declared(daily), at('01T12:00'), at('04T12:00'))
  expect(ticks).toEqual([at('02T02:00'), at('03T02:00'), at('04T02:00')])
})

describe('after three days without workers', () => {
  const away = (options: ScheduleOptions) => {
    const one = declared(options)
    return settle(one, lived(one, at('01T12:00'), at('02T12:00')).entry, at('05T12:00'))
  }

  test('one run is made up by default, for the last tick', () => {
    expect(away(daily)).toMatchObject({ ticks: [at('05T02:00')], missed: 3, areMore: false })
  })

  test('none is with `skip`', () => {
    expect(away({ ...daily, missed: 'skip' })).toMatchObject({ ticks: [], missed: 3 })
  })

  test('each is with `all`, and the last thousand of too many', () => {
    const all = { ...daily, missed: 'all' } as const
    expect(away(all).ticks).toEqual([at('03T02:00'), at('04T02:00'), at('05T02:00')])
    const many = away({ everySeconds: 60, missed: 'all' })
    expect(many).toMatchObject({ areMore: true, ticks: { length: 1_000 } })
    expect(many.ticks.at(-1)).toBe(at('05T12:00'))
  })

  test('nothing of it is done again afterwards', () => {
    const one = declared({ ...daily, missed: 'all' })
    const { entry } = away({ ...daily, missed: 'all' })
    expect(settle(one, entry, at('05T12:00')).ticks).toEqual([])
    expect(lived(one, at('05T12:01'), at('06T12:00'), entry).ticks).toEqual([at('06T02:00')])
  })
})

test('a tick that is late by seconds is none that was missed', () => {
  const one = declared({ ...daily, missed: 'skip' })
  const { entry } = lived(one, at('01T12:00'), at('02T01:59'))
  expect(settle(one, entry, at('02T02:00') + 50_000)).toMatchObject({ ticks: [at('02T02:00')], missed: 0 })
})

test('a clock that goes back does not fire again', () => {
  const one = declared({ everySeconds: 60 })
  const { entry } = lived(one, at('01T12:00'), at('01T12:10'))
  expect(lived(one, at('01T12:05'), at('01T12:10'), entry).ticks).toEqual([])
})

describe('two releases side by side', () => {
  const old = declared(daily)
  const changed = declared({ ...daily, cron: '0 3 * * *' })
  const before = lived(old, at('01T12:00'), at('02T12:00')).entry
  const both = settle(changed, before, at('02T12:01')).entry

  test('the one that came last fires, and by its own pattern', () => {
    expect(isInForce(old, both, at('02T12:01'))).toBe(false)
    let entry = both
    const ticks: number[] = []
    for (let now = at('02T12:01'); now < at('04T12:00'); now += 20_000) {
      for (const release of [old, changed]) {
        const settled = settle(release, entry, now)
        entry = settled.entry
        ticks.push(...settled.ticks)
      }
    }
    expect(ticks).toEqual([at('03T03:00'), at('04T03:00')])
  })

  test('a process of the old one that starts anew does not take over', () => {
    const soon = at('02T12:01') + 30_000
    const restarted = settle(old, both, soon).entry
    expect(isInForce(old, restarted, soon)).toBe(false)
    expect(isInForce(changed, restarted, soon)).toBe(true)
  })

  test('it goes on with the old one when the new one is taken back', () => {
    const left = at('02T12:01') + goneAfterMs + 1
    expect(isInForce(old, settle(old, both, left).entry, left)).toBe(true)
  })

  test('another input is another declaration, and what was missed stays missed', () => {
    const other = declared(daily, { n: 1 })
    expect(other.print).not.toBe(old.print)
    expect(settle(other, before, at('05T12:00'))).toMatchObject({ ticks: [at('05T02:00')], missed: 3 })
  })

  test('ticks that the new pattern would have had before are not made up', () => {
    const often = declared({ everySeconds: 300, missed: 'all' })
    expect(settle(often, before, at('05T12:01')).ticks).toEqual([])
  })
})

test('a schedule that can not be is refused where it is declared', () => {
  expect(() => declared({ cron: '99 * * * *' })).toThrow(TaskUsageError)
  expect(() => declared({ everySeconds: 0 })).toThrow('The schedule "nightly" can\'t be')
  expect(() => declared({ ...daily, missed: 'all', overlap: 'skip' })).toThrow('`all` with `skip`')
  expect(() => schedule('a:b', daily, work, {})).toThrow('name')
  expect(() => schedule('nightly', daily, work, { n: 'x' as unknown as number })).toThrow(TaskInputError)
  // @ts-expect-error the task takes numbers
  expect(() => schedule('nightly', daily, work, { n: 'x' })).toThrow(TaskInputError)
})
