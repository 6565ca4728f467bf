/**
 * What a workflow will do, written down before it begins: its tasks, chains and groups are numbered in the order in which
 * they are read, so that the parts of one are the numbers from its own up to its `end`.
 *
 * @module
 */
import type { Json } from '../../database/index.ts'
import type { Floors } from '../../foundation/index.ts'
import type { JobPolicy } from '../task-job.ts'
import type { Priority } from '../task-options.ts'

/** What never changes of a step. */
export interface Outline {
  n: number
  kind: 'task' | 'chain' | 'group'
  /** None for the whole. */
  parent?: number
  /** The number after those of its parts. */
  end: number
  task?: string
  /** A group whose results are put together from arrays. */
  isFlat?: boolean
}

export interface PlannedStep extends Outline {
  /** Chains and groups: how many parts there are. */
  parts: number
  /** Tasks: what was given of the input. */
  input?: Json
  /** Tasks: the step before it, whose writes it must see. */
  source?: number
  /** Tasks: that step's result is the whole input, or the field `key` of it. */
  takes?: 'all' | 'key'
  key?: string
}

/** What all steps share. */
export interface Brief {
  /** How the jobs of each task are kept: a worker may be told to add one that its own release doesn't know. */
  policies: Record<string, JobPolicy>
  priority?: Priority
  requestId?: string
  floors?: Floors
  /** Told when the workflow fails. */
  onFailure?: string
}

export interface Plan {
  brief: Brief
  steps: PlannedStep[]
}
