/**
 * A named database of an application: a Drizzle client whose reads go to replicas and whose writes to the primary.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import type { SQL, TransactionSQL } from 'bun'
import type { BunSQLDatabase } from 'drizzle-orm/bun-sql'
import { type Floors, type Logger, noFloors, SpillwayError } from '../foundation/index.ts'
import type { BeginOptions } from './begin.ts'
import { ChangeLog, type Watched } from './changes/index.ts'
import { type CursorQuery, openOwnCursor } from './cursor.ts'
import { formatPosition, lsnZero } from './lsn.ts'
import { Outbox } from './outbox/index.ts'
import { QueryRecorder, type QueryRecorderSettings } from './query-recorder.ts'
import { deferredQuery, recordedTransaction } from './recorded-client.ts'
import type { Statement } from './recorded-query.ts'
import { Router, type RouterOptions, type Target } from './router.ts'
import { drizzleOn } from './session.ts'
import type { Explain } from './slow-queries.ts'
import type { TransactionRetry } from './start-over.ts'
import { statementKinds } from './statement.ts'
import { type Surroundings, type Transaction, type TransactionOptions, transaction } from './transaction.ts'

type Schema = Record<string, unknown>

/** A server that hangs is taken out by its monitor; whoever asks for the status doesn't wait for that. */
const checkMaxMs = 1_000

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
  /** Of a further database, such as `analytics`, which ANALYTICS_DATABASE_URL may put elsewhere. Default `default`. */
  name?: string
  /** The Drizzle schema, as a module. */
  schema: S
  /** Folder of the SQL migrations, as drizzle-kit writes them. */
  migrations: URL | string
  /** Tables or schemas whose reads always go to a replica, also inside transactions. */
  replicaOnly?: string[]
  /** Tables whose changes are told, whichever client makes them: see `watch`. */
  watched?: Watched[]
}

/** A database as `defineDatabase` returns it. `db` can be imported anywhere and works from `start` to `stop`. */
export interface Database<S extends Schema = Schema> {
  readonly name: string
  readonly migrations: string
  readonly db: RoutedDatabase<S>
  /** What any client changes in the watched tables. */
  readonly changes: ChangeLog
  /** What its transactions have enqueued, on its way. */
  readonly outbox: Outbox
  /** `options.name` is for databases that share a primary, and so its log: under one name they share the tokens. */
  start(
    options: Omit<RouterOptions, 'name' | 'onWriteFound'> &
      Partial<Pick<RouterOptions, 'name'>> & { settings: QueryRecorderSettings },
  ): void
  stop(): Promise<void>
  /** The servers with their health and pool figures; the primary first. */
  status(): ServerStatus[]
  /**
   * How far a reader must be to see what the current context has written, was given or has heard of: for `readAtLeast`,
   * in any process. Empty when that is nothing.
   *
   * @throws {DatabaseUnavailableError} when it has written, and the primary can't be asked where that is.
   */
  seen(): Promise<Floors>
  /** How often a transaction was started over since the start. */
  readonly retries: number
  /** The same after asking each server, which takes a second at most. */
  check(): Promise<ServerStatus[]>
}

export interface ServerStatus {
  name: string
  role: 'primary' | 'replica'
  healthy: boolean
  /** Reads that are free to choose go here now. The primary does while no replica can: a reason to be alarmed. */
  servesReads: boolean
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
  const { name = 'default', schema, replicaOnly = [], watched = [] } = definition
  const migrations = definition.migrations instanceof URL ? fileURLToPath(definition.migrations) : definition.migrations
  const kindOf = statementKinds(replicaOnly)
  const changes = new ChangeLog(name, watched)
  let running: { router: Router; recorder: QueryRecorder; logger: Logger } | undefined
  let retries = 0

  const started = () => {
    if (running) return running
    throw new SpillwayError('DATABASE_NOT_STARTED', `The database "${name}" was used before it was started.`, {
      hint: 'Run queries in handlers and tasks, or start the app first (in tests: testApp or testDatabase).',
    })
  }

  const outbox = new Outbox(name, (text, params) => started().router.run(text, params, 'read', 'primary', false))

  const onRetry = ({ attempt, delayMs, error }: TransactionRetry) => {
    retries++
    const figures = { database: name, attempt, delay_ms: Math.round(delayMs), err: error }
    running?.logger.debug(figures, 'transaction started over')
  }

