import { describe, expect, test } from 'bun:test'
import { median, ratiosByRound } from './statistics.ts'

describe('median', () => {
  test('is the middle of an odd number of values, whatever their order', () => {
    expect(median([30, 10, 20])).toBe(20)
  })

  test('is the mean of the two in the middle of an even number', () => {
    expect(median([40, 10, 20, 30])).toBe(25)
  })

  test('sorts by number, not by text', () => {
    expect(median([9, 100, 10])).toBe(10)
  })

  test('of nothing is an error rather than NaN', () => {
    expect(() => median([])).toThrow(RangeError)
  })
})

describe('ratiosByRound', () => {
  test('compares within a round, so that a machine that halves its speed changes no ratio', () => {
    expect(ratiosByRound([90, 45, 88], [100, 50, 110])).toEqual({ median: 0.9, min: 0.8, max: 0.9 })
  })

  test('refuses sides with different numbers of rounds', () => {
    expect(() => ratiosByRound([1, 2], [1])).toThrow(RangeError)
  })
})
