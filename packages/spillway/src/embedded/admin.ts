/** Short questions to a server, as its superuser. @module */
import { SQL } from 'bun'
import { messageOf, SpillwayError } from '../foundation/errors.ts'

/** `starting`: it replays its log. `silent`: nobody listens, or doesn't answer in time. */
export type Status = 'ready' | 'starting' | 'silent'

type Row = Record<string, unknown>

/**
 * One connection that is made when it is needed and thrown away after any error: the server may have been restarted.
 * A question without an answer within `timeoutMs` is an error too.
 */
export class Admin {
  readonly #url: string
  readonly #timeoutMs: number
  #sql: SQL | undefined

  constructor(url: string, timeoutMs = 5_000) {
    this.#url = url
    this.#timeoutMs = timeoutMs
  }

  async query(text: string, parameters: unknown[] = []): Promise<Row[]> {
    this.#sql ??= new SQL(this.#url, { max: 1, connectionTimeout: 5 })
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Error(`no answer within ${this.#timeoutMs} ms`)), this.#timeoutMs)
    try {
      return await Promise.race([this.#sql.unsafe(text, parameters), late])
    } catch (error) {
      await this.close()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /** Throws `EMBEDDED_PASSWORD` when it answers, but not to us. */
  async status(): Promise<Status> {
    try {
      await this.query('select 1')
      return 'ready'
    } catch (error) {
      const code = error instanceof Error && 'errno' in error ? String(error.errno) : ''
      if (code === '57P03') return 'starting'
      // All connections are taken, so it must be serving.
      if (code === '53300') return 'ready'
      if (code.startsWith('28')) throw wrongPassword(error)
      return 'silent'
    }
  }

  async close() {
    const sql = this.#sql
    this.#sql = undefined
    await sql?.close({ timeout: 0 })
  }
}

function wrongPassword(cause: unknown): SpillwayError {
  return new SpillwayError('EMBEDDED_PASSWORD', `The embedded PostgreSQL refuses us: ${messageOf(cause)}.`, {
    hint: 'The password of "spillway" was changed, or cluster.json is of another cluster. Put the right one into cluster.json.',
    cause,
  })
}
