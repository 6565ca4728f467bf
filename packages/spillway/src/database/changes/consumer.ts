/**
 * A durable consumer: one of all processes handles each change, at least once and in order. How far it has come is
 * kept in the database.
 *
 * @module
 */
import { type Floors, type Logger, messageOf } from '../../foundation/index.ts'
import type { BackgroundConnection } from '../background/connection.ts'
import type { Lsn } from '../lsn.ts'
import { readAtLeast } from '../read-floor.ts'
import { ChangeFeed, type FeedNews } from './feed.ts'
import type { Lease } from './lease.ts'
import type { Change } from './watch.ts'

/** Handles what one batch has told, and reads it. Rejects to get it again. `floors` is how far others must be to read it. */
export type ChangesConsumer = (changes: Change[], told: { floors: Floors }) => Promise<void>

export interface ConsumeOptions {
  /** The longest pause before a handler that rejects is called again, milliseconds. @default 30_000 */
  retryMaxMs?: number
}

interface ConsumerOptions extends ConsumeOptions {
  connection: BackgroundConnection
  lease: Lease
  handler: ChangesConsumer
  decode: (news: FeedNews['batches'][number]['changes']) => Change[]
  everything: () => Change[]
  floorsAt: (lsn: Lsn) => Floors
  logger: Logger
}

/** Those who don't have the lease ask for it this often. */
const candidacyMs = 1_000
const firstBackoffMs = 100
const defaultRetryMaxMs = 30_000

export class Consumer {
  readonly #options: ConsumerOptions
  /** Undefined while another process has the lease. */
  #feed: ChangeFeed | undefined
  #askedAtMs = Number.NEGATIVE_INFINITY
  #failures = 0
  #retryAtMs = 0

  constructor(options: ConsumerOptions) {
    this.#options = options
  }

  /** @returns whether there was something to do. */
  async turn(): Promise<boolean> {
    const { lease } = this.#options
    if (!lease.isHeld) this.#feed = undefined
    if (performance.now() < this.#retryAtMs) return false
    if (!this.#feed && !(await this.#take())) return false
    if (lease.isDue && !(await lease.acquire())) return false
    return await this.#handleNews(this.#feed!)
  }

  async #take(): Promise<boolean> {
    const { connection, lease } = this.#options
    if (performance.now() - this.#askedAtMs < candidacyMs) return false
    this.#askedAtMs = performance.now()
    // What a new one keeps may be older than the feed: before its beginning, so that it is told of a gap.
    await connection.query(
      'insert into spillway_changes.leases (name, position) values ($1, -1) on conflict do nothing',
      [lease.name],
    )
    if (!(await lease.acquire())) return false
    const [row] = await connection.query<{ position: number }>(
      'select position::float8 as position from spillway_changes.leases where name = $1',
      [lease.name],
    )
    this.#feed = new ChangeFeed(connection, row!.position)
    return true
  }

  async #handleNews(feed: ChangeFeed): Promise<boolean> {
    const { decode, everything, floorsAt } = this.#options
    const news = await feed.read()
    const floors = floorsAt(news.lsn)
    if (news.hasGap) return await this.#handle(everything(), news.position, floors)
    for (const { position, changes } of news.batches) {
      if (!(await this.#handle(decode(changes), position, floors))) return false
    }
    return news.batches.length > 0
  }

  /** @returns false when it failed, or when the lease was lost: then the position stays where it was. */
  async #handle(changes: Change[], position: number, floors: Floors): Promise<boolean> {
    const { connection, lease, handler } = this.#options
    try {
      if (changes.length > 0) await this.#whileRenewing(() => readAtLeast(floors, () => handler(changes, { floors })))
      this.#failures = 0
    } catch (error) {
      await this.#failed(error)
      return false
    }
    const rows = await connection.query(
      `update spillway_changes.leases set position = $3::bigint, expires_at = clock_timestamp() + $4 * interval '1 ms'
      where name = $1 and holder = $2 returning name`,
      [lease.name, lease.holder, position, lease.leaseMs],
    )
    lease.noteRenewal(rows.length > 0)
    return lease.isHeld
  }

  /** A handler may take longer than a lease lasts. */
  async #whileRenewing(work: () => Promise<unknown>): Promise<void> {
    const { lease, logger } = this.#options
    const timer = setInterval(() => {
      lease.acquire().catch((error: unknown) => {
        logger.warn({ consumer: lease.name, error: messageOf(error) }, 'lease of a change consumer not renewed')
      })
    }, lease.leaseMs / 4)
    try {
      await work()
    } finally {
      clearInterval(timer)
    }
  }

  /**
   * The batch is read again after a pause that grows with each failure; nothing is skipped. Meanwhile another process
   * may try: what this one lacks, it may have.
   */
  async #failed(error: unknown): Promise<void> {
    const { lease, logger, retryMaxMs = defaultRetryMaxMs } = this.#options
    const backoffMs = Math.min(retryMaxMs, firstBackoffMs * 2 ** this.#failures++)
    logger.error({ err: error, consumer: lease.name, retry_in_ms: backoffMs }, 'change consumer failed')
    this.#retryAtMs = performance.now() + backoffMs
    this.#askedAtMs = Number.NEGATIVE_INFINITY
    await lease.release()
  }
}
