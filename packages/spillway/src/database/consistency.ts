/**
 * Read your writes: what a request, task or script has written, as a position in the primary's log. A replica may
 * answer its reads once it has replayed that position.
 *
 * @module
 */
import { contextValue, currentContext } from '../foundation/index.ts'
import { formatLsn, type Lsn, lsnUnknowable, lsnZero, parseLsn } from './lsn.ts'

export class ConsistencyToken {
  /** Something was committed under this token itself. */
  hasWritten = false
  #lsn: Lsn = lsnZero
  #lookUps = 0
  #lastLookUp: Promise<void> | undefined

  /** The position of the last write that is known; `settled` waits for those being looked up. */
  get lsn(): Lsn {
    return this.#lsn
  }

  /** A write is known of, but not its position: the primary could not be asked. */
  get isUnknown(): boolean {
    return this.#lsn === lsnUnknowable
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
    this.hasWritten = true
    this.#lookUps++
    this.#lastLookUp = this.#lookUp(position, this.#lastLookUp)
  }

  async settled(): Promise<Lsn> {
    await this.#lastLookUp
    return this.#lsn
  }

  /**
   * The primary can be asked again. Without this, a session that wrote as the primary went away would be kept from the
   * replicas for good: its token travels on.
   */
  async lookUpAgain(position: Promise<Lsn>): Promise<void> {
    const lsn = await position.catch(() => lsnUnknowable)
    if (!this.isUnknown || lsn === lsnUnknowable) return
    this.#lsn = lsn
    this.hasWritten = true
  }

  async #lookUp(position: Promise<Lsn>, before: Promise<void> | undefined): Promise<void> {
    this.raise(await position.catch(() => lsnUnknowable))
    await before
    this.#lookUps--
  }
}

/** The tokens of one context, or of the process outside of any: one a database, for each has a log of its own. */
type Tokens = Map<string, ConsistencyToken>

const contextTokens = contextValue((): Tokens => new Map())
const processTokens: Tokens = new Map()

/** The token that reads and writes on `database` belong to here. Scripts, outside of any request, share one. */
export function consistencyToken(database: string): ConsistencyToken {
  const tokens = contextTokens() ?? processTokens
  const known = tokens.get(database)
  if (known) return known
  const token = new ConsistencyToken()
  tokens.set(database, token)
  return token
}

/** What scripts have written to a database that is stopped: the next one of that name may have another log. */
export function forgetProcessToken(database: string): void {
  processTokens.delete(database)
}

/** The same, or undefined when nothing was written or taken over: most requests only read, and need none. */
export function existingToken(database: string): ConsistencyToken | undefined {
  return (currentContext() ? contextTokens.peek() : processTokens)?.get(database)
}

/**
 * What this context has read or been given and written, to be handed to its successor: the session's next request, a
 * task. Undefined when it has written nothing, so that there is nothing new to tell.
 */
export function writtenPositions(): Promise<string> | undefined {
  const tokens = contextTokens.peek()
  if (!tokens || ![...tokens.values()].some(({ hasWritten }) => hasWritten)) return undefined
  return positionsOf(tokens)
}

async function positionsOf(tokens: Tokens): Promise<string> {
  const positions = [...tokens].map(async ([database, token]) => `${database}=${formatLsn(await token.settled())}`)
  return (await Promise.all(positions)).join(',')
}

/** Takes over what `writtenPositions` told in an earlier context. The text must come from us: check it before. */
export function followPositions(text: string): void {
  for (const part of text.split(',')) {
    const [database, lsn] = part.split('=')
    if (database && lsn) consistencyToken(database).raise(parseLsn(lsn))
  }
}
