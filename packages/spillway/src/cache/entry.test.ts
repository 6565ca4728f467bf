import { describe, expect, test } from 'bun:test'
import { encodeEntry, StoredEntry } from './entry.ts'

const entry = {
  loadedAt: 1_790_000_000_000_123,
  freshUntilMs: 1.5,
  staleUntilMs: 2e12,
  loadMs: 0,
  body: Buffer.from('x'),
}
const stored = (tags: string[]) => new StoredEntry(encodeEntry({ ...entry, tags }))

describe('an entry', () => {
  test('has its times, tags and body', () => {
    const tags = ['product:1', '', '상품', 'a\0b']
    const found = stored(tags)
    const { loadedAt, freshUntilMs, staleUntilMs, loadMs } = entry
    expect(found).toMatchObject({ loadedAt, freshUntilMs, staleUntilMs, loadMs })
    expect(found.tags()).toEqual(tags)
    expect(String(found.bytes.subarray(found.bodyStart))).toBe('x')
  })

  test('carries its tags in their order, and no others', () => {
    const found = stored(['a', 'bc'])
    expect(found.carries(['a', 'bc'])).toBe(true)
    for (const other of [[], ['a'], ['bc', 'a'], ['a', 'bd'], ['a', 'b'], ['ab', 'c'], ['a', 'bc', '']]) {
      expect(found.carries(other)).toBe(false)
    }
    expect(stored([]).carries([])).toBe(true)
    // Its bytes are the characters of another text.
    for (const tag of ['é', 'Ã©']) expect(stored(['é']).carries([tag])).toBe(false)
  })

  test('that was changed anywhere is not ours', () => {
    const { bytes } = stored(['product:1'])
    for (let index = 0; index < bytes.byteLength; index++) {
      if (index === 2 || index === 3) continue
      const changed = Buffer.from(bytes)
      changed[index]! ^= 1
      expect(() => new StoredEntry(changed)).toThrow('entry is not')
    }
    for (let length = 0; length < bytes.byteLength; length++) {
      expect(() => new StoredEntry(bytes.subarray(0, length))).toThrow('entry is not')
    }
  })

  test('can be given another lifetime', () => {
    const renewed = new StoredEntry(stored(['a']).renewed(7, 8))
    expect(renewed).toMatchObject({ loadedAt: entry.loadedAt, freshUntilMs: 7, staleUntilMs: 8 })
    expect(renewed.carries(['a'])).toBe(true)
  })
})
