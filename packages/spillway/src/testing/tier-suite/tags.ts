/** What was invalidated can be told from what was not. @module */
import { describe, expect, test } from 'bun:test'
import type { SharedTier, TagVersion } from '../../cache/index.ts'
import { bytesOf, freshName, minuteMs } from './fresh.ts'
import type { OpenedTiers } from './opened.ts'

export function describeTags(tiers: () => OpenedTiers): void {
  const versionOf = async (tier: SharedTier, tag: string): Promise<TagVersion> =>
    (await tier.read([], [tag])).versions[0]

  /** As a load does that carries the tag. */
  async function know(tier: SharedTier, tag: string): Promise<void> {
    await tier.write(freshName('carrier'), bytesOf('x'), minuteMs, [tag])
  }

  describe('the sequence', () => {
    test('rises with each invalidation, for everyone', async () => {
      const { tier, other } = tiers()
      const before = await tier.sequence()
      await other.invalidate([freshName('tag')], 'hard')
      const after = await tier.sequence()
      expect(after).toBeGreaterThan(before)
      expect(await other.sequence()).toBe(after)
      expect(Number.isSafeInteger(after)).toBe(true)
    })

    test('never falls, and gives no number twice, however many invalidate at once', async () => {
      const { tier, other } = tiers()
      const tags = Array.from({ length: 60 }, () => freshName('tag'))
      const seen: number[] = []
      const watching = (async () => {
        for (let i = 0; i < 60; i++) seen.push(await other.sequence())
      })()
      await Promise.all(tags.map((tag, index) => (index % 2 ? tier : other).invalidate([tag], 'hard')))
      await watching
      expect(seen).toEqual(seen.toSorted((one, next) => one - next))
      const { versions } = await tier.read([], tags)
      expect(new Set(versions.map((version) => version!.hard)).size).toBe(tags.length)
      expect(Math.max(...versions.map((version) => version!.hard))).toBeLessThanOrEqual(await tier.sequence())
    })
  })

  describe('a tag', () => {
    test('that nobody has used is unknown', async () => {
      expect(await versionOf(tiers().tier, freshName('tag'))).toBeUndefined()
    })

    test('is known once something carries it, and voids nothing that was loaded since', async () => {
      const { tier, other } = tiers()
      const tag = freshName('tag')
      const sequence = await tier.sequence()
      await know(tier, tag)
      const version = await versionOf(other, tag)
      expect(version!.hard).toBeLessThanOrEqual(sequence)
      expect(version!.soft).toBeLessThanOrEqual(sequence)
    })

    test('that was unknown voids what began to load before someone else invalidated anything', async () => {
      const { tier, other } = tiers()
      const [key, tag] = [freshName('key'), freshName('tag')]
      const lease = await tier.lease({ key, token: 'a', forMs: minuteMs, voidBefore: 0 })
      if (lease.kind !== 'granted') throw new Error(`The lease is ${lease.kind}.`)
      // It could have been this one, forgotten since.
      await other.invalidate([freshName('other')], 'hard')
      await tier.fill(key, 'a', bytesOf('x'), minuteMs, [tag])
      expect((await versionOf(other, tag))!.hard).toBeGreaterThan(lease.sequence)
    })

    test('that is carried again keeps its version', async () => {
      const { tier, other } = tiers()
      const tag = freshName('tag')
      await tier.invalidate([tag], 'hard')
      const version = await versionOf(tier, tag)
      await other.invalidate([freshName('other')], 'hard')
      await know(other, tag)
      expect(await versionOf(tier, tag)).toEqual(version)
    })

    test('has a number above that of everything loaded before its invalidation, as soon as that returns', async () => {
      const { tier, other } = tiers()
      const tag = freshName('tag')
      await know(tier, tag)
      const before = await other.sequence()
      await tier.invalidate([tag], 'hard')
      expect((await versionOf(other, tag))!.hard).toBeGreaterThan(before)
      expect((await versionOf(other, tag))!.hard).toBeLessThanOrEqual(await other.sequence())
    })

    test('that is softly invalidated keeps its hard number', async () => {
      const { tier, other } = tiers()
      const tag = freshName('tag')
      await know(tier, tag)
      const before = (await versionOf(tier, tag))!
      const sequence = await tier.sequence()
      await tier.invalidate([tag], 'soft')
      const after = (await versionOf(other, tag))!
      expect(after.hard).toBe(before.hard)
      expect(after.soft).toBeGreaterThan(sequence)
    })

    test('that is unknown is invalidated hard, even if softly: nobody knows what went before', async () => {
      const { tier } = tiers()
      const tag = freshName('tag')
      const before = await tier.sequence()
      await tier.invalidate([tag], 'soft')
      expect((await versionOf(tier, tag))!.hard).toBeGreaterThan(before)
    })

    test('is one of a thousand that are invalidated at once', async () => {
      const { tier, other } = tiers()
      const tags = Array.from({ length: 1_000 }, () => freshName('tag'))
      const before = await tier.sequence()
      await tier.invalidate(tags, 'hard')
      const { versions } = await other.read([], tags)
      expect(versions.every((version) => version !== undefined && version.hard > before)).toBe(true)
    })

    test('is one of a thousand that an entry carries', async () => {
      const { tier, other } = tiers()
      const key = freshName('key')
      const tags = Array.from({ length: 1_000 }, () => freshName('tag'))
      await tier.write(key, bytesOf('x'), minuteMs, tags)
      const { entries, versions } = await other.read([key], tags)
      expect(entries[0]).toBeDefined()
      expect(versions.every((version) => version !== undefined)).toBe(true)
    })
  })
}
