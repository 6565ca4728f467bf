/**
 * A connection for work in the background, the change log's or the outbox's: its few statements wait behind no others,
 * and they need no state of a session, so that it works through PgBouncer.
 *
 * @module
 */
import { SQL } from 'bun'

export interface ConnectionOptions {
  /** The primary, asked anew for each connection. */
  url: () => string
  applicationName: string
  isPgBouncer: boolean
}

type Row = Record<string, unknown>

/** A server that takes longer is as good as away. */
const timeoutMs = 5_000

export class BackgroundConnection {
  readonly #options: ConnectionOptions
  readonly #purpose: string
  #sql: SQL | undefined
  #isClosed = false

  /** @param purpose one word, by which it is known in `pg_stat_activity`. */
  constructor(options: ConnectionOptions, purpose: string) {
    this.#options = options
    this.#purpose = purpose
  }

  /** Runs one statement, a transaction of its own. After a failure the next one gets a new connection. */
  async query<Answer extends Row>(text: string, params: unknown[] = []): Promise<Answer[]> {
    if (this.#isClosed) throw new Error(`the connection for ${this.#purpose} is closed`)
    this.#sql ??= this.#open()
    const sql = this.#sql
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
    try {
      return await Promise.race([sql.unsafe(text, params) as Promise<Answer[]>, late.promise])
    } catch (error) {
      if (this.#sql === sql) this.#sql = undefined
      // What is under way on it fails as this has failed.
      void sql.close({ timeout: 0 }).catch(() => undefined)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#sql?.close({ timeout: 0 })
    this.#sql = undefined
  }

  #open(): SQL {
    const { url, applicationName, isPgBouncer } = this.#options
    return new SQL({
      url: url(),
      max: 1,
      prepare: !isPgBouncer,
      connectionTimeout: timeoutMs / 1_000,
      connection: { application_name: `${applicationName} ${this.#purpose}` },
    })
  }
}
