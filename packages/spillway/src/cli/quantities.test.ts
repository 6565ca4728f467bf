import { expect, test } from 'bun:test'
import { amount, duration, moment, percent, plural, size } from './quantities.ts'

test('times have the unit that reads best', () => {
  const shown = [0.042, 1.5, 31.25, 312.4, 1_534, 90_000, 5_400_000, 864_000_000].map(duration)
  expect(shown).toEqual(['0.04 ms', '1.50 ms', '31.3 ms', '312 ms', '1.5 s', '1.5 min', '1.5 h', '10 days'])
})

test('so do sizes', () => {
  expect([0, 8_192, 1_572_864, 15_728_640, 3 * 2 ** 40].map(size)).toEqual(['0 B', '8 kB', '1.5 MB', '15 MB', '3.0 TB'])
})

test('figures have separators, shares no decimals', () => {
  expect([amount(12_345.6), percent(0.414), plural(1, 'session'), plural(1_200, 'session')]).toEqual([
    ...['12,346', '41 %', '1 session', '1,200 sessions'],
  ])
  expect(moment(new Date('2026-03-01T09:30:59Z'))).toBe('2026-03-01 09:30 UTC')
})
