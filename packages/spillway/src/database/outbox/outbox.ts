/**
 * The outbox of a database as one process sees it: transactions put messages in, and every process with a handler
 * delivers what is committed.
 *
 * @module
 */
import type { SQL } from 'bun'
import { type Logger, messageOf, SpillwayError } from '../../foundation/index.ts'
import { BackgroundConnection, type ConnectionOptions } from '../background/connection.ts'
import { Loop } from '../background/loop.ts'
import { isMissingTable } from '../errors.ts'
import { formatPosition } from '../lsn.ts'
import { Deliverer, type OutboxHandler } from './deliverer.ts'
import { insertMessages, OutboxMissingError } from './insert.ts'
import { defaultLimits, type OutboxLimits } from './limits.ts'
import type { Enqueued, OutgoingMessage } from './outgoing.ts'

export interface OutboxStart extends ConnectionOptions {
  logger: Logger
  /** What positions in the database's log are told under. @default the name of the database */
  name?: string
}

export interface DeliverOptions {
  /** Throws for what the handler could do nothing with: whoever enqueues it is told at once. */
  ensureDeliverable?: (message: OutgoingMessage) => void
}

/** Messages that are committed and not delivered. */
export interface WaitingMessages {
  count: number
  /** How long the first of them has been waiting; 0 when there is none. */
  oldestMs: number
}

/**
 * Whoever commits here wakes the loop. The pauses are for what others have committed, and for what was rejected.
 * A turn with work is followed by a short pause, in which messages of many transactions become one batch.
 */
const pauses = { busyMs: 5, idleMs: 200 }

const countWaiting = `select count(*)::int as count,
  coalesce(extract(epoch from clock_timestamp() - min(enqueued_at)) * 1000, 0)::float8 as "oldestMs"
  from spillway_outbox.messages where database = $1`

export class Outbox {
  readonly database: string
  readonly #ask: (text: string, params: unknown[]) => Promise<unknown[]>
  readonly #limits: OutboxLimits
  #handler: OutboxHandler | undefined
  #ensureDeliverable: DeliverOptions['ensureDeliverable']
  #running: { deliverer: Deliverer; loop: Loop; connection: BackgroundConnection } | undefined

  /** @param ask runs a statement on the primary. */
  constructor(
    database: string,
    ask: (text: string, params: unknown[]) => Promise<unknown[]>,
    limits: Partial<OutboxLimits> = {},
  ) {
    this.database = database
    this.#ask = ask
    this.#limits = { ...defaultLimits, ...limits }
  }

  /**
   * Has messages delivered by `handler`, from the start on, in this process and in all others that do the same: each by
   * one of them, at least once, soon after its transaction has committed and never before. A batch that is rejected is
   * tried message by message; what is rejected alone is tried again for as long as it takes, after pauses that grow to
   * 30 s. So is what has taken longer than 30 s. Call it before `start`.
   *
   * @returns a function that takes the handler back, for after `stop`.
   * @throws {SpillwayError} `OUTBOX_HAS_HANDLER`.
   * @example
   * database.outbox.deliver(async (messages) => await queue.addMany(messages))
   */
  deliver(handler: OutboxHandler, { ensureDeliverable }: DeliverOptions = {}): () => void {
    if (this.#handler) {
      throw new SpillwayError('OUTBOX_HAS_HANDLER', `The outbox of "${this.database}" has a handler already.`, {
        hint: 'One handler gets all messages; tell them apart by their body.',
      })
    }
    this.#handler = handler
    this.#ensureDeliverable = ensureDeliverable
    return () => {
      if (this.#handler !== handler) return
      this.#handler = undefined
      this.#ensureDeliverable = undefined
    }
  }

  /** What is committed and not yet delivered. It counts rows, so not for every request. */
  async waiting(): Promise<WaitingMessages> {
    try {
      const [row] = await this.#ask(countWaiting, [this.database])
      return row as WaitingMessages
    } catch (error) {
      throw isMissingTable(error) ? new OutboxMissingError(this.database, error) : error
    }
  }

  /** Writes messages with the client of a transaction. `wake` is for when that has committed. */
  async put(client: SQL, messages: readonly OutgoingMessage[]): Promise<Enqueued[]> {
    for (const message of messages) this.#ensureDeliverable?.(message)
    return await insertMessages(client, this.database, messages)
  }

  /** Messages were committed: they are delivered at once rather than at the next look, where a handler is. */
  wake(): void {
    this.#running?.loop.wake()
  }

  /** Nothing is done where there is no handler. */
  start({ logger, name = this.database, ...options }: OutboxStart): void {
    if (!this.#handler) return
    const connection = new BackgroundConnection(options, 'outbox')
    const { database } = this
    const deliverer = new Deliverer({
      ...{ database, connection, logger, limits: this.#limits, handler: this.#handler },
      floorsAt: (lsn) => ({ [name]: formatPosition(lsn) }),
    })
    const loop = new Loop({
      ...{ turn: () => deliverer.turn(), ...pauses },
      onError: (error) =>
        logger.warn({ database, error: messageOf(error) }, 'outbox not read; if it is missing, run `spillway migrate`'),
      onRecovery: () => logger.info({ database }, 'outbox is read again'),
    })
    this.#running = { deliverer, loop, connection }
    loop.start()
  }

  /** Waits for the handler that is at work. What it leaves others deliver, or this process after its next start. */
  async stop(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    if (!running) return
    running.deliverer.stop()
    await running.loop.stop()
    await running.connection.close()
  }
}
