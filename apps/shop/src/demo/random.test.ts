import { expect, test } from 'bun:test'
import { Random, streamNamed } from './random.ts'

const stream = streamNamed('test')
const draws = (id: number) =>
  Array.from(
    { length: 5 },
    (
      (random) => () =>
        random.next()
    )(new Random(stream, id)),
  )

test('a row draws the same numbers every time, and other rows other numbers', () => {
  expect(draws(7)).toEqual(draws(7))
  expect(draws(7)).not.toEqual(draws(8))
  expect(new Random(streamNamed('other'), 7).next()).not.toBe(new Random(stream, 7).next())
})

test('first draws of consecutive rows are spread evenly', () => {
  const buckets = new Array<number>(10).fill(0)
  for (let id = 1; id <= 10_000; id++) buckets[Math.floor(new Random(stream, id).next() * 10)]! += 1
  for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150)
})

test('whole numbers reach both ends', () => {
  const random = new Random(stream, 1)
  const seen = new Set(Array.from({ length: 200 }, () => random.integer(3, 6)))
  expect([...seen].toSorted()).toEqual([3, 4, 5, 6])
})

test('a sample has no item twice and ends with the items', () => {
  const random = new Random(stream, 1)
  expect(new Set(random.sample(['a', 'b', 'c', 'd'], 3)).size).toBe(3)
  expect(random.sample(['a', 'b'], 5).toSorted()).toEqual(['a', 'b'])
})

test('there is nothing to pick from an empty list', () => {
  expect(() => new Random(stream, 1).pick([])).toThrow(RangeError)
})
