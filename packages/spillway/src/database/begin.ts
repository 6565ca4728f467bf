/**
 * One attempt at a transaction on one connection. Whatever happens, it ends, and the connection can be given back.
 *
 * @module
 */
import type { ReservedSQL, SQL, TransactionSQL } from 'bun'
import type { PgTransactionConfig } from 'drizzle-orm/pg-core'
import { ConnectionLostError, isConnectionError, isPauseTimeout } from './errors.ts'
import { TransactionAbortedError, TransactionTimeoutError, UnknownOutcomeError } from './transaction-errors.ts'

/** Drizzle's options of a transaction, and when to give up. */
export interface BeginOptions extends PgTransactionConfig {
  /** Aborting it cancels the statement under way and rolls back; once COMMIT was sent it does nothing. */
  signal?: AbortSignal | undefined
}

type Work<Result> = (client: TransactionSQL) => Promise<Result>

/** How long a rollback may take, after an abort, before the connection is closed instead: the server hangs. */
const rollbackTimeoutMs = 1_000

/**
 * Runs `work` inside BEGIN … COMMIT; an error rolls back. When the connection breaks while `work` does something else,
 * Bun ends the transaction at once, and it refuses statements that come after the end.
 *
 * @throws {ConnectionLostError} when the connection broke before COMMIT was sent.
 * @throws {UnknownOutcomeError} when the connection broke during COMMIT.
 * @throws {TransactionAbortedError} when `work` went on after a statement had failed.
 * @throws {TransactionTimeoutError} when `work` paused longer than the server allows.
 */
export async function begin<Result>(
  connection: ReservedSQL,
  work: Work<Result>,
  { signal, ...config }: BeginOptions = {},
): Promise<Result> {
  signal?.throwIfAborted()
  let hasBegun = false
  let isCommitting = false
  let result: Result | undefined
  const attempt = async (client: TransactionSQL) => {
    hasBegun = true
    // Not returned to Bun, which would await every element of an array.
    result = await (signal ? untilAborted(connection, client, work, signal) : work(client))
    isCommitting = true
  }
  try {
    const mode = modeOf(config)
    await (mode ? connection.begin(mode, attempt) : connection.begin(attempt))
    return result as Result
  } catch (error) {
    if (isCommitting) throw commitFailure(error)
    if (signal?.aborted) throw signal.reason
    if (isPauseTimeout(error)) throw new TransactionTimeoutError('The transaction paused for too long.', error)
    throw hasBegun && isConnectionError(error) ? new ConnectionLostError(error) : error
  }
}

/** Rejects as soon as `signal` aborts, so that Bun rolls back. */
async function untilAborted<Result>(
  connection: ReservedSQL,
  client: TransactionSQL,
  work: Work<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const sent = recordQueries(client, signal)
  const aborted = Promise.withResolvers<never>()
  const abort = () => {
    for (const query of sent) if (query.active) query.cancel()
    closeUnlessReleased(connection)
    aborted.reject(signal.reason)
  }
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work(client), aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** `close` of a connection that was given back does nothing. */
function closeUnlessReleased(connection: ReservedSQL): void {
  setTimeout(() => void connection.close(), rollbackTimeoutMs).unref()
}

/** The queries of `client` and of its savepoints that may be running. After the abort there are no new ones. */
function recordQueries(client: TransactionSQL, signal: AbortSignal): Set<SQL.Query<unknown>> {
  const sent = new Set<SQL.Query<unknown>>()
  const record = (one: TransactionSQL) => {
    const unsafe = one.unsafe.bind(one)
    const savepoint = one.savepoint.bind(one)
    one.unsafe = (text, params) => {
      signal.throwIfAborted()
      const query = unsafe(text, params)
      // Drizzle sends a query as soon as it has made it, so what isn't active any more has been answered.
      for (const earlier of sent) if (!earlier.active) sent.delete(earlier)
      sent.add(query)
      return query
    }
    one.savepoint = ((nested: (inner: TransactionSQL) => Promise<unknown>) =>
      savepoint((inner) => nested(record(inner)))) as TransactionSQL['savepoint']
    return one
  }
  record(client)
  return sent
}

/** What follows BEGIN, as in `isolation level serializable, read only`. */
function modeOf({ isolationLevel, accessMode, deferrable }: PgTransactionConfig): string {
  const parts = [
    isolationLevel && `isolation level ${isolationLevel}`,
    accessMode,
    deferrable !== undefined && (deferrable ? 'deferrable' : 'not deferrable'),
  ]
  return parts.filter(Boolean).join(', ')
}

function commitFailure(error: unknown): unknown {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_POSTGRES_COMMIT_ROLLED_BACK')
    return new TransactionAbortedError(error)
  return isConnectionError(error) ? new UnknownOutcomeError(error) : error
}
