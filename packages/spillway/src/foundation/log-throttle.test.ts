import { expect, test } from 'bun:test'
import { until } from '../testing/until.ts'
import { LogThrottle } from './log-throttle.ts'

test('lines that follow are counted, told at the end of the window, and then admitted again', async () => {
  const throttle = new LogThrottle(20)
  const told: number[] = []
  const admit = () => throttle.admit('key', (suppressed) => told.push(suppressed))
  expect([admit(), admit(), admit()]).toEqual([true, false, false])
  await until(() => told.length > 0)
  expect(told).toEqual([2])
  expect(admit()).toBeTrue()
})

test('a window without suppressed lines tells nothing', async () => {
  const throttle = new LogThrottle(10)
  const told: string[] = []
  for (const key of ['once', 'twice', 'twice']) throttle.admit(key, () => told.push(key))
  await until(() => told.length > 0)
  expect(told).toEqual(['twice'])
})

test('endless kinds of lines are a hundred, and one for the rest', () => {
  const throttle = new LogThrottle(60_000)
  const admitted = Array.from({ length: 1_000 }, (_, kind) => throttle.admit(`kind ${kind}`, () => undefined))
  expect(admitted.filter(Boolean)).toHaveLength(101)
})
