import { expect, test } from 'bun:test'
import { PositionHistory } from './position-history.ts'

test('a replica is behind for as long as the primary has been beyond it', () => {
  const history = new PositionHistory(60_000)
  history.note(100n, 0)
  history.note(200n, 1_000)
  history.note(300n, 2_000)
  expect(history.behindMs(300n, 5_000)).toBe(0)
  expect(history.behindMs(250n, 5_000)).toBe(3_000)
  expect(history.behindMs(100n, 5_000)).toBe(4_000)
})

test('the first write after a quiet night is no lag', () => {
  const history = new PositionHistory(60_000)
  history.note(100n, 0)
  for (let atMs = 0; atMs < 3_600_000; atMs += 100_000) history.note(100n, atMs)
  history.note(101n, 3_600_000)
  expect(history.behindMs(100n, 3_600_010)).toBe(10)
})

test('how long it was behind before anyone looked is not known', () => {
  const history = new PositionHistory(60_000)
  history.note(100n, 0)
  expect(history.behindMs(99n, 10)).toBeUndefined()
  history.clear()
  expect(history.behindMs(99n, 10)).toBe(0)
})

test('it stays small', () => {
  const history = new PositionHistory(1_000)
  for (let i = 1; i <= 100_000; i++) history.note(BigInt(i), i * 50)
  // What is older than is kept was before its time.
  expect(history.behindMs(1n, 100_000 * 50)).toBeUndefined()
  expect(history.behindMs(99_990n, 100_000 * 50)).toBe(450)
})
