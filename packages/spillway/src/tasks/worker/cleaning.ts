/**
 * What has ended is kept for a while and then removed: results that nobody can ask for any more, and dead letters that
 * nobody has looked at.
 *
 * @module
 */
import type { TaskQueues } from '../queues.ts'
import { defaultKeepSeconds } from '../task-options.ts'

export interface CleaningOptions {
  queues: TaskQueues
  /** How long the results of each queue are kept, seconds. */
  keepSeconds: ReadonlyMap<string, number>
  onError: (error: unknown) => void
  /** @default 60_000 */
  everyMs?: number
}

/** A month to see why a task has failed. */
export const deadLettersKeptMs = 30 * 86_400_000

/** How long a queue's results are kept: as long as any of its tasks wants, and as workflows are, which wait in it as well. */
export function keepSecondsOf(tasks: readonly { keepSeconds: number }[]): number {
  return Math.max(defaultKeepSeconds, ...tasks.map(({ keepSeconds }) => keepSeconds))
}

/** Removed in one go; the next one follows while there are as many. */
const batch = 1_000

export class Cleaning {
  readonly #options: Required<CleaningOptions>
  #timer: ReturnType<typeof setTimeout> | undefined
  #cleaning: Promise<void> = Promise.resolve()
  #isStopping = false

  constructor(options: CleaningOptions) {
    this.#options = { everyMs: 60_000, ...options }
  }

  start(): void {
    // Not all workers at once: those that come later find little.
    const pauseMs = this.#options.everyMs * (0.5 + Math.random())
    this.#timer = setTimeout(() => {
      this.#cleaning = this.clean()
        .catch(this.#options.onError)
        .finally(() => this.#isStopping || this.start())
    }, pauseMs)
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#timer)
    await this.#cleaning
  }

  async clean(): Promise<void> {
    for (const [queue, seconds] of this.#options.keepSeconds) {
      await this.#clean(queue, 'completed', seconds * 1_000)
      await this.#clean(queue, 'failed', deadLettersKeptMs)
    }
    await this.#options.queues.backend.workflows.forgetOld()
  }

  async #clean(name: string, state: 'completed' | 'failed', olderThanMs: number): Promise<void> {
    const queue = this.#options.queues.queue(name)
    while (!this.#isStopping) {
      const removed = await queue.clean(olderThanMs, batch, state)
      if (removed.length < batch) return
    }
  }
}
