import { describe, expect, test } from 'bun:test'
import { cronTiming, everySeconds, type Timing, ticksBetween } from './timing.ts'

const at = (text: string) => Date.parse(text)

function ticksOf(timing: Timing, from: string, to: string): string[] {
  return ticksBetween(timing, at(from), at(to), 1_000).ticks.map((tick) => new Date(tick).toISOString().slice(5, 16))
}

test('an interval fires on its full multiples, the same in every process', () => {
  const timing = everySeconds(600)
  expect(ticksOf(timing, '2026-05-01T00:00:00Z', '2026-05-01T00:35:00Z')).toEqual([
    ...['05-01T00:10', '05-01T00:20', '05-01T00:30'],
  ])
  expect(timing.next(at('2026-05-01T00:09:59.999Z'))).toBe(at('2026-05-01T00:10:00Z'))
})

test('a daily pattern fires at the local hour', () => {
  const seoul = cronTiming('0 2 * * *', 'Asia/Seoul')
  expect(ticksOf(seoul, '2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z')).toEqual([
    ...['03-28T17:00', '03-29T17:00', '03-30T17:00'],
  ])
})

/** The three days around each change; clocks go forward, then back. */
const changes = {
  'America/New_York': ['2026-03-08', '2026-11-01'],
  'Europe/Berlin': ['2026-03-29', '2026-10-25'],
  'Australia/Lord_Howe': ['2026-10-04', '2026-04-05'],
  // At midnight.
  'Africa/Cairo': ['2026-04-24', '2026-10-30'],
  'Asia/Seoul': ['2026-03-29', '2026-10-25'],
}

describe.each(Object.entries(changes))('around daylight-saving changes in %s', (timeZone, days) => {
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const minutes = Array.from({ length: 16 }, (_, index) => index * 15)

  test.each(days)('each time of the night comes once a local day, about %s', (day) => {
    for (const minute of minutes) {
      const timing = cronTiming(`${minute % 60} ${Math.floor(minute / 60)} * * *`, timeZone)
      const { ticks } = ticksBetween(timing, at(day) - 3 * 86_400_000, at(day) + 3 * 86_400_000, 100)
      const counts = Map.groupBy(ticks, (tick) => dayOf.format(tick))
      // The first and the last day are not whole.
      const whole = [...counts.values()].slice(1, -1)
      expect(whole.length).toBeGreaterThanOrEqual(3)
      expect(whole.every((ofDay) => ofDay.length === 1)).toBe(true)
    }
  })

  test.each(days)('every fifteen minutes are real ones, about %s', (day) => {
    const timing = cronTiming('*/15 * * * *', timeZone)
    const { ticks } = ticksBetween(timing, at(day) - 86_400_000, at(day) + 2 * 86_400_000, 1_000)
    const gaps = new Set(ticks.slice(1).map((tick, index) => tick - ticks[index]!))
    expect([...gaps]).toEqual([900_000])
  })

  test.each(days)('the next tick is the same whenever it is asked for, about %s', (day) => {
    for (const pattern of ['30 2 * * *', '30 1,2,3 * * *', '*/20 1-2 * * *', '0 0 * * *']) {
      const timing = cronTiming(pattern, timeZone)
      const { ticks } = ticksBetween(timing, at(day) - 2 * 86_400_000, at(day) + 2 * 86_400_000, 1_000)
      for (let asked = at(day) - 86_400_000; asked < at(day) + 86_400_000; asked += 437_117) {
        expect(timing.next(asked)).toBe(ticks.find((tick) => tick > asked)!)
      }
    }
  })
})

test('a time that does not exist is made up at the first moment after, and one that comes twice counts at first', () => {
  const berlin = cronTiming('30 2 * * *', 'Europe/Berlin')
  expect(ticksOf(berlin, '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z')).toEqual(['03-29T01:00'])
  expect(ticksOf(berlin, '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toEqual(['10-25T00:30'])
  const lordHowe = cronTiming('15 2 * * *', 'Australia/Lord_Howe')
  expect(ticksOf(lordHowe, '2026-10-03T12:00:00Z', '2026-10-04T00:00:00Z')).toEqual(['10-03T15:30'])
  const newYork = cronTiming('30 1 * * *', 'America/New_York')
  expect(ticksOf(newYork, '2026-10-31T12:00:00Z', '2026-11-01T12:00:00Z')).toEqual(['11-01T05:30'])
})

test('of a long absence the last ticks are found, at little cost', () => {
  const startedAt = performance.now()
  const minutely = ticksBetween(cronTiming('* * * * *', 'Europe/Berlin'), at('2020-01-01'), at('2026-01-01'), 1_000)
  expect(minutely.ticks.length).toBe(1_000)
  expect(minutely.ticks.at(-1)).toBe(at('2026-01-01'))
  expect(minutely.areMore).toBe(true)
  const yearly = ticksBetween(cronTiming('0 0 1 1 *', 'UTC'), at('2020-06-01'), at('2026-06-01'), 1_000)
  expect(yearly).toMatchObject({ areMore: false, ticks: { length: 6 } })
  expect(ticksBetween(everySeconds(1), 0, at('2026-01-01'), 3).ticks.length).toBe(3)
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

test.each([
  ['60 * * * *', 'UTC', 'Invalid value for minute'],
  ['0 2 * *', 'UTC', 'five fields'],
  ['* * * * * *', 'UTC', 'five fields'],
  ['2030-01-01T00:00:00', 'UTC', 'five fields'],
  ['@often', 'UTC', 'no pattern'],
  ['0 0 30 2 *', 'UTC', 'never comes'],
  ['0 2 * * *', 'Asia/Soul', 'no time zone'],
])('%s in %s is refused', (pattern, timeZone, reason) => {
  expect(() => cronTiming(pattern, timeZone)).toThrow(reason)
})

test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('every %d seconds is refused', (seconds) => {
  expect(() => everySeconds(seconds)).toThrow('whole number')
})
