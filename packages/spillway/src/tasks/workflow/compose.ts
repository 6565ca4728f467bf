/** The four ways to put tasks together. @module */
import { TaskUsageError } from '../errors.ts'
import type { Task } from '../task.ts'
import {
  type AllGivesOf,
  type AllNeedsOf,
  type Chained,
  type GivesOf,
  type LastOf,
  type NeedsOf,
  type Part,
  Step,
} from './step.ts'
import { Workflow } from './workflow.ts'

/**
 * One after the other; each gets what the one before it has returned. Its result is the last one's.
 *
 * @example
 * const run = await chain(validate.with({ id }), resize.withPrevious('image', { width: 800 }), publish).enqueue()
 */
export function chain<const Parts extends readonly [Part, ...Part[]]>(
  ...parts: Parts & Chained<Parts>
): Workflow<NeedsOf<Parts[0]>, GivesOf<LastOf<Parts>>> {
  return new Workflow('chain', parts)
}

/**
 * All at once. Its result is the array of theirs, in the order given. In a chain, each gets the result before the group.
 *
 * @example await group(sendMail.with({ to }), sendText.with({ to })).enqueue()
 */
export function group<const Parts extends readonly Part[]>(
  ...parts: Parts
): Workflow<AllNeedsOf<Parts>, AllGivesOf<Parts>> {
  return new Workflow('group', parts)
}

/**
 * All at once, and then `callback` with the array of their results: `chain(group(…), callback)`.
 *
 * @example await chord(orders.map((id) => total.with({ id })), sum).enqueue()
 */
export function chord<Previous, const Results, Output>(
  parts: Workflow<Previous, Results>,
  callback: Task<NoInfer<Results>, Output> | Step<NoInfer<Results>, Output>,
): Workflow<Previous, Output>
export function chord<const Parts extends readonly Part[], Output>(
  parts: Parts,
  callback: Task<AllGivesOf<NoInfer<Parts>>, Output> | Step<AllGivesOf<NoInfer<Parts>>, Output>,
): Workflow<AllNeedsOf<Parts>, Output>
export function chord(parts: Part | readonly Part[], callback: Part): Workflow<unknown, unknown> {
  const members = Array.isArray(parts) ? new Workflow<never, unknown>('group', parts) : (parts as Part)
  return new Workflow('chain', [members, callback])
}

export interface MapOptions {
  /** Items in one task. @default 100 */
  chunk?: number
}

/** What the chunks give together: the items of their arrays, or else what each has returned. */
export type Mapped<Output> = Output extends readonly (infer Item)[] ? Item[] : Output[]

export const defaultChunk = 100

/**
 * Cuts `items` into chunks, and makes a task of each. Its result is one array: of what is in theirs when they return
 * arrays, or of what they return. With `merge`, a further task gets that array and its result is the whole one's.
 *
 * @throws {TaskUsageError}
 * @example await map(importRows, rows, { chunk: 500, merge: report }).enqueue()
 */
export function map<Items extends readonly unknown[], Output, Merged>(
  task: Task<Items, Output>,
  items: NoInfer<Items>,
  options: MapOptions & { merge: Task<Mapped<NoInfer<Output>>, Merged> | Step<Mapped<NoInfer<Output>>, Merged> },
): Workflow<unknown, Merged>
export function map<Items extends readonly unknown[], Output>(
  task: Task<Items, Output>,
  items: NoInfer<Items>,
  options?: MapOptions & { merge?: never },
): Workflow<unknown, Mapped<Output>>
export function map(
  task: Task<never, unknown>,
  items: readonly unknown[],
  { chunk = defaultChunk, merge }: MapOptions & { merge?: Part } = {},
): Workflow<unknown, unknown> {
  if (!(Number.isInteger(chunk) && chunk > 0)) {
    throw new TaskUsageError(
      `"${task.name}" can't be mapped over chunks of ${chunk}.`,
      'Give a whole number from 1 on.',
    )
  }
  const chunks = Array.from({ length: Math.ceil(items.length / chunk) }, (_, index) => {
    return new Step(task, { kind: 'given', input: items.slice(index * chunk, (index + 1) * chunk) })
  })
  const mapped = new Workflow<unknown, unknown>('group', chunks, { isFlat: true, task })
  return merge ? new Workflow('chain', [mapped, merge]) : mapped
}
