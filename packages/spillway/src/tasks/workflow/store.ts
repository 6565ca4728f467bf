/** Where workflows are kept while they are under way: their plan, what has been done, and its results. @module */
import type { Json } from '../../database/index.ts'
import { type Floors, highestFloors } from '../../foundation/index.ts'
import type { Brief, Outline, Plan, PlannedStep } from './plan.ts'

/** A step that failed for good. */
export interface StepFailure {
  task: string
  /** As `TaskRun` has it. */
  id: string
  reason: string
}

/** What a task has returned, and how far databases must be to read what it has written. */
export interface StepResult {
  value: Json
  floors?: Floors
}

/** How the whole is. */
export interface Standing {
  brief: Brief
  /** All that there was to begin with has been put into queues. */
  isBegun: boolean
  isDone: boolean
  /** By the number of the step. */
  failures: Record<number, StepFailure>
  /** The attempt of its job in which the whole has failed for these: in a later one it is tried again. */
  toldIn?: string
  /** How often it has failed. */
  timesFailed: number
}

export interface Settled {
  end: number
  parent?: Pick<Outline, 'n' | 'kind'> & { /** Parts that are not done yet. */ left: number }
}

export type StepState = Outline & { isDone: boolean; result?: StepResult }

/** Each of these happens as a whole or not at all, and may be done again. */
export interface WorkflowStore {
  /** Writes a plan down, unless it is there. */
  open(id: string, plan: Plan, delayMs: number): Promise<void>
  /** Nothing when it is not known, or not any more. */
  standing(id: string): Promise<Standing | undefined>
  /** A step and its parts, without results. */
  outline(id: string, n: number): Promise<StepState[]>
  /** A step and its parts, with results. */
  results(id: string, n: number): Promise<StepState[]>
  /** What a task needs to begin. */
  take(id: string, n: number): Promise<TakenStep | undefined>
  /** A step is done. Counted once, however often it is said. */
  settle(id: string, n: number, result?: StepResult): Promise<Settled | undefined>
  begun(id: string): Promise<void>
  fail(id: string, n: number, failure: StepFailure): Promise<void>
  /** The whole has failed. @param attempt see {@link Standing.toldIn}. */
  told(id: string, attempt: string): Promise<void>
  /** A step that had failed is done after all. @returns whether it was the last one that hindered the whole. */
  heal(id: string, n: number): Promise<boolean>
  /** It goes on after it had failed. */
  resume(id: string): Promise<void>
  progress(id: string): Promise<{ done: number; total: number } | undefined>
  forget(id: string): Promise<void>
  /** Forgets those that began {@link workflowsKeptDays} ago. */
  forgetOld(): Promise<void>
}

export interface TakenStep extends Pick<PlannedStep, 'input' | 'source' | 'takes' | 'key'> {
  result?: StepResult
  /** Numbers of steps that have failed. */
  failures: number[]
}

/** From its beginning. What has not ended by then is forgotten, and what has failed can't go on any more. */
export const workflowsKeptDays = 30

/** What a step gives on, of it and its parts as the store has them. */
export function resultOf(states: readonly StepState[], n: number): StepResult {
  const first = states[0]!.n
  const floors: Floors[] = []
  const value = given(n)
  return { value, floors: highestFloors(...floors) }

  function given(at: number): Json {
    const { kind, end, isFlat, result } = states[at - first]!
    if (kind === 'task') {
      if (result?.floors) floors.push(result.floors)
      return result?.value ?? null
    }
    const parts = partsOf(at, end)
    if (kind === 'chain') return parts.length === 0 ? null : given(parts.at(-1)!)
    const values = parts.map(given)
    // Chunks that return arrays give what is in them.
    return isFlat ? (values.flat() as Json[]) : values
  }

  function partsOf(at: number, end: number): number[] {
    const parts: number[] = []
    for (let part = at + 1; part < end; part = states[part - first]!.end) parts.push(part)
    return parts
  }
}
