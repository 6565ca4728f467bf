import { afterEach, expect, setSystemTime, test } from 'bun:test'
import type { SharedPage } from '../http/index.ts'
import { offerPages } from './page-sharing.ts'

afterEach(() => {
  setSystemTime()
})

const page = (sizeBytes: number) => ({ body: new Uint8Array(sizeBytes) }) as SharedPage

function offered(count: number, sizeBytes: number, offer = offerPages(() => sent++)): number {
  sent = 0
  for (let n = 0; n < count; n++) offer(page(sizeBytes))
  return sent
}
let sent = 0

test('pages go to the siblings up to a number a second', () => {
  setSystemTime(1_000_000)
  const offer = offerPages(() => sent++)
  expect(offered(150, 100, offer)).toBe(150)
  expect(offered(150, 100, offer)).toBe(50)
  setSystemTime(1_001_000)
  expect(offered(150, 100, offer)).toBe(150)
})

test('large pages stay where they are, and take nothing from the budget', () => {
  setSystemTime(1_000_000)
  const offer = offerPages(() => sent++)
  expect(offered(300, 200_000, offer)).toBe(0)
  expect(offered(200, 100_000, offer)).toBe(200)
})
