import { expect, test } from 'bun:test'
import { encodeRow } from './copy.ts'

test('a row is its values between tabs, with nulls and dates as PostgreSQL writes them', () => {
  expect(encodeRow([1, 'tea', null, new Date('2026-01-02T03:04:05.006Z')])).toBe(
    '1\ttea\t\\N\t2026-01-02T03:04:05.006Z\n',
  )
})

test('text that would break the format is escaped', () => {
  expect(encodeRow(['a\tb\nc\rd\\e', 'N'])).toBe('a\\tb\\nc\\rd\\\\e\tN\n')
})

test('an empty text stays a value of its own', () => {
  expect(encodeRow(['', ''])).toBe('\t\n')
})
