/**
 * Hands batches to the handler. A batch that is rejected is tried message by message, so one that can't be delivered
 * holds up no others; it is tried again after pauses of its own. When nothing at all gets through, it is the handler's
 * trouble rather than the messages': then the deliverer pauses, and tries with few.
 *
 * @module
 */
import { type Floors, type Logger, messageOf } from '../../foundation/index.ts'
import type { Lsn } from '../lsn.ts'
import { readAtLeast } from '../read-floor.ts'
import type { Batch, BatchParts, TakenMessage } from './batch.ts'
import type { Json } from './outgoing.ts'
import { Taker } from './taker.ts'

/** A message as its deliverer gets it. `floors` is how far a reader must be to see what it was committed with. */
export interface DeliveredMessage {
  id: string
  body: Json
  floors: Floors
}

/** Resolves when all of them have arrived where they go. Rejects to get them again. */
export type OutboxHandler = (messages: DeliveredMessage[]) => Promise<void>

interface DelivererOptions extends BatchParts {
  database: string
  handler: OutboxHandler
  floorsAt: (lsn: Lsn) => Floors
  logger: Logger
}

interface Outcome {
  delivered: TakenMessage[]
  /** Tried by themselves, in vain. */
  rejected: TakenMessage[]
  /** The last one. */
  error?: unknown
}

/** Messages in a batch while nothing gets through. */
const probeSize = 10
/** Longer than others pause when they find nothing: what this process gets nowhere, one of them may. */
const firstPauseMs = 250
/** A queue that is back gets its messages this much later, at most. */
const pauseMaxMs = 1_000
/** Messages are tried one by one until nothing has got through for so long. */
const patienceMs = 1_000

export class Deliverer {
  readonly #options: DelivererOptions
  readonly #taker: Taker
  #isStopping = false
  /** Turns in a row in which nothing got through. */
  #failures = 0
  #goOnAtMs = Number.NEGATIVE_INFINITY

  constructor(options: DelivererOptions) {
    this.#options = options
    this.#taker = new Taker(options.database, options)
  }

  /** @returns whether there was something to deliver. */
  async turn(): Promise<boolean> {
    if (performance.now() < this.#goOnAtMs) return false
    const batch = await this.#taker.take(this.#failures > 0 ? probeSize : this.#options.limits.batchMax)
    if (!batch) return false
    const outcome = await batch.whileKept(() => this.#deliver(batch), this.#notKept)
    this.#note(outcome)
    const { delivered, rejected } = outcome
    const tried = new Set([...delivered, ...rejected])
    // Should one of these fail, the messages are free again when their time is over.
    await batch.remove(delivered)
    await batch.postpone(rejected)
    await batch.giveBack(batch.messages.filter((message) => !tried.has(message)))
    return true
  }

  /** The handler that is at work is waited for, and not called again. */
  stop(): void {
    this.#isStopping = true
  }

  async #deliver({ messages, lsn }: Batch): Promise<Outcome> {
    const floors = this.#options.floorsAt(lsn)
    try {
      await this.#handle(messages, floors)
      return { delivered: [...messages], rejected: [] }
    } catch (error) {
      return messages.length === 1
        ? { delivered: [], rejected: [...messages], error }
        : this.#oneByOne(messages, floors)
    }
  }

  async #oneByOne(messages: readonly TakenMessage[], floors: Floors): Promise<Outcome> {
    const outcome: Outcome = { delivered: [], rejected: [] }
    let gotThroughAtMs = performance.now()
    for (const message of messages) {
      if (this.#isStopping || performance.now() - gotThroughAtMs > patienceMs) break
      try {
        await this.#handle([message], floors)
        outcome.delivered.push(message)
        gotThroughAtMs = performance.now()
      } catch (error) {
        outcome.rejected.push(message)
        outcome.error = error
      }
    }
    return outcome
  }

  /** A handler that hangs would keep its messages from everybody. */
  async #handle(messages: readonly TakenMessage[], floors: Floors): Promise<void> {
    const { handler, limits } = this.#options
    const late = Promise.withResolvers<never>()
    const reject = () => late.reject(new Error(`it took longer than ${limits.handlerMaxMs} ms`))
    const timer = setTimeout(reject, limits.handlerMaxMs)
    const given = messages.map(({ id, body }) => ({ id, body, floors }))
    try {
      await Promise.race([readAtLeast(floors, () => handler(given)), late.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  #note({ delivered, rejected, error }: Outcome): void {
    this.#failures = delivered.length > 0 ? 0 : this.#failures + 1
    const pauseMs = this.#failures > 0 ? Math.min(pauseMaxMs, firstPauseMs * 2 ** (this.#failures - 1)) : 0
    this.#goOnAtMs = performance.now() + pauseMs
    if (rejected.length === 0) return
    const { database, logger } = this.#options
    const { id, destination, attempts } = rejected[0]!
    const first = { id, destination, attempts: attempts + 1 }
    const figures = { database, rejected: rejected.length, delivered: delivered.length, first }
    logger.error({ ...figures, err: error }, 'messages of the outbox were rejected; they are tried again')
  }

  readonly #notKept = (error: unknown) => {
    const { database, logger } = this.#options
    logger.warn({ database, error: messageOf(error) }, 'messages may be delivered twice: they could not be kept')
  }
}
