import { expect, test } from 'bun:test'
import { storableText, unstorable } from './storable.ts'

test.each(['a\0b', 'half \ud83d of one', '\udc00', '\\\0'])('%j can not be stored', (text) => {
  expect(unstorable(JSON.stringify(text))).toContain('NUL')
  expect(unstorable(JSON.stringify(storableText(text)))).toBeUndefined()
})

test.each(['plain', '\\u0000 in words', '😀 whole', '\u0001', 'C:\\ud800'])('%j can', (text) => {
  expect(unstorable(JSON.stringify(text))).toBeUndefined()
})

test('values are nested a thousand deep at most, and brackets in texts do not count', () => {
  const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`
  expect(unstorable(nested(1_000))).toBeUndefined()
  expect(unstorable(nested(1_002))).toBe('is nested more than 1000 deep')
  expect(unstorable(JSON.stringify(['"[{'.repeat(5_000), '\\'.repeat(999), []]))).toBeUndefined()
})
