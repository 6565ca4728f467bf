/** A task's turn in a workflow: its input is brought, and what it has returned is passed on. @module */
import { type Floors, highestFloors } from '../../foundation/index.ts'
import { type Patience, surely } from '../patience.ts'
import type { TaskQueues } from '../queues.ts'
import { storableText } from '../storable.ts'
import type { StepPlace, TaskJob } from '../task-job.ts'
import type { StepResult, TakenStep } from './store.ts'
import { UnderWay } from './under-way.ts'

export interface StepTurnOptions extends Patience {
  queues: TaskQueues
}

export class StepTurn {
  readonly #workflow: UnderWay
  readonly #job: TaskJob
  readonly #id: string
  readonly #n: number
  readonly #options: StepTurnOptions
  #hadFailed = false

  /** Nothing for a task that is in no workflow. @param id of the task, as `TaskRun` has it. */
  static of(job: TaskJob, id: string, options: StepTurnOptions): StepTurn | undefined {
    return job.data.step && new StepTurn(job, id, options, job.data.step)
  }

  private constructor(job: TaskJob, id: string, options: StepTurnOptions, { of, opening, n }: StepPlace) {
    this.#job = job
    this.#id = id
    this.#n = n
    this.#options = options
    this.#workflow = new UnderWay(options.queues, of, opening)
  }

  /** @returns false when there is nothing to do: it was done before its worker died, or the workflow is over. */
  async begin(): Promise<boolean> {
    const taken = await this.#surely(() => this.#workflow.take(this.#n))
    if (!taken) return false
    if (taken.result) {
      await this.#passOn(taken.result)
      return false
    }
    this.#hadFailed = taken.failures.includes(this.#n)
    if (taken.failures.length > 0 && !this.#hadFailed) return false
    await this.#bring(taken)
    return true
  }

  /** @param floors how far its databases must be for others to see what it has written. */
  async settle(value: unknown, floors: Floors | undefined): Promise<void> {
    const text = JSON.stringify(value)
    const result = { value: text === undefined ? null : JSON.parse(text), ...(floors && { floors }) }
    if (this.#hadFailed) await this.#passOn(result)
    else await this.#surely(() => this.#workflow.settle(this.#n, result))
  }

  /** It has failed for good. */
  async fail(reason: string): Promise<void> {
    const failure = { task: this.#job.name, id: this.#id, reason: storableText(reason) }
    await this.#surely(() => this.#workflow.fail(this.#n, failure))
  }

  /** The input as if the job had carried it. */
  async #bring(taken: TakenStep): Promise<void> {
    const { data } = this.#job
    const { input, floors } = await this.#surely(() => this.#workflow.inputOf(taken))
    this.#job.data = { ...data, input, ...(floors && { floors: highestFloors(data.floors ?? {}, floors) }) }
  }

  /** Of a step that had failed, or may have: what its worker did not come to before it died is done now. */
  #passOn(result: StepResult): Promise<void> {
    return this.#surely(async () => {
      await this.#workflow.heal(this.#n, result)
      await this.#workflow.settle(this.#n, result)
    })
  }

  #surely<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    return surely(this.#options, ask)
  }
}
