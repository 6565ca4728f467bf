import { expect, test } from 'bun:test'
import { Shareable } from './frozen.ts'
import { LocalTier } from './tier.ts'

const far = { freshUntilMs: Number.MAX_VALUE, staleUntilMs: Number.MAX_VALUE, refreshAtMs: Number.MAX_VALUE, tags: [] }
const put = (tier: LocalTier, key: string, kept: Shareable | string) => tier.put(key, { ...far, kept }, tier.sequence)

test('what is kept as JSON is made when it is read, once and frozen', async () => {
  const tier = new LocalTier(100_000)
  put(tier, 'a', JSON.stringify({ list: [1] }))
  const packed = tier.figures.bytes
  const value = await tier.get('a')!.read()
  expect(value).toEqual({ list: [1] })
  expect(Object.isFrozen(value)).toBe(true)
  expect(await tier.get('a')!.read()).toBe(value)
  expect(tier.figures.bytes).toBeGreaterThan(packed)
  tier.delete('a')
  expect(tier.figures.bytes).toBe(0)
})

test('what grows when it is read pushes others out', () => {
  const tier = new LocalTier(20_000)
  const json = JSON.stringify(Array.from({ length: 20 }, () => []))
  for (let key = 0; key < 30; key++) put(tier, `key ${key}`, json)
  for (let key = 0; key < 30; key++) tier.get(`key ${key}`)
  expect(tier.figures.evictions).toBeGreaterThan(0)
  expect(tier.figures.bytes).toBeLessThanOrEqual(20_000)
})

test('what can not be frozen is copied for each reader', async () => {
  const tier = new LocalTier(100_000)
  put(tier, 'a', new Shareable({ at: new Date(5) }))
  const read = async () => (await tier.get('a')!.read()) as { at: Date }
  ;(await read()).at.setTime(9)
  expect((await read()).at.getTime()).toBe(5)
})

test('what takes an eighth of the room is not kept, and neither is what it replaces', () => {
  const tier = new LocalTier(1_000)
  put(tier, 'a', '1')
  put(tier, 'a', JSON.stringify('x'.repeat(200)))
  expect(tier.get('a')).toBeUndefined()
})
