/** A workflow that was enqueued, seen from outside. @module */
import { setTimeout as pause } from 'node:timers/promises'
import { UnavailableError } from '../../foundation/index.ts'
import { answered } from '../answered.ts'
import type { TaskQueues } from '../queues.ts'
import type { TaskJob } from '../task-job.ts'
import { TaskRun } from '../task-run.ts'

/** Its state, result and id are those of a task. */
export class WorkflowRun<Output = unknown> extends TaskRun<Output> {
  readonly #queues: TaskQueues

  constructor(queues: TaskQueues, id: string) {
    super(queues, id)
    this.#queues = queues
  }

  /** How many of its tasks are done. */
  override async progress(): Promise<{ done: number; total: number } | undefined> {
    const job = await this.#queues.find(this.id)
    if (!job) return undefined
    const progress = await answered('read', this.#queues.backend.workflows.progress(this.#storedId(job)))
    if (progress) return progress
    // It was forgotten when it had ended. A workflow's job carries its number of tasks.
    const { tasks } = job.data.input as { tasks: number }
    const now = job.finishedOn ? job : await this.#queues.find(this.id)
    return now?.finishedOn ? { done: tasks, total: tasks } : undefined
  }

  /**
   * Nothing of it begins any more; tasks that run go on to their end.
   *
   * @returns false when it has ended already.
   * @throws {UnavailableError} when a worker that is gone still holds it after `timeoutMs`.
   */
  override async cancel({ timeoutMs = 30_000 }: { timeoutMs?: number } = {}): Promise<boolean> {
    const job = await this.#queues.find(this.id)
    if (!job || job.finishedOn !== undefined) return false
    const until = performance.now() + timeoutMs
    // A worker holds it for the moment in which it looks how things stand, and must find its plan there.
    while (!(await super.cancel())) {
      const state = await this.state()
      if (state === 'completed' || state === 'failed') return false
      if (state === 'unknown') break
      if (performance.now() > until) throw held(this.id, timeoutMs)
      await pause(50)
    }
    await answered('read', this.#queues.backend.workflows.forget(this.#storedId(job)))
    return true
  }

  #storedId({ data }: TaskJob): string {
    return this.#queues.storedId(this.id, data.opening)
  }
}

function held(id: string, timeoutMs: number): UnavailableError {
  const message = `The workflow ${id} was not cancelled within ${timeoutMs} ms: the worker that looks after it does not let it go.`
  return new UnavailableError('WORKFLOW_HELD', message, {
    hint: 'Its worker has died, or its server is away. Within 20 s any other worker of that queue takes it over: start one, and cancel again.',
  })
}
