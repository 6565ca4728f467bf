import { expect, test } from 'bun:test'
import { formatDate, formatPrice, formatRating } from './format.ts'

test('prices are written as each language writes dollars', () => {
  expect(formatPrice('en', '1299.5')).toBe('$1,299.50')
  expect(formatPrice('ko', '1299.50')).toBe('US$1,299.50')
})

test('the largest price keeps its cents', () => {
  expect(formatPrice('en', '99999999.99')).toBe('$99,999,999.99')
})

test('ratings have one decimal at most', () => {
  expect(formatRating('en', 4.25)).toBe('4.3')
  expect(formatRating('ko', 5)).toBe('5')
})

test('dates are written out', () => {
  expect(formatDate('en', new Date('2026-03-01T23:00:00Z'))).toBe('March 1, 2026')
  expect(formatDate('ko', new Date('2026-03-01T23:00:00Z'))).toBe('2026년 3월 1일')
})
