/**
 * Transactions that are tried again when the server asks for it, and what follows a commit.
 *
 * @module
 */
import type { BunSQLDatabase } from 'drizzle-orm/bun-sql'
import type { PgTransactionConfig } from 'drizzle-orm/pg-core'
import { SpillwayError } from '../foundation/index.ts'
import { isConflict } from './errors.ts'

type Schema = Record<string, unknown>

export interface TransactionOptions extends Omit<PgTransactionConfig, 'isolationLevel'> {
  /** Default: read committed. */
  isolation?: PgTransactionConfig['isolationLevel']
  /** How often to start over after a deadlock or a serialization failure. Default 5. */
  retries?: number
}

/** Drizzle's transaction, which can be told what to do once it has committed. */
export type Transaction<S extends Schema> = Omit<
  Parameters<Parameters<BunSQLDatabase<S>['transaction']>[0]>[0],
  'transaction'
> & {
  /** Runs after the commit, in order of registration; never when the transaction, or the nested one, is rolled back. */
  onCommit(callback: () => unknown): void
  /** A savepoint: an error rolls back to here. */
  transaction<Result>(work: (tx: Transaction<S>) => Promise<Result>): Promise<Result>
}

/** The transaction has committed, but something that should follow it failed. Starting over would do it twice. */
export class OnCommitError extends SpillwayError {
  constructor(errors: unknown[]) {
    super('ON_COMMIT_FAILED', 'The transaction has committed, but a callback after it failed.', {
      cause: errors.length === 1 ? errors[0] : new AggregateError(errors),
      hint: 'What must not be lost belongs into the transaction itself.',
    })
  }
}

const firstDelayMs = 10
const delayMaxMs = 1_000

/**
 * Runs `work` in a transaction of `db`. After a deadlock or a serialization failure everything was rolled back, so it
 * starts over, a growing random while later: `work` must not do what a rollback can't undo.
 *
 * @example
 * await transaction(db, async (tx) => {
 *   await tx.update(products).set({ stock: sql`stock - 1` }).where(eq(products.id, 42))
 *   tx.onCommit(() => pageCache.invalidate('product:42'))
 * })
 */
export async function transaction<S extends Schema, Result>(
  db: BunSQLDatabase<S>,
  work: (tx: Transaction<S>) => Promise<Result>,
  { isolation, retries = 5, ...config }: TransactionOptions = {},
): Promise<Result> {
  const settings = isolation ? { ...config, isolationLevel: isolation } : config
  for (let attempt = 0; ; attempt++) {
    const callbacks: (() => unknown)[] = []
    try {
      const result = await db.transaction(
        (tx) => work(withCommitHooks<S>(tx, callbacks)),
        Object.keys(settings).length > 0 ? settings : undefined,
      )
      await runAll(callbacks)
      return result
    } catch (error) {
      if (attempt >= retries || !isConflict(error)) throw error
      await Bun.sleep(Math.random() * Math.min(delayMaxMs, firstDelayMs * 2 ** attempt))
    }
  }
}

/** Callbacks of a nested transaction join those around it when it succeeds, and are dropped with it. */
function withCommitHooks<S extends Schema>(
  tx: Parameters<Parameters<BunSQLDatabase<S>['transaction']>[0]>[0],
  callbacks: (() => unknown)[],
): Transaction<S> {
  const nest = tx.transaction.bind(tx)
  const hooks: Pick<Transaction<S>, 'onCommit' | 'transaction'> = {
    onCommit: (callback) => void callbacks.push(callback),
    transaction: async (work) => {
      const own: (() => unknown)[] = []
      const result = await nest((inner) => work(withCommitHooks<S>(inner, own)))
      callbacks.push(...own)
      return result
    },
  }
  return Object.assign(tx, hooks) as unknown as Transaction<S>
}

async function runAll(callbacks: (() => unknown)[]): Promise<void> {
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
