/**
 * A named database of an application: a Drizzle client whose reads go to replicas and whose writes to the primary.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import type { SQL, TransactionSQL } from 'bun'
import type { BunSQLDatabase } from 'drizzle-orm/bun-sql'
import { SpillwayError } from '../foundation/index.ts'
import type { DatabaseNode } from './node.ts'
import { Router, type RouterOptions, type Target } from './router.ts'
import { drizzleOn } from './session.ts'
import { statementKinds } from './statement.ts'
import { type Transaction, type TransactionOptions, transaction } from './transaction.ts'

type Schema = Record<string, unknown>

/** Drizzle, with the explicit choice of a server beside the routing one. */
export type RoutedDatabase<S extends Schema> = Omit<BunSQLDatabase<S>, 'transaction'> & {
  /** On the primary, started over after deadlocks and serialization failures; see `transaction.ts`. */
  transaction<Result>(work: (tx: Transaction<S>) => Promise<Result>, options?: TransactionOptions): Promise<Result>
  /** Every statement on the primary. */
  readonly primary: BunSQLDatabase<S>
  /** Every statement on a replica; a write there is an error of the server. */
  readonly replica: BunSQLDatabase<S>
}

export interface DatabaseDefinition<S extends Schema> {
  /** `default`, or the name of a further database. */
  name?: string
  /** The Drizzle schema, as a module. */
  schema: S
  /** Folder of the SQL migrations, as drizzle-kit writes them. */
  migrations: URL | string
  /** Tables or schemas whose reads always go to a replica, also inside transactions. */
  replicaOnly?: string[]
}

/** A database as `defineDatabase` returns it. `db` can be imported anywhere and works from `start` to `stop`. */
export interface Database<S extends Schema = Schema> {
  readonly name: string
  readonly migrations: string
  readonly db: RoutedDatabase<S>
  start(options: Omit<RouterOptions, 'name'>): void
  stop(): Promise<void>
  /** The servers with their health and pool figures; the primary first. */
  status(): ServerStatus[]
  /** The same after asking each server, which takes a second at most. */
  check(): Promise<ServerStatus[]>
}

export interface ServerStatus {
  name: string
  role: 'primary' | 'replica'
  healthy: boolean
  /** How far a replica is behind the primary. */
  lag: { bytes: number; ms: number }
  /** Statements sent since the start. */
  statements: number
  pool: { used: number; idle: number; waiting: number; max: number }
}

/**
 * Declares a database. Nothing connects before `start`, so modules can prepare their statements as they load.
 *
 * @example
 * export const database = defineDatabase({ schema, migrations: new URL('../migrations', import.meta.url) })
 * export const { db } = database
 * const productById = db.select().from(products).where(eq(products.id, sql.placeholder('id'))).prepare('product_by_id')
 */
export function defineDatabase<S extends Schema>(definition: DatabaseDefinition<S>): Database<S> {
  const { name = 'default', schema, replicaOnly = [] } = definition
  const migrations = definition.migrations instanceof URL ? fileURLToPath(definition.migrations) : definition.migrations
  const kindOf = statementKinds(replicaOnly)
  let router: Router | undefined

  const started = (): Router => {
    if (router) return router
    throw new SpillwayError('DATABASE_NOT_STARTED', `The database "${name}" was used before it was started.`, {
      hint: 'Run queries in handlers and tasks, or start the app first (in tests: testApp or testDatabase).',
    })
  }

  /** Drizzle uses two methods of its client; these route each statement by its text. */
  const client = (target: Target) => {
    const routing = {
      unsafe: (text: string, params: unknown[] = []) =>
        deferredQuery((asArrays) => started().run(text, params, kindOf(text), target, asArrays)),
      begin: <Result>(work: (transaction: TransactionSQL) => Promise<Result>) => started().transaction(work),
    }
    return drizzleOn(routing as unknown as SQL, schema)
  }

  return {
    name,
    migrations,
    db: routed(client('auto'), client('primary'), client('replica')),
    start(options) {
      router = new Router({ name, ...options })
    },
    async stop() {
      const stopping = router
      router = undefined
      await stopping?.close()
    },
    status: () => started().nodes.map(statusOf),
    async check() {
      await started().refresh()
      return started().nodes.map(statusOf)
    },
  }
}

/** `transaction` replaces Drizzle's, which it calls. */
function routed<S extends Schema>(
  auto: BunSQLDatabase<S>,
  primary: BunSQLDatabase<S>,
  replica: BunSQLDatabase<S>,
): RoutedDatabase<S> {
  const run: RoutedDatabase<S>['transaction'] = (work, options) => transaction(primary, work, options)
  return Object.assign(auto, { primary, replica, transaction: run }) as unknown as RoutedDatabase<S>
}

function statusOf(node: DatabaseNode): ServerStatus {
  const { name, role, healthy, lag, statements } = node
  return { name, role, healthy, lag, statements, pool: node.gauges() }
}

/** What Bun's `unsafe` returns, as far as Drizzle uses it: `await query` gives objects, `query.values()` arrays. */
function deferredQuery(run: (asArrays: boolean) => Promise<unknown[]>) {
  return {
    values: () => run(true),
    // biome-ignore lint/suspicious/noThenProperty: Bun's queries are thenables that start when they are awaited.
    then: (onRows: (rows: unknown[]) => unknown, onError: (error: unknown) => unknown) =>
      run(false).then(onRows, onError),
  }
}
