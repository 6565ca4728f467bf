/** What is written is read, by everyone, as it was, for as long as it lives. @module */
import { describe, expect, test } from 'bun:test'
import { until } from '../until.ts'
import { bytesOf, freshName, minuteMs, textOf } from './fresh.ts'
import type { OpenedTiers } from './opened.ts'

const hostileKeys = [
  ['spaces', 'a b  c '],
  ['line breaks', 'a\nb\r\n$3\r\nfoo\0'],
  ['braces', 'a{b}c'],
  ['a closing brace first', '}a{'],
  ['empty braces', '{}{}{'],
  ['an ending like that of a lease', 'a}lease'],
  ['glob characters', '*[a-z]?\\'],
  ['another script and emoji', '상품:한국어:🛒'],
  ['a kilobyte', 'k'.repeat(1_024)],
  ['nothing', ''],
] as const

export function describeEntries(tiers: () => OpenedTiers): void {
  describe('an entry', () => {
    test('that was written is read by everyone, in the order of the keys', async () => {
      const { tier, other } = tiers()
      const [a, b, none] = [freshName('a'), freshName('b'), freshName('none')]
      await tier.write(a, bytesOf('A'), minuteMs, [])
      await other.write(b, bytesOf('B'), minuteMs, [])
      for (const reader of [tier, other]) {
        const { entries, versions } = await reader.read([b, none, a], [])
        expect(entries.map(textOf)).toEqual(['B', undefined, 'A'])
        expect(versions).toEqual([])
      }
    })

    test('that is read with nothing asked for is nothing', async () => {
      expect(await tiers().tier.read([], [])).toEqual({ entries: [], versions: [] })
    })

    test.each([...hostileKeys])('may have a key with %s', async (_what, text) => {
      const { tier, other } = tiers()
      const key = text + freshName('').repeat(text === '' ? 0 : 1)
      const lease = await tier.lease({ key, token: 'a token', forMs: minuteMs, voidBefore: 0 })
      expect(lease.kind).toBe('granted')
      expect(await tier.fill(key, 'a token', bytesOf(text), minuteMs, [text])).toBe(true)
      const { entries, versions } = await other.read([key], [text])
      expect(textOf(entries[0])).toBe(text)
      expect(versions[0]).toBeDefined()
      expect(await other.delete([key])).toBe(1)
    })

    test('may be five megabytes of any bytes', async () => {
      const { tier, other } = tiers()
      const key = freshName('large')
      const bytes = new Uint8Array(5 * 2 ** 20)
      for (let i = 0; i < bytes.byteLength; i++) bytes[i] = (i * 31) % 257
      await tier.write(key, bytes, minuteMs, [])
      const { entries } = await other.read([key], [])
      expect(Buffer.from(bytes).equals(entries[0]!)).toBe(true)
    })

    test('may be empty', async () => {
      const { tier, other } = tiers()
      const key = freshName('empty')
      await tier.write(key, new Uint8Array(), minuteMs, [])
      expect((await other.read([key], [])).entries[0]?.byteLength).toBe(0)
    })

    test('is a copy: later changes to what was written are not seen', async () => {
      const { tier, other } = tiers()
      const key = freshName('copy')
      const bytes = bytesOf('before')
      await tier.write(key, bytes, minuteMs, [])
      bytes.fill(0)
      expect(textOf((await other.read([key], [])).entries[0])).toBe('before')
    })

    test('is gone after its time, whatever fraction of a millisecond that is', async () => {
      const { tier, other } = tiers()
      const key = freshName('short')
      await tier.write(key, bytesOf('x'), 40.5, [])
      await until(async () => (await other.read([key], [])).entries[0] === undefined, { what: 'the entry to expire' })
    })

    test('that was deleted is gone, and is counted once', async () => {
      const { tier, other } = tiers()
      const [a, b] = [freshName('a'), freshName('b')]
      await tier.write(a, bytesOf('A'), minuteMs, [])
      expect(await other.delete([a, b])).toBe(1)
      expect(await tier.delete([a])).toBe(0)
      expect((await tier.read([a], [])).entries).toEqual([undefined])
    })

    test('is replaced only while it is what was read', async () => {
      const { tier, other } = tiers()
      const key = freshName('replaced')
      await tier.write(key, bytesOf('one'), minuteMs, [])
      expect(await tier.replace(key, bytesOf('one'), bytesOf('two'), minuteMs)).toBe(true)
      expect(await other.replace(key, bytesOf('one'), bytesOf('three'), minuteMs)).toBe(false)
      expect(textOf((await other.read([key], [])).entries[0])).toBe('two')
      expect(await tier.replace(freshName('none'), bytesOf(''), bytesOf('x'), minuteMs)).toBe(false)
    })

    test('is found by a scan, and nothing else is', async () => {
      const { tier } = tiers()
      const group = freshName('scan')
      const keys = Array.from({ length: 20 }, (_, index) => `${group}:${index}`)
      for (const key of keys) await tier.write(key, bytesOf('x'), minuteMs, [`${group}:tag`])
      await tier.lease({ key: `${group}:lease`, token: 't', forMs: minuteMs, voidBefore: 0 })
      await tier.increment(`${group}:counter`, 1, minuteMs)
      const found = new Set<string>()
      for await (const key of tier.scan(`${group}:*`)) found.add(key)
      expect([...found].sort()).toEqual(keys.sort())
    })
  })

  describe('a counter', () => {
    test('counts for everyone, apart from the entry of the same key', async () => {
      const { tier, other } = tiers()
      const key = freshName('count')
      await tier.write(key, bytesOf('x'), minuteMs, [])
      await Promise.all(Array.from({ length: 50 }, (_, i) => (i % 2 ? tier : other).increment(key, 2, minuteMs)))
      expect(await other.increment(key, -1, minuteMs)).toBe(99)
      expect(textOf((await tier.read([key], [])).entries[0])).toBe('x')
    })

    test('begins anew after its time, which counting does not prolong', async () => {
      const { tier } = tiers()
      const key = freshName('window')
      await tier.increment(key, 5, 60)
      await until(async () => (await tier.increment(key, 1, minuteMs)) < 5, { what: 'the counter to begin anew' })
    })
  })

  test('the clock is the same for all', () => {
    const { tier, other } = tiers()
    expect(Math.abs(tier.nowMs() - other.nowMs())).toBeLessThan(1_000)
  })
}