  const statement = (text: string, params: unknown[], builtAt?: Error): Statement => ({
    ...{ text, params, builtAt },
    kind: kindOf(text),
  })

  /** Drizzle uses two methods of its client; these route each statement by its text. */
  const client = (target: Target) => {
    const routing = {
      unsafe: (text: string, params: unknown[] = [], builtAt?: Error) =>
        deferredQuery((asArrays) => {
          const { router, recorder } = started()
          const sent = statement(text, params, builtAt)
          return recorder.run(sent, (query) => router.run(text, params, sent.kind, target, asArrays, query))
        }),
      openCursor: (query: CursorQuery) => {
        const { router, recorder } = started()
        const sent = statement(query.text, query.params)
        return recorder.run(sent, (recorded) =>
          router.openOn(sent.kind, target, (connection, node) => {
            recorded.server = node.name
            return openOwnCursor(connection, node, query)
          }),
        )
      },
      begin: async <Result>(work: (transaction: TransactionSQL) => Promise<Result>, options?: BeginOptions) => {
        const { router, recorder } = started()
        const recorded = (client: TransactionSQL) => work(recordedTransaction(client, recorder, statement))
        try {
          return await router.transaction(recorded, options)
        } finally {
          recorder.transactionEnded()
        }
      },
    }
    return drizzleOn(routing as unknown as SQL, schema)
  }

  return {
    name,
    migrations,
    changes,
    outbox,
    db: routed(client('auto'), client('primary'), client('replica'), { outbox, onRetry }),
    start({ settings, logger, ...servers }) {
      if (running) {
        throw new SpillwayError('DATABASE_STARTED', `The database "${name}" is started already.`, {
          hint: 'Stop it first; one process has one of each name.',
        })
      }
      const router = new Router({ name, settings, logger, onWriteFound: kindOf.learnWrite, ...servers })
      const recorder = new QueryRecorder({ name, settings, logger, explain: explainOn(router) })
      running = { router, recorder, logger }
      retries = 0
      const background = {
        url: () => router.primary.url,
        applicationName: servers.applicationName,
        isPgBouncer: settings.DATABASE_PGBOUNCER,
        logger,
        name: router.name,
      }
      outbox.start(background)
      changes.start({
        ...background,
        onHeard: (lsn) => router.heard(lsn),
        takeReadBehind: () => router.takeReadBehind(),
      })
    },
    async stop() {
      await Promise.all([changes.stop(), outbox.stop()])
      const stopping = running
      running = undefined
      await stopping?.router.close()
    },
    get retries() {
      return retries
    },
    status: () => statusOf(started().router),
    async seen() {
      const router = running?.router
      const lsn = (await router?.seen()) ?? lsnZero
      return router && lsn !== lsnZero ? { [router.name]: formatPosition(lsn) } : noFloors
    },
    async check() {
      await Promise.race([started().router.refresh(), Bun.sleep(checkMaxMs)])
      return statusOf(started().router)
    },
  }
}

/** `transaction` replaces Drizzle's, which it calls. */
function routed<S extends Schema>(
  auto: BunSQLDatabase<S>,
  primary: BunSQLDatabase<S>,
  replica: BunSQLDatabase<S>,
  surroundings: Surroundings,
): RoutedDatabase<S> {
  const run: RoutedDatabase<S>['transaction'] = (work, options) => transaction(primary, work, options, surroundings)
  return Object.assign(auto, { primary, replica, transaction: run }) as unknown as RoutedDatabase<S>
}

/** Asks for a plan where the statement ran: servers differ in what they have in memory, and in their statistics. */
function explainOn(router: Router): Explain {
  return async (server, text, params) => {
    const node = router.nodes.find(({ name }) => name === server) ?? router.primary
    const rows = (await node.run(`explain ${text}`, params, true)) as [string][]
    return rows.map(([line]) => line).join('\n')
  }
}

function statusOf({ nodes, readers }: Router): ServerStatus[] {
  return nodes.map((node) => {
    const { name, role, healthy, lag, statements } = node
    return { name, role, healthy, servesReads: readers.includes(node), lag, statements, pool: node.gauges() }
  })
}
