/** Short questions to a server, as its superuser. @module */
import { SQL } from 'bun'

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

  /** Whether the server answers. */
  async answers(): Promise<boolean> {
    try {
      await this.query('select 1')
      return true
    } catch {
      // That is the answer: not yet, or not any more.
      return false
    }
  }

  async close() {
    const sql = this.#sql
    this.#sql = undefined
    await sql?.close({ timeout: 0 })
  }
}
