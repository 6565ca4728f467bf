/** Whoever loads knows how far databases must have come. @module */
import { describe, expect, test } from 'bun:test'
import type { SharedTier } from '../../cache/index.ts'
import { noFloors } from '../../foundation/index.ts'
import { freshName, minuteMs } from './fresh.ts'
import type { OpenedTiers } from './opened.ts'

const position = (number: number) => number.toString(16).toUpperCase().padStart(16, '0')

export function describeFloors(tiers: () => OpenedTiers): void {
  async function granted(tier: SharedTier) {
    const answer = await tier.lease({ key: freshName('key'), token: 'a', forMs: minuteMs, voidBefore: 0 })
    if (answer.kind !== 'granted') throw new Error(`The lease is ${answer.kind}.`)
    return answer
  }

  describe('the floors', () => {
    test('are known to whoever gets a lease after they were raised', async () => {
      const { tier, other } = tiers()
      const [name, second] = [freshName('base'), freshName('상품 "{}"')]
      expect((await granted(other)).floors[name]).toBeUndefined()
      expect(await tier.invalidate([freshName('tag')], 'hard', { [name]: position(10) })).toBe('done')
      await other.invalidate([freshName('tag')], 'soft', { [second]: position(2 ** 50) })
      const floors = { [name]: position(10), [second]: position(2 ** 50) }
      for (const one of [tier, other]) expect((await granted(one)).floors).toMatchObject(floors)
    })

    test('never fall, each by itself', async () => {
      const { tier, other } = tiers()
      const [high, low] = [freshName('high'), freshName('low')]
      await tier.invalidate([freshName('tag')], 'hard', { [high]: position(0x9f), [low]: position(1) })
      await other.invalidate([freshName('tag')], 'hard', { [high]: position(0x1a), [low]: position(2) })
      await other.invalidate([freshName('tag')], 'hard', noFloors)
      await tier.invalidate([freshName('tag')], 'hard')
      for (const one of [tier, other]) {
        expect((await granted(one)).floors).toMatchObject({ [high]: position(0x9f), [low]: position(2) })
      }
    })

    test('come with their number: no lease has the one without the other', async () => {
      const { tier, other } = tiers()
      const name = freshName('base')
      const tags = Array.from({ length: 50 }, () => freshName('tag'))
      let isDone = false
      const leases: { sequence: number; floor: string }[] = []
      const leasing = (async () => {
        while (!isDone) {
          const { sequence, floors } = await granted(other)
          leases.push({ sequence, floor: floors[name] ?? '' })
        }
      })()
      for (const [index, tag] of tags.entries()) await tier.invalidate([tag], 'hard', { [name]: position(index + 1) })
      await granted(other)
      isDone = true
      await leasing
      const { versions } = await tier.read([], tags)
      for (const { sequence, floor } of leases) {
        const before = versions.filter((version) => version!.hard <= sequence).length
        expect(floor >= (before === 0 ? '' : position(before))).toBe(true)
      }
    })

    test('that anybody else has written are none', async () => {
      const { tier, other, spoilFloors } = tiers()
      if (!spoilFloors) return
      const name = freshName('base')
      const broken = ['', 'x', '[]', '[["a"]]', '5', 'null', '\u0000\uFFFD', '['.repeat(5_000), `{"${name}":["x"]`]
      const values = [5, null, ['x'], 'zzzz', 'f'.repeat(16), `${position(1)}\n`]
      for (const text of [...broken, ...values.map((value) => JSON.stringify({ [name]: value }))]) {
        await spoilFloors(text)
        expect((await granted(tier)).floors[name]).toBeUndefined()
        expect((await granted(other)).floors[name]).toBeUndefined()
        const own = freshName('own')
        await tier.invalidate([freshName('tag')], 'hard', { [own]: position(3) })
        expect((await granted(other)).floors[own]).toBe(position(3))
      }
      await spoilFloors(JSON.stringify({ [name]: 'f'.repeat(16) }))
      await tier.invalidate([freshName('tag')], 'hard', { [name]: position(3) })
      expect((await granted(other)).floors[name]).toBe(position(3))
    })
  })
}
