import { expect, test } from 'bun:test'
import { LocalTags } from './tags.ts'

test('a render that began before an invalidation may not be stored under its tag', () => {
  const tags = new LocalTags()
  const renderedAt = tags.sequence
  tags.invalidate(['product:1'])
  expect(tags.hold(['product:1'], renderedAt)).toBeUndefined()
  expect(tags.hold(['product:2'], renderedAt)).toBeDefined()
  expect(tags.hold(['product:1'], tags.sequence)).toBeDefined()
})

test('an invalidation reaches the pages that carry the tag', () => {
  const tags = new LocalTags()
  const [held] = tags.hold(['product:1'], tags.sequence)!
  tags.invalidate(['product:1', 'product:9'])
  expect(held!.invalidatedAt).toBe(tags.sequence)
})

test('invalidations of tags that nobody carries are forgotten in the end, and then every older render is refused', () => {
  const tags = new LocalTags()
  const renderedAt = tags.sequence
  for (let id = 0; id < 10_001; id++) tags.invalidate([`product:${id}`])
  expect(tags.hold(['unrelated'], renderedAt)).toBeUndefined()
  expect(tags.hold(['unrelated'], tags.sequence)).toBeDefined()
})

test('a released tag remembers its invalidation', () => {
  const tags = new LocalTags()
  const renderedAt = tags.sequence
  const held = tags.hold(['product:1'], renderedAt)!
  tags.invalidate(['product:1'])
  tags.release(held)
  expect(tags.hold(['product:1'], renderedAt)).toBeUndefined()
})
