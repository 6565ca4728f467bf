/**
 * A workflow that is under way: whoever has done a step puts what comes next into its queue. All of it may be done
 * again, by the same worker or another one, when a process dies in the middle.
 *
 * @module
 */
import type { Json } from '../../database/index.ts'
import type { Floors } from '../../foundation/index.ts'
import type { TaskQueues } from '../queues.ts'
import { type NewJob, newJob, type TaskJob } from '../task-job.ts'
import type { Brief } from './plan.ts'
import {
  resultOf,
  type Standing,
  type StepFailure,
  type StepResult,
  type StepState,
  type TakenStep,
  type WorkflowStore,
} from './store.ts'

/** Jobs that are added in one go. */
const addedAtOnce = 500
/** Jobs that are looked for at once. */
const lookedForAtOnce = 20

interface StepInput {
  input: Json
  floors?: Floors
}

export class UnderWay {
  /** Of the whole, as `TaskRun` has it. */
  readonly id: string
  readonly #queues: TaskQueues
  readonly #opening: string
  readonly #storedId: string

  constructor(queues: TaskQueues, id: string, opening = '') {
    this.id = id
    this.#queues = queues
    this.#opening = opening
    this.#storedId = queues.storedId(id, opening)
  }

  standing(): Promise<Standing | undefined> {
    return this.#store.standing(this.#storedId)
  }

  /** What it needs to begin one of its tasks. */
  take(n: number): Promise<TakenStep | undefined> {
    return this.#store.take(this.#storedId, n)
  }

  /** What a task is run with, and how far databases must be to read what the step before it has written. */
  async inputOf({ source, takes, key, input = null }: TakenStep): Promise<StepInput> {
    if (source === undefined) return { input }
    const before = await this.result(source)
    // Without it the workflow has just been cancelled.
    const { value, floors } = before ?? { value: null }
    const given = { all: value, key: joined(input, key, value) }
    return { input: takes ? given[takes] : input, ...(floors && { floors }) }
  }

  /** Of a step that is done, or of the whole. */
  async result(n = 0): Promise<StepResult | undefined> {
    const states = await this.#store.results(this.#storedId, n)
    return states[0]?.isDone ? resultOf(states, n) : undefined
  }

  /** A step is done; what waited for it begins. */
  async settle(n: number, result?: StepResult): Promise<void> {
    const settled = await this.#store.settle(this.#storedId, n, result)
    if (!settled) return
    const { end, parent } = settled
    if (!parent) await this.wake()
    else if (parent.left === 0) await this.settle(parent.n)
    else if (parent.kind === 'chain') await this.begin(end)
  }

  /** Puts those tasks of a step into their queues that wait for nothing, or the first few. @returns them. */
  async begin(n: number, max?: number): Promise<NewJob[]> {
    const standing = await this.#store.standing(this.#storedId)
    const states = standing ? await this.#store.outline(this.#storedId, n) : []
    if (!standing || states.length === 0) return []
    const { tasks, done } = readyIn(states)
    const jobs = tasks.slice(0, max).map((task) => this.#jobOf(task, standing.brief))
    for (let at = 0; at < jobs.length; at += addedAtOnce) await this.#queues.addMany(jobs.slice(at, at + addedAtOnce))
    for (const one of done) await this.settle(one)
    return jobs
  }

  /** Tasks whose jobs ended although their steps did not, as dead letters or by hand, begin again. */
  async beginAgain(jobs: readonly NewJob[]): Promise<void> {
    const again = async ({ queue, options }: NewJob) => {
      const job = await this.#queues.queue(queue).getJob(options.jobId)
      if (job?.finishedOn && job.failedReason) await job.retry('failed', { resetAttemptsMade: true })
    }
    for (let at = 0; at < jobs.length; at += lookedForAtOnce) {
      await Promise.all(jobs.slice(at, at + lookedForAtOnce).map(again))
    }
  }

  /** The whole has failed, and says so. */
  async fail(n: number, failure: StepFailure): Promise<void> {
    await this.#store.fail(this.#storedId, n, failure)
    await this.wake()
  }

  /** A step is done that had failed: when it was the last such one, the whole goes on. */
  async heal(n: number, result: StepResult): Promise<void> {
    // Before the whole goes on, which would begin it again.
    await this.#store.settle(this.#storedId, n, result)
    if (!(await this.#store.heal(this.#storedId, n))) return
    const whole = await this.#whole()
    if (await whole?.isFailed()) await whole?.retry('failed')
  }

  /** The job of the whole looks how things stand. It looks by itself now and then, should this get lost. */
  async wake(): Promise<void> {
    const whole = await this.#whole()
    if (await whole?.isDelayed()) await whole?.promote().catch(ignoreAwake)
  }

  /** All that there was to begin with is in its queues. */
  async begun(): Promise<void> {
    await this.#store.begun(this.#storedId)
  }

  /** That it has failed was said. */
  async told(attempt: string): Promise<void> {
    await this.#store.told(this.#storedId, attempt)
  }

  async resume(): Promise<void> {
    await this.#store.resume(this.#storedId)
  }

  /** Of a job that belongs to it: the same whenever that is added, and none that a workflow before it has used. */
  jobId(part: number | string): string {
    return `${this.id.slice(this.id.indexOf('/') + 1)}-${this.#opening}-${part}`
  }

  /** Its job, unless that is gone: another workflow may have its id by now. */
  async #whole(): Promise<TaskJob | undefined> {
    const job = await this.#queues.find(this.id)
    return (job?.data.opening ?? '') === this.#opening ? job : undefined
  }

  get #store(): WorkflowStore {
    return this.#queues.backend.workflows
  }

  #jobOf({ n, task = '' }: StepState, brief: Brief): NewJob {
    const { policies, priority, requestId, floors } = brief
    const step = { of: this.id, opening: this.#opening, n }
    const data = { input: null, step, ...(requestId && { requestId }), ...(floors && { floors }) }
    const job = newJob(policies[task]!, data, priority === undefined ? {} : { priority })
    // Its result is the workflow's, which needs no further copy of it.
    return { ...job, options: { ...job.options, jobId: this.jobId(n), removeOnComplete: true } }
  }
}

function joined(rest: Json, key: string | undefined, value: Json): Json {
  // The plan has an object there.
  return { ...(rest as Record<string, Json>), ...(key !== undefined && { [key]: value }) }
}

/** Somebody else has woken it, or ended it. */
const ignoreAwake = () => undefined

/** Of a step: the tasks that wait for nothing, and the chains and groups that have nothing left to do. */
export function readyIn(states: readonly StepState[]): { tasks: StepState[]; done: number[] } {
  const first = states[0]!.n
  const tasks: StepState[] = []
  const done: number[] = []
  look(states[0]!)
  return { tasks, done }

  function look(state: StepState): void {
    if (state.isDone) return
    if (state.kind === 'task') {
      tasks.push(state)
      return
    }
    let isDone = true
    for (let part = state.n + 1; part < state.end; ) {
      const at = states[part - first]!
      if (!at.isDone) {
        isDone = false
        look(at)
        if (state.kind === 'chain') return
      }
      part = at.end
    }
    if (isDone) done.push(state.n)
  }
}
