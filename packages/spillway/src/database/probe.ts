/**
 * Asks one server what it is and how far its log goes, over a connection of its own.
 *
 * @module
 */
import { SQL } from 'bun'
import { isConnectionError, NoAnswerError } from './errors.ts'
import { type Lsn, parseLsn } from './lsn.ts'

/** What a server says of itself. */
export interface ServerState {
  /** Neither a standby nor read-only by default: what libpq calls read-write. */
  isWritable: boolean
  /** How far it has written its log, or replayed the primary's. */
  lsn: Lsn
  /** Age of the last transaction that a standby has replayed. */
  ageMs: number
  /** When the server came up: after that, less may be replayed than before. */
  startedAt: string
  /** It grows with each promotion. Of a standby it is what it receives, if the role may see that (`pg_monitor`). */
  timeline: number | undefined
  /** How long the answer took. */
  tookMs: number
}

interface ProbeOptions {
  applicationName: string
  /** Without an answer for this long the server is as good as away. */
  timeoutMs: number
  /** False behind PgBouncer in transaction mode. */
  prepare: boolean
}

export class Probe {
  readonly #options: ProbeOptions
  /** Connections that were closed because they hung; what else was asked there has had no answer either. */
  readonly #hung = new WeakSet<SQL>()
  #sql: SQL
  #isClosed = false

  constructor(
    readonly url: string,
    options: ProbeOptions,
  ) {
    this.#options = options
    this.#sql = this.#open()
  }

  /** Asks now. */
  async ask(): Promise<ServerState> {
    const sql = this.#sql
    try {
      return await withTimeout(stateOf(sql), this.#options.timeoutMs)
    } catch (error) {
      if (this.#hung.has(sql)) throw new NoAnswerError(this.#options.timeoutMs)
      if (error instanceof NoAnswerError) this.#hung.add(sql)
      // What hangs would hang on: the next question goes over a new connection.
      if (sql === this.#sql && isConnectionError(error)) this.reconnect()
      throw error
    }
  }

  /** Behind a name or a proxy there may be another server by now; a connection stays with the old one. */
  reconnect(): void {
    // A question that was under way at the end fails, and must not leave a connection that nobody closes.
    if (this.#isClosed) return
    void this.#sql.close({ timeout: 0 })
    this.#sql = this.#open()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#sql.close({ timeout: 0 })
  }

  #open(): SQL {
    const { applicationName, timeoutMs, prepare } = this.#options
    return new SQL({
      url: this.url,
      max: 1,
      prepare,
      // Longer than anybody waits: it is `withTimeout` that tells what hangs from what is refused.
      connectionTimeout: Math.ceil(timeoutMs / 1_000) + 1,
      connection: { application_name: applicationName },
    })
  }
}

async function stateOf(sql: SQL): Promise<ServerState> {
  const askedAt = performance.now()
  const [row] = await sql`
    select in_recovery or current_setting('default_transaction_read_only')::boolean as is_read_only,
      case when in_recovery then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end::text as lsn,
      coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000, 0)::float8 as age_ms,
      pg_postmaster_start_time()::text as started_at,
      case when in_recovery then (select to_hex(received_tli) from pg_stat_wal_receiver)
        else left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) end as timeline
    from pg_is_in_recovery() as in_recovery`
  return {
    isWritable: !row.is_read_only,
    lsn: parseLsn(row.lsn ?? '0/0'),
    ageMs: row.age_ms,
    startedAt: row.started_at,
    timeline: row.timeline === null ? undefined : Number.parseInt(row.timeline, 16),
    tookMs: performance.now() - askedAt,
  }
}

const turns = 4

/**
 * Counts turns of the event loop rather than the clock alone: while we were busy ourselves, the answer may have come
 * and not been read, and that must not count against the server.
 */
async function withTimeout<Answer>(work: Promise<Answer>, timeoutMs: number): Promise<Answer> {
  const late = Promise.withResolvers<never>()
  let timer: ReturnType<typeof setTimeout>
  const turn = (left: number) => {
    timer = setTimeout(() => (left > 1 ? turn(left - 1) : late.reject(new NoAnswerError(timeoutMs))), timeoutMs / turns)
  }
  turn(turns)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer!)
  }
}
