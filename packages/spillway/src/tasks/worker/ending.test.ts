import { expect, test } from 'bun:test'
import { Ending } from './ending.ts'

const never = () => new Promise<never>(() => undefined)
const thrown = (work: Promise<unknown>) => work.then(undefined, (error: unknown) => error)

test('what is ended is waited for no longer, and the first reason counts', async () => {
  const ending = new Ending()
  const { signal } = ending
  const work = thrown(ending.of(never))
  ending.end('first')
  ending.end('second')
  expect(await work).toBe('first')
  expect([signal.aborted, signal.reason]).toEqual([true, 'first'])
})

test('what was ended before is not begun, and says so to whoever asks later', async () => {
  const ending = new Ending()
  ending.end('gone')
  let isBegun = false
  const work = () => {
    isBegun = true
  }
  expect(await thrown(ending.of(work))).toBe('gone')
  expect(isBegun).toBe(false)
  expect(ending.signal.reason).toBe('gone')
})

test('what ends by itself gives its result, or its error', async () => {
  expect(await new Ending().of(() => 1)).toBe(1)
  expect(await new Ending().of(async () => 2)).toBe(2)
  const fail = () => {
    throw 'broken'
  }
  expect(await thrown(new Ending().of(fail))).toBe('broken')
})
