/** Numbers the parts of a workflow, and reads their inputs. @module */
import { TaskUsageError } from '../errors.ts'
import { Task } from '../task.ts'
import type { PlannedStep } from './plan.ts'
import { type Part, Step } from './step.ts'

interface Composite {
  readonly kind: 'chain' | 'group'
  readonly parts: readonly Part[]
  readonly isFlat: boolean
}

/** @throws {TaskInputError} when an input that is known by now doesn't fit, {@link TaskUsageError} when one is missing. */
export function planOf(whole: Composite): { steps: PlannedStep[]; tasks: Map<string, Task> } {
  const steps: PlannedStep[] = []
  const tasks = new Map<string, Task>()
  add(whole, {})
  return { steps, tasks }

  function add(part: Part | Composite, place: Pick<PlannedStep, 'parent' | 'source'>): number {
    if (part instanceof Task) return addTask(new Step(part, { kind: 'previous' }), place)
    if (part instanceof Step) return addTask(part, place)
    return addComposite(part, place)
  }

  function addComposite(
    { kind, parts, isFlat }: Composite,
    { parent, source }: Pick<PlannedStep, 'parent' | 'source'>,
  ) {
    const n = steps.length
    const step: PlannedStep = { n, kind, end: n + 1, parts: parts.length }
    if (parent !== undefined) step.parent = parent
    if (isFlat) step.isFlat = true
    steps.push(step)
    let before = source
    for (const part of parts) {
      const added = add(part, { parent: n, ...(before !== undefined && { source: before }) })
      if (kind === 'chain') before = added
    }
    step.end = steps.length
    return n
  }

  function addTask({ task, input }: Step<never, unknown>, { parent, source }: Pick<PlannedStep, 'parent' | 'source'>) {
    const n = steps.length
    tasks.set(task.name, task)
    const step: PlannedStep = { n, kind: 'task', end: n + 1, task: task.name, parts: 0 }
    if (parent !== undefined) step.parent = parent
    if (source !== undefined) step.source = source
    if (input.kind === 'given') step.input = task.travelling(input.input)
    else if (source === undefined) throw withoutPrevious(task.name)
    if (input.kind === 'previous') step.takes = 'all'
    if (input.kind === 'joined') {
      step.takes = 'key'
      step.key = input.key
      // Without what is still to come it can't be checked; it is when the step runs.
      step.input = task.carried(input.rest)
    }
    steps.push(step)
    return n
  }
}

function withoutPrevious(task: string): TaskUsageError {
  return new TaskUsageError(
    `The first step "${task}" takes the result of a step before it, and there is none.`,
    `Give it its input: ${task}.with({ … }).`,
  )
}
