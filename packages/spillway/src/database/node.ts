/**
 * One PostgreSQL server as this process sees it: its pool, its health and its figures.
 *
 * @module
 */
import { type ReservedSQL, SQL } from 'bun'
import type { PlatformSettings } from '../foundation/index.ts'
import { PoolTimeoutError, ServerAwayError } from './errors.ts'
import { type Lsn, lsnZero } from './lsn.ts'

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
  timer: ReturnType<typeof setTimeout>
}

/** How much one statement's time counts in the moving average by which servers are compared. */
const latencyWeight = 0.05

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
  /** Moving average of a statement's time, with the wait for its turn. */
  latencyMs = 1

  readonly #sql: SQL
  /** Those who wait for an answer of this server and could have it of another. */
  readonly #readers = new Set<(error: Error) => void>()
  readonly #waiting: Waiter[] = []
  #inFlight = 0
  #reserved = 0

  constructor(
    readonly role: NodeRole,
    /** `primary` or `replica-2`, for people. */
    readonly name: string,
    readonly url: string,
    applicationName: string,
    readonly settings: PoolSettings,
  ) {
    this.#sql = new SQL({
      url,
      max: settings.DATABASE_POOL_MAX,
      connectionTimeout: settings.DATABASE_CONNECT_TIMEOUT_SECONDS,
      idleTimeout: settings.DATABASE_IDLE_TIMEOUT_SECONDS,
      maxLifetime: settings.DATABASE_MAX_LIFETIME_SECONDS,
      prepare: !settings.DATABASE_PGBOUNCER,
      // A server that restarts after a crash may come back with less of the log replayed than it had before.
      onclose: () => this.forgetPosition(),
      connection: startupParameters(applicationName, settings),
    })
  }

  /** Runs one statement. Rows are objects, or arrays in column order when `asArrays`. */
  async run(text: string, params: unknown[], asArrays: boolean): Promise<unknown[]> {
    if (this.#inFlight >= this.#limit) await this.#admission()
    this.#inFlight++
    this.statements++
    const startedAt = performance.now()
    try {
      const query = this.#sql.unsafe(text, params)
      return await (asArrays ? query.values() : query)
    } finally {
      this.latencyMs += (performance.now() - startedAt - this.latencyMs) * latencyWeight
      this.#inFlight--
      if (this.#waiting.length > 0) this.#admitNext()
    }
  }

  /** The same for a read, which may be asked of another server: it fails as soon as this one is taken out. */
  read(text: string, params: unknown[], asArrays: boolean): Promise<unknown[]> {
    return this.untilTakenOut(this.run(text, params, asArrays))
  }

  /** `work`, or a failure as soon as this server is taken out: it may hang for longer than anyone should wait. */
  untilTakenOut<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#readers.add(reject)
      work.then(
        (result) => {
          this.#readers.delete(reject)
          resolve(result)
        },
        (error) => {
          this.#readers.delete(reject)
          reject(error)
        },
      )
    })
  }

  /** No statements for it until `takeBack`. @returns false when it was out already. */
  takeOut(): boolean {
    this.forgetPosition()
    if (!this.healthy) return false
    this.healthy = false
    for (const reject of this.#readers) reject(new ServerAwayError(this.name))
    this.#readers.clear()
    return true
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
      const waiter: Waiter = { admit: resolve, timer }
      this.#waiting.push(waiter)
    })
  }

  #admitNext(): void {
    const waiter = this.#waiting.shift()
    if (!waiter) return
    clearTimeout(waiter.timer)
    waiter.admit()
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
