/** One loads for all, and what was invalidated meanwhile is not kept as new. @module */
import { describe, expect, test } from 'bun:test'
import type { SharedTier } from '../../cache/index.ts'
import { until } from '../until.ts'
import { bytesOf, freshName, minuteMs, textOf } from './fresh.ts'
import type { OpenedTiers } from './opened.ts'

export function describeLeases(tiers: () => OpenedTiers): void {
  const lease = (tier: SharedTier, key: string, token: string, options: { forMs?: number; voidBefore?: number } = {}) =>
    tier.lease({ key, token, forMs: minuteMs, voidBefore: 0, ...options })

  const read = async (tier: SharedTier, key: string) => textOf((await tier.read([key], [])).entries[0])

  describe('a lease', () => {
    test('is granted to one of all that ask at once', async () => {
      const { tier, other } = tiers()
      const key = freshName('key')
      const asking = Array.from({ length: 40 }, (_, index) => lease(index % 2 ? tier : other, key, `token ${index}`))
      const kinds = (await Promise.all(asking)).map(({ kind }) => kind)
      expect(kinds.filter((kind) => kind === 'granted')).toHaveLength(1)
      expect(kinds.filter((kind) => kind === 'held')).toHaveLength(39)
    })

    test('comes with the sequence and what is under the key', async () => {
      const { tier, other } = tiers()
      const [empty, full] = [freshName('empty'), freshName('full')]
      await other.write(full, bytesOf('old'), minuteMs, [])
      const sequence = await other.sequence()
      expect(await lease(tier, empty, 'a')).toMatchObject({ kind: 'granted', sequence, bytes: undefined })
      const answer = await lease(tier, full, 'a')
      expect(answer).toMatchObject({ kind: 'granted', sequence })
      expect(textOf(answer.kind === 'granted' ? answer.bytes : undefined)).toBe('old')
    })

    test('ends with the value, which everyone reads', async () => {
      const { tier, other } = tiers()
      const key = freshName('key')
      await lease(tier, key, 'a')
      expect(await tier.fill(key, 'a', bytesOf('loaded'), minuteMs, [])).toBe(true)
      expect(await read(other, key)).toBe('loaded')
      expect(await tier.fill(key, 'a', bytesOf('again'), minuteMs, [])).toBe(false)
      expect((await lease(other, key, 'b')).kind).toBe('granted')
    })

    test('of someone else fills, renews and fails nothing', async () => {
      const { tier, other } = tiers()
      const key = freshName('key')
      await lease(tier, key, 'a')
      expect(await other.fill(key, 'b', bytesOf('x'), minuteMs, [])).toBe(false)
      expect(await other.renew(key, 'b', minuteMs)).toBe(false)
      await other.fail(key, 'b', { message: 'no', forMs: minuteMs })
      expect(await read(tier, key)).toBeUndefined()
      expect(await tier.fill(key, 'a', bytesOf('y'), minuteMs, [])).toBe(true)
    })

    test('that nobody has got fills and renews nothing', async () => {
      const { tier } = tiers()
      const key = freshName('key')
      expect(await tier.fill(key, 'a', bytesOf('x'), minuteMs, [])).toBe(false)
      expect(await tier.renew(key, 'a', minuteMs)).toBe(false)
      expect(await read(tier, key)).toBeUndefined()
    })

    test('runs out, and the next one gets it; the first has lost it', async () => {
      const { tier, other } = tiers()
      const key = freshName('key')
      await lease(tier, key, 'dead', { forMs: 30 })
      await until(async () => (await lease(other, key, 'heir')).kind === 'granted', { what: 'the lease to run out' })
      expect(await tier.renew(key, 'dead', minuteMs)).toBe(false)
      expect(await tier.fill(key, 'dead', bytesOf('late'), minuteMs, [])).toBe(false)
      expect(await other.fill(key, 'heir', bytesOf('new'), minuteMs, [])).toBe(true)
      expect(await read(tier, key)).toBe('new')
    })

    test('that is renewed goes on', async () => {
      const { tier, other } = tiers()
      const [key, witness] = [freshName('key'), freshName('witness')]
      await lease(tier, key, 'a', { forMs: 200 })
      expect(await tier.renew(key, 'a', minuteMs)).toBe(true)
      await lease(tier, witness, 'a', { forMs: 250 })
      await until(async () => (await lease(other, witness, 'b')).kind === 'granted')
      expect((await lease(other, key, 'b')).kind).toBe('held')
    })

    test('is void after a delete', async () => {
      const { tier, other } = tiers()
      const key = freshName('key')
      await lease(tier, key, 'a')
      await other.delete([key])
      expect(await tier.fill(key, 'a', bytesOf('stale'), minuteMs, [])).toBe(false)
      expect(await read(other, key)).toBeUndefined()
    })

    test('is void after a write, whose value stays', async () => {
      const { tier, other } = tiers()
      const key = freshName('key')
      await lease(tier, key, 'a')
      await other.write(key, bytesOf('written'), minuteMs, [])
      expect(await tier.fill(key, 'a', bytesOf('stale'), minuteMs, [])).toBe(false)
      expect(await read(other, key)).toBe('written')
    })

    test('that began before an invalidation of its tag fills what no longer holds', async () => {
      const { tier, other } = tiers()
      const [key, tag] = [freshName('key'), freshName('tag')]
      await tier.write(freshName('carrier'), bytesOf('x'), minuteMs, [tag])
      const answer = await lease(tier, key, 'a')
      await other.invalidate([tag], 'hard')
      await tier.fill(key, 'a', bytesOf('stale'), minuteMs, [tag])
      const { versions } = await other.read([key], [tag])
      expect(answer.kind === 'granted' && versions[0]!.hard > answer.sequence).toBe(true)
    })

    test('that began before an invalidation is taken over by those who know of it, and only by them', async () => {
      const { tier, other } = tiers()
      const [key, tag] = [freshName('key'), freshName('tag')]
      await lease(tier, key, 'old')
      await other.invalidate([tag], 'hard')
      expect((await lease(other, key, 'unaware')).kind).toBe('held')
      const voidBefore = (await other.read([], [tag])).versions[0]!.hard
      expect((await lease(other, key, 'new', { voidBefore })).kind).toBe('granted')
      expect((await lease(other, key, 'third', { voidBefore })).kind).toBe('held')
      expect(await tier.renew(key, 'old', minuteMs)).toBe(false)
      expect(await tier.fill(key, 'old', bytesOf('stale'), minuteMs, [tag])).toBe(false)
      expect(await other.fill(key, 'new', bytesOf('new'), minuteMs, [tag])).toBe(true)
    })

    test('that is given back is free at once', async () => {
      const { tier, other } = tiers()
      const key = freshName('key')
      await lease(tier, key, 'a')
      await tier.fail(key, 'a')
      expect((await lease(other, key, 'b')).kind).toBe('granted')
    })
  })

  describe('a failure', () => {
    test('is told to all that ask, until the back-off has passed', async () => {
      const { tier, other } = tiers()
      const key = freshName('key')
      const message = 'the database\nis "away" {}'
      await lease(tier, key, 'a')
      await tier.fail(key, 'a', { message, forMs: minuteMs })
      for (const asking of [tier, other]) expect(await lease(asking, key, 'b')).toEqual({ kind: 'failed', message })
      expect(await tier.renew(key, 'a', minuteMs)).toBe(false)
      expect(await tier.fill(key, 'a', bytesOf('late'), minuteMs, [])).toBe(false)
    })

    test('is forgotten after the back-off', async () => {
      const { tier, other } = tiers()
      const key = freshName('key')
      await lease(tier, key, 'a')
      await tier.fail(key, 'a', { message: 'no', forMs: 30 })
      await until(async () => (await lease(other, key, 'b')).kind === 'granted', { what: 'the back-off to pass' })
    })

    test.each(['delete', 'write'] as const)('is forgotten with a %s', async (kind) => {
      const { tier, other } = tiers()
      const key = freshName('key')
      await lease(tier, key, 'a')
      await tier.fail(key, 'a', { message: 'no', forMs: minuteMs })
      if (kind === 'delete') await other.delete([key])
      else await other.write(key, bytesOf('x'), minuteMs, [])
      expect((await lease(tier, key, 'b')).kind).toBe('granted')
    })

    test('leaves the old value where it is', async () => {
      const { tier, other } = tiers()
      const key = freshName('key')
      await tier.write(key, bytesOf('old'), minuteMs, [])
      await lease(tier, key, 'a')
      await tier.fail(key, 'a', { message: 'no', forMs: minuteMs })
      expect(await read(other, key)).toBe('old')
    })
  })
}
