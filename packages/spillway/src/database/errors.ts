/** What can go wrong between a query and its answer. @module */
import { SQL } from 'bun'
import { messageOf, SpillwayError, UnavailableError } from '../foundation/index.ts'

/** No server could take the query; the request may be tried again. Over HTTP: 503. */
export class DatabaseUnavailableError extends UnavailableError {
  constructor(message: string, cause?: unknown) {
    super('DATABASE_UNAVAILABLE', message, { cause, hint: 'It is tried again by itself; `/readyz` shows each server.' })
  }
}

/** The server can't be reached with this URL, whose password stays out of the message. */
export class DatabaseUnreachableError extends SpillwayError {
  /** @param setting where the URL comes from. */
  constructor(url: string, cause: unknown, setting = 'DATABASE_URL') {
    const { hostname, port, pathname, username } = new URL(url)
    const place = `${hostname}:${port || 5432}${pathname}`
    super('DATABASE_UNREACHABLE', `No connection to ${place} as "${username}": ${messageOf(cause)}`, {
      hint: `Check ${setting}: host, port, user, password and database name; and that the server runs.`,
      cause,
    })
  }
}

/** The connection broke before COMMIT was sent: nothing was kept, and the transaction may be begun again. */
export class ConnectionLostError extends DatabaseUnavailableError {
  constructor(cause: unknown) {
    super('The connection was lost inside a transaction. Nothing of it was kept.', cause)
  }
}

/** The server was taken out while its answer was waited for: it hangs, or its connections broke. */
export class ServerAwayError extends UnavailableError {
  constructor(server: string) {
    super('DATABASE_SERVER_AWAY', `The ${server} does not answer.`)
  }
}

/** A question to a server was not answered in time. */
export class NoAnswerError extends UnavailableError {
  constructor(timeoutMs: number) {
    super('DATABASE_NO_ANSWER', `There was no answer within ${timeoutMs} ms.`)
  }
}

/** What should be the primary is a standby, or read-only by default. */
export class ReadOnlyServerError extends UnavailableError {
  constructor(server: string) {
    super(
      'DATABASE_READ_ONLY',
      `The ${server} takes no writes: it is a standby, or default_transaction_read_only is on.`,
    )
  }
}

/** A standby that follows a former primary. */
export class TimelineError extends UnavailableError {
  constructor(timeline: number, primaryTimeline: number) {
    super('DATABASE_OTHER_TIMELINE', `It is on timeline ${timeline}, the primary on ${primaryTimeline}.`)
  }
}

/** Every connection was busy for the whole acquire timeout. Over HTTP: 503. */
export class PoolTimeoutError extends UnavailableError {
  constructor(node: string, timeoutMs: number, max: number) {
    super(
      'DATABASE_POOL_TIMEOUT',
      `No connection to the ${node} was free within ${timeoutMs} ms (${max} in the pool).`,
      {
        hint: 'Look for long transactions and slow queries first, then raise DATABASE_POOL_MAX.',
      },
    )
  }
}

/** A server went away, or gave up, after it had given some of the rows. Another one can't go on from there. */
export class StreamInterruptedError extends UnavailableError {
  constructor(
    server: string,
    /** How many rows it had given. */
    readonly rows: number,
    cause: unknown,
  ) {
    super('STREAM_INTERRUPTED', `The ${server} ended the stream after ${rows} rows: ${messageOf(cause)}`, {
      cause,
      hint: 'Start it over, from the last key if it is ordered by one. Long ones can be read from `db.primary`.',
    })
  }
}

/** SQLSTATEs with which a server says that it is going away, coming up, refuses or ends connections. */
const awayStates = new Set([
  ...['57P01', '57P02', '57P03', '57P05', '53300'],
  ...['25P03', '08000', '08001', '08003', '08004', '08006'],
])

/** PgBouncer's for all of these. As an error that isn't fatal it is PostgreSQL's for a wrong number of parameters. */
const pgBouncerState = '08P01'

/** True when the connection or its server failed rather than the statement. */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof ServerAwayError || error instanceof NoAnswerError) return true
  // Somebody has said already what it means.
  if (error instanceof SpillwayError) return false
  const failure = postgresErrorIn(error)
  return (
    failure !== undefined &&
    (failure.code.startsWith('ERR_POSTGRES_CONNECTION') ||
      awayStates.has(String(failure.errno)) ||
      (failure.errno === pgBouncerState && failure.severity === 'FATAL'))
  )
}

/** True when a standby gave up a read because replay needed its rows (SQLSTATE 40001 on a hot standby). */
export function isRecoveryConflict(error: unknown): boolean {
  const failure = postgresErrorIn(error)
  return failure?.errno === '40001' && failure.message.includes('conflict with recovery')
}

/** True when the server takes no writes: it is a standby, or read-only by default. So is a `read only` transaction. */
export function isReadOnlyError(error: unknown): boolean {
  return postgresErrorIn(error)?.errno === '25006'
}

/** True when the server is full rather than away: it answers those who are connected. */
export function isFull(error: unknown): boolean {
  return postgresErrorIn(error)?.errno === '53300'
}

/** True when the server ended a transaction in which nothing was asked for too long. */
export function isPauseTimeout(error: unknown): boolean {
  return postgresErrorIn(error)?.errno === '25P03'
}

/** What PostgreSQL calls it when a statement was prepared before a migration changed the types of its columns. */
const outdatedPlan = 'RevalidateCachedQuery'

/**
 * True for deadlocks, serialization failures and outdated plans: everything was rolled back, and trying again may well
 * succeed.
 */
export function isConflict(error: unknown): boolean {
  const { errno, routine } = postgresErrorIn(error) ?? {}
  return errno === '40001' || errno === '40P01' || routine === outdatedPlan
}

/** True when the statement named a table that isn't there. */
export function isMissingTable(error: unknown): boolean {
  return postgresErrorIn(error)?.errno === '42P01'
}

/** True when a text had a character that PostgreSQL can't hold: U+0000. It came from whoever entered the text. */
export function isTextRefused(error: unknown): boolean {
  return postgresErrorIn(error)?.errno === '22021'
}

/** Inside a transaction Drizzle has wrapped what the server said. */
function postgresErrorIn(error: unknown): SQL.PostgresError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof SQL.PostgresError) return cause
  return undefined
}
