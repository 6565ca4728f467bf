/** Steps of a workflow, and what they pass on to each other. @module */
import type { Task } from '../task.ts'
import type { Workflow } from './workflow.ts'

/** Where the input of a step comes from. */
export type StepInput =
  | { kind: 'given'; input: unknown }
  | { kind: 'previous' }
  /** The previous result is one field of it. */
  | { kind: 'joined'; key: string; rest: unknown }

/** A task with its input: it can wait in a queue, or in a workflow. `Previous` is what it needs of the step before it. */
export class Step<in Previous, out Output> {
  /** Only for its type. */
  declare readonly needs?: (previous: Previous) => void
  /** Only for its type. */
  declare readonly gives?: Output
  readonly task: Task
  readonly input: StepInput

  constructor(task: Task<never, unknown>, input: StepInput) {
    // What it accepts is checked by this step's own type, and by the task's schema.
    this.task = task as unknown as Task
    this.input = input
  }
}

/** What a workflow is made of. A task by itself takes the result of the step before it as its input. */
export type Part = Task<never, unknown> | Step<never, unknown> | Workflow<never, unknown>

export type NeedsOf<One> =
  One extends Workflow<infer Previous, unknown>
    ? Previous
    : One extends Step<infer Previous, unknown>
      ? Previous
      : One extends Task<infer Input, unknown>
        ? Input
        : never

export type GivesOf<One> =
  One extends Workflow<never, infer Output>
    ? Output
    : One extends Step<never, infer Output>
      ? Output
      : One extends Task<never, infer Output>
        ? Output
        : never

/** Each takes what the one before it gives; where it doesn't, the type names what would fit. */
export type Chained<Parts extends readonly unknown[], Previous = NeedsOf<Parts[0]>> = Parts extends readonly [
  infer First,
  ...infer Rest,
]
  ? [[Previous] extends [NeedsOf<First>] ? First : Step<Previous, GivesOf<First>>, ...Chained<Rest, GivesOf<First>>]
  : []

export type LastOf<Parts extends readonly unknown[]> = Parts extends readonly [...unknown[], infer Last] ? Last : never

/** What all of them accept. */
export type AllNeedsOf<Parts extends readonly unknown[]> = {
  [Index in keyof Parts]: (previous: NeedsOf<Parts[Index]>) => void
}[number] extends (previous: infer Previous) => void
  ? Previous
  : unknown

export type AllGivesOf<Parts extends readonly unknown[]> = { -readonly [Index in keyof Parts]: GivesOf<Parts[Index]> }
