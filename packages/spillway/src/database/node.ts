/**
 * One PostgreSQL server as this process sees it: its pool, its health and its figures.
 *
 * @module
 */
import { type ReservedSQL, SQL } from 'bun'
import type { PlatformSettings } from '../foundation/index.ts'
import { PoolTimeoutError, ServerAwayError } from './errors.ts'
import { type Lsn, lsnZero } from './lsn.ts'
import { PositionHistory } from './position-history.ts'

export type NodeRole = 'primary' | 'replica'

/** The pool's settings, as in `platformSettings`. */
export type PoolSettings = Pick<
  PlatformSettings,
  | 'DATABASE_POOL_MAX'
  | 'DATABASE_ACQUIRE_TIMEOUT_MS'
  | 'DATABASE_CONNECT_TIMEOUT_SECONDS'
  | 'DATABASE_STATEMENT_TIMEOUT_MS'
  | 'DATABASE_IDLE_TRANSACTION_TIMEOUT_MS'
  | 'DATABASE_IDLE_TIMEOUT_SECONDS'
  | 'DATABASE_MAX_LIFETIME_SECONDS'
  | 'DATABASE_REPLICA_WAIT_MS'
  | 'DATABASE_REPLICA_MAX_LAG_SECONDS'
  | 'DATABASE_PGBOUNCER'
>

/**
 * Bun sends queries behind each other on a connection (measured: 57,000 primary-key reads/s on 10 connections so,
 * 31,000 with one query a connection). This bounds the queue on each, so that waiting happens here, with a timeout.
 */
const pipelineDepth = 16

interface Waiter {
  admit: () => void
  giveUp: (error: Error) => void
  timer: ReturnType<typeof setTimeout>
}

/** How much one statement's time counts in the moving average by which servers are compared. */
const latencyWeight = 0.05
/** How much a probe's time counts in it, ten times a second, while nobody else asks that server. */
const probeWeight = 0.2

export class DatabaseNode {
  /** False from the first failed connection until probes succeed again. */
  healthy = true
  /** Statements that were sent to this server since the start. */
  statements = 0
  /** How far a replica has replayed the log, at least. Zero while that isn't known. */
  replayed: Lsn = lsnZero
  /** How far it is behind, as of the last probe. */
  lag = { bytes: 0, ms: 0 }
  /** Too far behind to get reads. */
  isLagging = false
  /** Of a primary: what positions mean in time. */
  readonly history: PositionHistory
  /** Moving average of a statement's time, with the wait for its turn. */
  latencyMs = 1
  /** Of the log that it writes or receives: grows with each promotion. Undefined while that isn't known. */
  timeline: number | undefined

  #url: string
  #sql: SQL
  #statementsAtProbe = 0
  readonly #applicationName: string
  readonly #waiting: Waiter[] = []
  #inFlight = 0
  #reserved = 0

  constructor(
    readonly role: NodeRole,
    /** `primary` or `replica-2`, for people. */
    readonly name: string,
    url: string,
    applicationName: string,
    readonly settings: PoolSettings,
  ) {
    this.#url = url
    this.#applicationName = applicationName
    this.history = new PositionHistory(2_000 * settings.DATABASE_REPLICA_MAX_LAG_SECONDS)
    this.#sql = this.#openPool()
  }

  get url(): string {
    return this.#url
  }

  /** Runs one statement. Rows are objects, or arrays in column order when `asArrays`. */
  run(text: string, params: unknown[], asArrays: boolean): Promise<unknown[]> {
    if (this.#inFlight >= this.#limit) return this.#admission().then(() => this.#send(text, params, asArrays))
    return this.#send(text, params, asArrays)
  }

  /** Callbacks rather than an async function: each of those costs every statement half a microsecond. */
  #send(text: string, params: unknown[], asArrays: boolean): Promise<unknown[]> {
    const query = this.#sql.unsafe(text, params)
    this.#inFlight++
    this.statements++
    const startedAt = performance.now()
    return (asArrays ? query.values() : query).then(
      (rows) => {
        this.#ended(startedAt)
        return rows
      },
      (error) => {
        this.#ended(startedAt)
        throw error
      },
    )
  }

  #ended(startedAt: number): void {
    this.latencyMs += (performance.now() - startedAt - this.latencyMs) * latencyWeight
    this.#inFlight--
    // Transactions may have taken the connections meanwhile.
    if (this.#waiting.length > 0 && this.#inFlight < this.#limit) this.#admitNext()
  }

  /**
   * No statements for it until `takeBack`. Those under way fail at once, with their connections: one that hangs would
   * keep them for as long as TCP does. @returns false when it was out already.
   */
  takeOut(): boolean {
    this.forgetPosition()
    if (!this.healthy) return false
    this.healthy = false
    this.#renewPool()
    return true
  }

