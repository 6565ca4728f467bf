/**
 * Transactions that are tried again when the server asks for it, and what follows a commit.
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { SQL } from 'bun'
import type { BunSQLDatabase } from 'drizzle-orm/bun-sql'
import type { PgTransactionConfig } from 'drizzle-orm/pg-core'
import type { BeginOptions } from './begin.ts'
import { type Enqueues, enqueuesInto, type Outbox } from './outbox/index.ts'
import { clientOf } from './session.ts'
import { type RetryOptions, startOver, type TransactionRetry } from './start-over.ts'
import { NestedTransactionError, OnCommitError } from './transaction-errors.ts'

type Schema = Record<string, unknown>

export interface TransactionOptions extends Omit<PgTransactionConfig, 'isolationLevel'>, RetryOptions {
  /** Default: read committed. */
  isolation?: PgTransactionConfig['isolationLevel']
}

type DrizzleTransaction<S extends Schema> = Parameters<Parameters<BunSQLDatabase<S>['transaction']>[0]>[0]

/** Drizzle's transaction, which can be told what follows once it has committed. */
export type Transaction<S extends Schema> = Omit<DrizzleTransaction<S>, 'transaction'> & Enqueues & Hooks<S>

interface Hooks<S extends Schema> {
  /** Runs after the commit, in order of registration; never when the transaction, or the nested one, is rolled back. */
  onCommit(callback: () => unknown): void
  /** A savepoint: an error rolls back to here. */
  transaction<Result>(work: (tx: Transaction<S>) => Promise<Result>): Promise<Result>
}

type Work<S extends Schema, Result> = (tx: Transaction<S>) => Promise<Result>
type Callbacks = (() => unknown)[]

/** What a database gives its transactions. */
export interface Surroundings {
  outbox: Outbox
  onRetry: (retry: TransactionRetry) => void
}

/**
 * Runs `work` in a transaction of `db`. After a deadlock or a serialization failure everything was rolled back, so it
 * starts over, a growing random while later; it also does, once, when the connection breaks before COMMIT. So `work`
 * must not do what a rollback can't undo.
 *
 * @throws {NestedTransactionError} inside of another one on the same database.
 * @throws {TransactionTimeoutError} after `timeoutMs`, or when `work` pauses longer than the server allows.
 * @throws {TransactionAbortedError} when `work` goes on after a statement has failed.
 * @throws {UnknownOutcomeError} when the connection breaks during COMMIT.
 * @throws {OnCommitError} when a callback fails after the commit.
 * @example
 * await transaction(db, async (tx) => {
 *   await tx.update(products).set({ stock: sql`stock - 1` }).where(eq(products.id, 42))
 *   tx.onCommit(() => pageCache.invalidate('product:42'))
 * })
 */
export async function transaction<S extends Schema, Result>(
  db: BunSQLDatabase<S>,
  work: Work<S, Result>,
  { retries, timeoutMs, signal, isolation, ...config }: TransactionOptions = {},
  { outbox, onRetry }: Surroundings,
): Promise<Result> {
  if (isOpenHere(db)) throw new NestedTransactionError()
  const begin = { ...config, ...(isolation && { isolationLevel: isolation }) }
  const { result, callbacks, hasMessages } = await startOver(
    (giveUp) => attempt(db, work, { ...begin, signal: giveUp }, outbox),
    { retries, timeoutMs, signal },
    onRetry,
  )
  if (hasMessages) outbox.wake()
  await runAll(callbacks)
  return result
}

/** What came of an attempt that has committed. */
interface Committed<Result> {
  result: Result
  callbacks: Callbacks
  /** Perhaps only in a part that was rolled back. */
  hasMessages: boolean
}

async function attempt<S extends Schema, Result>(
  db: BunSQLDatabase<S>,
  work: Work<S, Result>,
  options: BeginOptions,
  outbox: Outbox,
): Promise<Committed<Result>> {
  const callbacks: Callbacks = []
  let hasMessages = false
  const enqueues = (client: SQL) =>
    enqueuesInto(outbox, client, () => {
      hasMessages = true
    })
  const place: Place = { db, isOpen: true, around: places.getStore() }
  try {
    const result = await db.transaction(
      (tx) => places.run(place, () => work(extended<S>(tx, callbacks, enqueues))),
      options,
    )
    return { result, callbacks, hasMessages }
  } finally {
    place.isOpen = false
  }
}

/** Callbacks of a nested transaction join those around it when it succeeds, and are dropped with it. */
function extended<S extends Schema>(
  tx: DrizzleTransaction<S>,
  callbacks: Callbacks,
  enqueues: (client: SQL) => Enqueues,
): Transaction<S> {
  const nest = tx.transaction.bind(tx)
  const hooks: Hooks<S> = {
    onCommit: (callback) => void callbacks.push(callback),
    transaction: async (work) => {
      const own: Callbacks = []
      const result = await nest((inner) => work(extended<S>(inner, own, enqueues)))
      callbacks.push(...own)
      return result
    },
  }
  return Object.assign(tx, hooks, enqueues(clientOf(tx))) as unknown as Transaction<S>
}

async function runAll(callbacks: Callbacks): Promise<void> {
  const errors: unknown[] = []
  for (const callback of callbacks) {
    try {
      await callback()
    } catch (error) {
      // The others follow the same commit, so they get their turn.
      errors.push(error)
    }
  }
  if (errors.length > 0) throw new OnCommitError(errors)
}

/** The transaction that code runs inside of. */
interface Place {
  db: unknown
  /** What was begun inside, such as a timer, may outlive it. */
  isOpen: boolean
  /** One on another database. */
  around: Place | undefined
}

const places = new AsyncLocalStorage<Place>()

function isOpenHere(db: unknown): boolean {
  for (let place = places.getStore(); place; place = place.around) if (place.isOpen && place.db === db) return true
  return false
}
