/**
 * Watches one server over a connection of its own: does it answer, how far has it replayed the log, how far is it behind?
 *
 * @module
 */
import { SQL } from 'bun'
import { type Logger, messageOf } from '../foundation/index.ts'
import { type Lsn, lsnZero, parseLsn } from './lsn.ts'
import type { DatabaseNode } from './node.ts'

/** What a server says of itself. */
interface Position {
  /** Replicas: replayed; the primary: written. */
  lsn: Lsn
  /** Age of the last transaction that a replica has replayed. */
  ageMs: number
  /** When the server came up: after that, less may be replayed than before. */
  startedAt: string
}

const intervalMs = 100
/** A server that takes longer to answer this is as good as away. */
const timeoutMs = 1_000
/** Successful probes in a row before a server gets statements again. */
const returnAfter = 2

export class NodeMonitor {
  readonly #sql: SQL
  readonly #node: DatabaseNode
  readonly #primaryPosition: () => Lsn
  readonly #logger: Logger
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | undefined
  #position: Promise<Lsn> | undefined
  #nextPosition: Promise<Lsn> | undefined
  #successes = 0
  #startedAt: string | undefined
  #isClosed = false

  /** @param primaryPosition the last position of the primary that is known, to tell how far a replica is behind. */
  constructor(node: DatabaseNode, applicationName: string, primaryPosition: () => Lsn, logger: Logger) {
    this.#node = node
    this.#primaryPosition = primaryPosition
    this.#logger = logger
    this.#sql = new SQL({
      url: node.url,
      max: 1,
      prepare: !node.settings.DATABASE_PGBOUNCER,
      connectionTimeout: Math.ceil(timeoutMs / 1_000),
      connection: { application_name: `${applicationName} monitor` },
    })
    this.#schedule(0)
  }

  /** Asks now; those who ask while an answer is under way get that answer's follower, so that it is never too old. */
  async refresh(): Promise<void> {
    await this.#running
    this.#running ??= this.#probe().finally(() => {
      this.#running = undefined
    })
    await this.#running
  }

  /**
   * The position at some time after this call. Many callers share one question: one is under way at most, and all that
   * come meanwhile share the next.
   */
  position(): Promise<Lsn> {
    this.#nextPosition ??= this.#readPosition(this.#position)
    return this.#nextPosition
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#sql.close({ timeout: 0 })
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(async () => {
      await this.refresh()
      if (!this.#isClosed) this.#schedule(intervalMs)
    }, delayMs)
  }

  async #readPosition(before: Promise<Lsn> | undefined): Promise<Lsn> {
    // Its failure is the answer of those who asked for it.
    await before?.catch(() => undefined)
    this.#position = this.#nextPosition
    this.#nextPosition = undefined
    const { lsn } = await withTimeout(this.#ask())
    return lsn
  }

  async #probe(): Promise<void> {
    try {
      this.#answered(await withTimeout(this.#ask()))
    } catch (error) {
      if (!this.#isClosed) this.#away(error)
    }
  }

  async #ask(): Promise<Position> {
    const [row] = await this.#sql`
      select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end::text as lsn,
        coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000, 0)::float8 as age_ms,
        pg_postmaster_start_time()::text as started_at`
    return { lsn: parseLsn(row.lsn), ageMs: row.age_ms, startedAt: row.started_at }
  }

  #answered({ lsn, ageMs, startedAt }: Position): void {
    const node = this.#node
    if (startedAt !== this.#startedAt) node.forgetPosition()
    this.#startedAt = startedAt
    const behind = this.#primaryPosition() - lsn
    node.replayed = lsn
    // With nothing to replay the last transaction gets old without any lag.
    node.lag = behind > lsnZero ? { bytes: Number(behind), ms: Math.max(0, ageMs) } : { bytes: 0, ms: 0 }
    this.#judgeLag()
    this.#successes++
    if (node.healthy || this.#successes < returnAfter) return
    node.takeBack()
    this.#logger.info({ server: node.name }, `${node.role} is back`)
  }

  /** Out above the limit, back below half of it: a replica at the limit doesn't flap. */
  #judgeLag(): void {
    const node = this.#node
    const limitMs = node.settings.DATABASE_REPLICA_MAX_LAG_SECONDS * 1_000
    const isLagging = node.lag.ms > (node.isLagging ? limitMs / 2 : limitMs)
    if (isLagging === node.isLagging) return
    node.isLagging = isLagging
    const message = isLagging ? 'replica is too far behind and gets no reads' : 'replica has caught up'
    this.#logger.warn({ server: node.name, lag_ms: Math.round(node.lag.ms) }, message)
  }

  #away(error: unknown): void {
    const node = this.#node
    this.#successes = 0
    if (!node.takeOut()) return
    this.#logger.warn({ server: node.name, error: messageOf(error) }, `${node.role} is away`)
  }
}

async function withTimeout<Answer>(work: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