  /** The same role is with another server now. */
  moveTo(url: string): void {
    this.#url = url
    this.history.clear()
    this.forgetPosition()
    this.#renewPool()
  }

  takeBack(): void {
    this.healthy = true
  }

  /** Takes a connection for a transaction; give it back with `release()`. */
  async reserve(): Promise<ReservedSQL> {
    const timeoutMs = this.settings.DATABASE_ACQUIRE_TIMEOUT_MS
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const connection = await this.#sql.reserve({ signal })
      this.#reserved++
      return connection
    } catch (error) {
      if (signal.aborted) throw new PoolTimeoutError(this.name, timeoutMs, this.settings.DATABASE_POOL_MAX)
      throw error
    }
  }

  release(connection: ReservedSQL): void {
    this.#reserved--
    connection.release()
    for (let free = this.#limit - this.#inFlight; free > 0 && this.#waiting.length > 0; free--) this.#admitNext()
  }

  /** A connection that a transaction has is none for statements: with all of them taken, statements wait here, with a timeout. */
  get #limit(): number {
    return (this.settings.DATABASE_POOL_MAX - this.#reserved) * pipelineDepth
  }

  forgetPosition(): void {
    this.replayed = lsnZero
  }

  /**
   * While nobody asks this server, its usual time goes towards that of its probes: one that was slow once is tried
   * again, and shown to be slow again by what it is asked then.
   */
  probed(tookMs: number): void {
    if (this.load === 0 && this.statements === this.#statementsAtProbe) {
      this.latencyMs += (tookMs - this.latencyMs) * probeWeight
    }
    this.#statementsAtProbe = this.statements
  }

  /** The lower, the sooner a statement will be answered here. */
  get cost(): number {
    return (this.load + 1) * this.latencyMs
  }

  /** Statements and transactions on this server now. */
  get load(): number {
    return this.#inFlight + this.#reserved
  }

  /** Connections in use and free, and callers that wait for one. */
  gauges(): { used: number; idle: number; waiting: number; max: number } {
    const max = this.settings.DATABASE_POOL_MAX
    const used = Math.min(max, this.load)
    return { used, idle: max - used, waiting: this.#waiting.length, max }
  }

  /** Waits for the statements in flight, at most `timeoutSeconds`, then closes every connection. */
  async close(timeoutSeconds = 5): Promise<void> {
    await this.#sql.close({ timeout: timeoutSeconds })
  }

  #admission(): Promise<void> {
    const { DATABASE_ACQUIRE_TIMEOUT_MS: timeoutMs, DATABASE_POOL_MAX: max } = this.settings
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1)
        reject(new PoolTimeoutError(this.name, timeoutMs, max))
      }, timeoutMs)
      const waiter: Waiter = { admit: resolve, giveUp: reject, timer }
      this.#waiting.push(waiter)
    })
  }

  #admitNext(): void {
    const waiter = this.#waiting.shift()
    if (!waiter) return
    clearTimeout(waiter.timer)
    waiter.admit()
  }

  /** Nobody waits for the old connections: they may hang. */
  #renewPool(): void {
    void this.#sql.close({ timeout: 0 })
    this.#sql = this.#openPool()
    for (const { giveUp, timer } of this.#waiting.splice(0)) {
      clearTimeout(timer)
      giveUp(new ServerAwayError(this.name))
    }
  }

  #openPool(): SQL {
    const { settings } = this
    return new SQL({
      url: this.#url,
      max: settings.DATABASE_POOL_MAX,
      connectionTimeout: settings.DATABASE_CONNECT_TIMEOUT_SECONDS,
      idleTimeout: settings.DATABASE_IDLE_TIMEOUT_SECONDS,
      maxLifetime: settings.DATABASE_MAX_LIFETIME_SECONDS,
      prepare: !settings.DATABASE_PGBOUNCER,
      // A server that restarts after a crash may come back with less of the log replayed than it had before.
      onclose: () => this.forgetPosition(),
      connection: startupParameters(this.#applicationName, settings),
    })
  }
}

/** PgBouncer refuses start-up parameters it does not know: there the role carries the timeouts. */
function startupParameters(applicationName: string, settings: PoolSettings): Record<string, string> {
  if (settings.DATABASE_PGBOUNCER) return { application_name: applicationName }
  return {
    application_name: applicationName,
    statement_timeout: String(settings.DATABASE_STATEMENT_TIMEOUT_MS),
    idle_in_transaction_session_timeout: String(settings.DATABASE_IDLE_TRANSACTION_TIMEOUT_MS),
  }
}
