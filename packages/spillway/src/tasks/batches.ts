/**
 * Tasks that are enqueued at the same time go to the server together: what would be a transaction each is one for all.
 *
 * @module
 */
import type { Queue } from 'bullmq'
import type { NewJob } from './task-job.ts'

interface Waiting {
  job: NewJob
  added: PromiseWithResolvers<void>
}

const batchMax = 500

/** While one batch is under way the next one gathers; a lone task goes at once. */
export class Batches {
  readonly #queue: Queue
  #waiting: Waiting[] = []
  #isSending = false

  constructor(queue: Queue) {
    this.#queue = queue
  }

  add(job: NewJob): Promise<void> {
    const added = Promise.withResolvers<void>()
    this.#waiting.push({ job, added })
    if (!this.#isSending) void this.#send()
    return added.promise
  }

  async #send(): Promise<void> {
    this.#isSending = true
    // Those who enqueue in the same turn of the event loop come along.
    await undefined
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, batchMax)
      await this.#sendBatch(batch).catch((error: unknown) => this.#failed(batch, error))
    }
    this.#isSending = false
  }

  /** When the server refuses one of them, the others must not suffer. */
  async #failed(batch: Waiting[], error: unknown): Promise<void> {
    if (batch.length > 1 && isRefused(error)) {
      for (const one of batch) await this.#sendBatch([one]).catch(one.added.reject)
    } else {
      for (const { added } of batch) added.reject(error)
    }
  }

  async #sendBatch(batch: Waiting[]): Promise<void> {
    await this.#queue.addBulk(batch.map(({ job: { name, data, options } }) => ({ name, data, opts: options })))
    for (const { added } of batch) added.resolve()
  }
}

/** Data that can't be, a constraint, a limit (SQLSTATE classes 22, 23, 54); anything else would meet each of them. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(?:22|23|54)/.test(String(error.code))
}
