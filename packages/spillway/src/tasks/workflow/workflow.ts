/**
 * Tasks that are put together: what waits for what, and where results go.
 *
 * @module
 */
import type { OutgoingMessage } from '../../database/index.ts'
import { currentContext } from '../../foundation/index.ts'
import { TaskUsageError } from '../errors.ts'
import { outgoingJob } from '../outbox.ts'
import { Task } from '../task.ts'
import { type JobPolicy, newJob, newOpening, type TaskData, workflowJob } from '../task-job.ts'
import { defaultKeepSeconds, type EnqueueOptions } from '../task-options.ts'
import { openPlan } from './open-plan.ts'
import type { Brief, Plan } from './plan.ts'
import { planOf } from './plan-of.ts'
import { type Part, Step } from './step.ts'
import { WorkflowRun } from './workflow-run.ts'

/** What a workflow's `onFailure` gets. */
export interface WorkflowFailure {
  /** Of the workflow. */
  workflow: string
  /** The task that failed for good, and its id. */
  task: string
  id: string
  reason: string
}

export interface WorkflowOptions extends EnqueueOptions {
  /** Is enqueued when a step has failed for good and the workflow with it. */
  onFailure?: Task<WorkflowFailure, unknown>
}

interface Planned {
  plan: Plan
  tasks: Task[]
  /** Of the job of the whole. */
  policy: JobPolicy
  data: TaskData
}

interface CompositeOptions {
  isFlat?: boolean
  /** One that knows the app's queues even when there are no parts. */
  task?: Task<never, unknown>
}

/** What {@link chain}, {@link group}, {@link chord} and {@link map} give: enqueue it, or make it part of another one. */
export class Workflow<in Previous, out Output> {
  /** Only for its type. */
  declare readonly needs?: (previous: Previous) => void
  /** Only for its type. */
  declare readonly gives?: Output
  readonly kind: 'chain' | 'group'
  readonly parts: readonly Part[]
  readonly isFlat: boolean
  readonly #task: Task<never, unknown> | undefined

  constructor(kind: 'chain' | 'group', parts: readonly Part[], { isFlat = false, task }: CompositeOptions = {}) {
    this.kind = kind
    this.parts = parts
    this.isFlat = isFlat
    this.#task = task
  }

  /**
   * Begins it. Options are the whole one's; a priority that is given holds for all of its tasks.
   *
   * @throws {TaskInputError} when an input that is known by now doesn't fit.
   * @throws {TasksUnavailableError} when the queue doesn't answer; with an `idempotencyKey` it can be tried again safely.
   */
  async enqueue(this: Workflow<unknown, Output>, options: WorkflowOptions = {}): Promise<WorkflowRun<Output>> {
    const queues = this.#first().started()
    const { plan, policy, data, tasks } = this.#planned(options)
    for (const task of tasks) task.started()
    const floors = await queues.floors()
    const job = newJob(policy, data, options)
    const isNew = await openPlan(queues, job, floors ? { ...plan, brief: { ...plan.brief, floors } } : plan)
    if (isNew) await queues.add(job)
    return new WorkflowRun<Output>(queues, `${job.queue}/${job.options.jobId}`)
  }

  /** For `tx.enqueue(workflow, undefined)`: it begins after the commit. @throws {TaskInputError} */
  outgoing(this: Workflow<unknown, Output>, _: undefined, options: WorkflowOptions = {}): OutgoingMessage {
    const { plan, policy, data } = this.#planned(options)
    return outgoingJob(policy, data, options, plan)
  }

  /** The first of its tasks, in whose queue the whole one waits: a worker is needed there anyway. */
  first(): Task<never, unknown> | undefined {
    if (this.#task) return this.#task
    for (const part of this.parts) {
      const first = part instanceof Task ? part : part instanceof Step ? part.task : part.first()
      if (first) return first as Task<never, unknown>
    }
    return undefined
  }

  #first(): Task<never, unknown> {
    const first = this.first()
    if (first) return first
    throw new TaskUsageError('There is no task in this workflow.', 'Enqueue it only when there is one.')
  }

  #planned({ priority, onFailure }: WorkflowOptions): Planned {
    const first = this.#first()
    const { steps, tasks } = planOf(this)
    // Its input is the failure's.
    if (onFailure) tasks.set(onFailure.name, onFailure as Task<never, unknown> as Task)
    const requestId = currentContext()?.id
    const brief: Brief = {
      policies: Object.fromEntries([...tasks].map(([name, task]) => [name, policyOf(task)])),
      ...(priority !== undefined && { priority }),
      ...(requestId && { requestId }),
      ...(onFailure && { onFailure: onFailure.name }),
    }
    return {
      plan: { brief, steps },
      tasks: [...tasks.values()],
      policy: { ...policyOf(first), name: workflowJob, retriesMax: 0, keepSeconds: defaultKeepSeconds },
      data: { input: { tasks: steps.filter(({ kind }) => kind === 'task').length }, opening: newOpening() },
    }
  }
}

function policyOf({ name, queue, priority, retriesMax, keepSeconds }: JobPolicy): JobPolicy {
  return { name, queue, priority, retriesMax, keepSeconds }
}
