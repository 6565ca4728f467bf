/** What fits together is known to the compiler: these lines are checked by `npm run check`. */
import { expect, test } from 'bun:test'
import { z } from 'zod'
import type { Enqueues } from '../../database/outbox/index.ts'
import { chain, chord, group, map, task, type Workflow } from '../index.ts'

const length = task('types.length', { input: z.string() }, (text) => text.length)
const repeat = task('types.repeat', { input: z.object({ text: z.string(), times: z.number() }) }, ({ text }) => text)
const total = task('types.total', { input: z.array(z.number()) }, (all) => all.length)
const upper = task('types.upper', { input: z.array(z.string()) }, (all) => all.map((text) => text.toUpperCase()))

type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false
/** Only compiles when both are the same. */
function is<Wanted, Given>(_: Workflow<never, Given>, isSame: Same<Wanted, Given>) {
  expect<boolean>(isSame).toBe(true)
}

test('the result of a workflow has the type of what gives it', () => {
  is<number, number>(chain(length.with('a')), true)
  is<string, string>(chain(length.with('a'), repeat.withPrevious('times', { text: 'a' })), true)
  is<[number, string], [number, string]>(group(length.with('a'), repeat.with({ text: 'a', times: 1 })), true)
  is<number, number>(chord([length.with('a'), length.with('b')], total), true)
  is<number, number>(chord(group(length.with('a'), length.with('b')), total), true)
  is<string[], string[]>(map(upper, ['a', 'b']), true)
  is<number[], number[]>(map(total, [1, 2], { chunk: 10 }), true)
  is<number, number>(map(total, [1, 2], { merge: total }), true)
  is<number, number>(chain(group(length.with('a')), total), true)
})

test('a transaction takes a workflow as it takes a task', () => {
  const enqueue = (tx: Enqueues) => tx.enqueue(chain(length.with('a')), undefined, { priority: 9 })
  expect(enqueue).toBeFunction()
})

test('what does not fit does not compile', () => {
  // @ts-expect-error a number where a text is wanted.
  chain(length.with('a'), length)
  // @ts-expect-error the previous result is no text.
  chain(length.with('a'), repeat.withPrevious('text', { times: 1 }))
  // @ts-expect-error texts where numbers are wanted.
  chord([repeat.with({ text: 'a', times: 1 })], total)
  // @ts-expect-error numbers in place of texts.
  map(upper, [1, 2])
  // @ts-expect-error a field is missing.
  repeat.with({ text: 'a' })
  // @ts-expect-error it has no field of that name.
  repeat.withPrevious('name', { text: 'a', times: 1 })
  // @ts-expect-error the first step has no input.
  expect(chain(length).enqueue()).rejects.toThrow()
  // @ts-expect-error a group in a chain gets the result before it.
  chain(length.with('a'), group(total))
})
