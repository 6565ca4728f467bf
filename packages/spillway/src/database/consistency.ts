/**
 * Read your writes: what a request, task or script has written, as a position in the primary's log. A replica may
 * answer its reads once it has replayed that position.
 *
 * @module
 */
import { contextValue } from '../foundation/index.ts'
import { type Lsn, lsnUnknowable, lsnZero } from './lsn.ts'

export class ConsistencyToken {
  #lsn: Lsn = lsnZero
  #lookUps = 0
  #lastLookUp: Promise<void> | undefined

  /** The position of the last write that is known; `settled` waits for those being looked up. */
  get lsn(): Lsn {
    return this.#lsn
  }

  get isSettled(): boolean {
    return this.#lookUps === 0
  }

  /** Takes over a position from elsewhere: an earlier request of the same session, or whoever enqueued the task. */
  raise(lsn: Lsn): void {
    if (lsn > this.#lsn) this.#lsn = lsn
  }

  /**
   * A write has been committed; `position` is the primary's position at some time after that. Nobody waits for it but
   * the next read. When it can't be had, the primary serves this token's reads: it is never wrong.
   */
  committed(position: Promise<Lsn>): void {
    this.#lookUps++
    this.#lastLookUp = this.#lookUp(position, this.#lastLookUp)
  }

  async settled(): Promise<Lsn> {
    await this.#lastLookUp
    return this.#lsn
  }

  async #lookUp(position: Promise<Lsn>, before: Promise<void> | undefined): Promise<void> {
    this.raise(await position.catch(() => lsnUnknowable))
    await before
    this.#lookUps--
  }
}

/** The tokens of one context, or of the process outside of any: one a database, for each has a log of its own. */
class Tokens {
  readonly #tokens = new Map<string, ConsistencyToken>()

  of(database: string): ConsistencyToken {
    const known = this.#tokens.get(database)
    if (known) return known
    const token = new ConsistencyToken()
    this.#tokens.set(database, token)
    return token
  }
}

const contextTokens = contextValue(() => new Tokens())
const processTokens = new Tokens()

/** The token that reads and writes on `database` belong to here. Scripts, outside of any request, share one. */
export function consistencyToken(database: string): ConsistencyToken {
  return (contextTokens() ?? processTokens).of(database)
}
