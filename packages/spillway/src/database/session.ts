/**
 * Drizzle over a client that routes. Three differences to Drizzle's own session: a selection that is prepared maps its
 * rows by a mapper made once; each query carries the place in the code where it was built; and the options of a
 * transaction go to the client, which needs them at BEGIN.
 *
 * @module
 */
import type { SQL, TransactionSQL } from 'bun'
import {
  createTableRelationsHelpers,
  DrizzleQueryError,
  extractTablesRelationalConfig,
  is,
  Param,
  Placeholder,
  type Query,
  type TablesRelationalConfig,
} from 'drizzle-orm'
import { BunSQLDatabase, BunSQLSession, type BunSQLTransaction } from 'drizzle-orm/bun-sql'
import { PgDialect, type PgPreparedQuery, type PreparedQueryConfig } from 'drizzle-orm/pg-core'
import type { BeginOptions } from './begin.ts'
import { rowMapper, type SelectedFields } from './row-mapper.ts'

/** What Drizzle sends its statements through. */
interface QueryClient {
  /** @param builtAt made where the query was built: when it is sent, its builder may have left the stack. */
  unsafe(text: string, params?: unknown[], builtAt?: Error): { values(): Promise<unknown[][]> }
  begin<Result>(work: (client: TransactionSQL) => Promise<Result>, options?: BeginOptions): Promise<Result>
}

/** Drizzle on `client`, for the tables and relations of `schema`. */
export function drizzleOn<Schema extends Record<string, unknown>>(client: SQL, schema: Schema): BunSQLDatabase<Schema> {
  const dialect = new PgDialect()
  const { tables, tableNamesMap } = extractTablesRelationalConfig(schema, createTableRelationsHelpers)
  const config = { fullSchema: schema, schema: tables as TablesRelationalConfig, tableNamesMap }
  const session = new Session(client, dialect, config)
  // Drizzle infers the type of the relations from the schema; at run time they are what was extracted above.
  const db = new BunSQLDatabase(dialect, session as never, config as never) as unknown as BunSQLDatabase<Schema>
  return withPlaces(db, session)
}

/** The client that `db`, a database or a transaction, sends its statements to. */
export function clientOf(db: { readonly _: { readonly session: unknown } }): SQL {
  // Every session that Drizzle makes here is a BunSQLSession.
  return (db._.session as { client: SQL }).client
}

type Config = TablesRelationalConfig
type Base = BunSQLSession<SQL, Record<string, unknown>, Config>
type Tx = BunSQLTransaction<Record<string, unknown>, Config>

class Session extends (BunSQLSession as new (...args: ConstructorParameters<typeof BunSQLSession>) => Base) {
  /** Where the query was built that this session is for; see `withPlaces`. */
  declare builtAt?: Error

  override prepareQuery<Prepared extends PreparedQueryConfig>(
    ...[query, fields, name, isArrayMode, customMapper, metadata, cache]: Parameters<Base['prepareQuery']>
  ): PgPreparedQuery<Prepared> {
    const prepared = super.prepareQuery<Prepared>(query, fields, name, isArrayMode, customMapper, metadata, cache)
    if (fields && !customMapper) prepared.execute = selection(this, query, fields, prepared)
    else Object.assign(prepared, { client: clientAt(this) })
    return prepared
  }

  override transaction<Result>(work: (tx: Tx) => Promise<Result>, options?: BeginOptions): Promise<Result> {
    const client = this.client as unknown as QueryClient
    const begin: QueryClient['begin'] = (attempt) => client.begin(attempt, options)
    const beginning = Object.create(this, { client: { value: { begin } } })
    return super.transaction.call(beginning, (tx) => work(inTransaction(tx as Tx))) as Promise<Result>
  }
}

function selection(session: Session, { sql: text, params }: Query, fields: SelectedFields, prepared: object) {
  let toObject: ReturnType<typeof rowMapper> | undefined
  const client = session.client as unknown as QueryClient
  const { builtAt } = session
  const fill = params.map(parameterOf)
  return async (values: Record<string, unknown> = {}) => {
    // Drizzle sets it after this session has prepared the query.
    const { joinsNotNullableMap } = prepared as { joinsNotNullableMap?: Record<string, boolean> }
    toObject ??= rowMapper(fields, joinsNotNullableMap)
    const given = fill.map((parameter) => parameter(values))
    try {
      const rows = await client.unsafe(text, given, builtAt).values()
      return rows.map(toObject)
    } catch (error) {
      throw new DrizzleQueryError(text, given, error as Error)
    }
  }
}

type Values = Record<string, unknown>

/** How one parameter is found among the values of an execution; Drizzle looks for that anew each time. */
function parameterOf(parameter: unknown): (values: Values) => unknown {
  if (is(parameter, Placeholder)) return (values) => given(values, parameter)
  if (is(parameter, Param) && is(parameter.value, Placeholder)) {
    const { encoder, value: placeholder } = parameter
    return (values) => encoder.mapToDriverValue(given(values, placeholder))
  }
  return () => parameter
}

function given(values: Values, { name }: Placeholder): unknown {
  if (name in values) return values[name]
  throw new Error(`No value for placeholder "${name}" was provided`)
}

function clientAt({ client, builtAt }: Session): Pick<QueryClient, 'unsafe'> & { source: SQL } {
  const unsafe: QueryClient['unsafe'] = (text, params) =>
    (client as unknown as QueryClient).unsafe(text, params, builtAt)
  return { source: client, unsafe }
}

/** What Drizzle's transactions have inside; its types hide it. */
interface Internals {
  session: Base
  dialect: PgDialect
  schema: ConstructorParameters<typeof BunSQLSession>[2]
  query?: Record<string, object>
}

/** Drizzle gives a transaction a session of its own kind; this gives it one of ours, and those nested in it. */
function inTransaction(tx: Tx): Tx {
  const { session, dialect, schema } = tx as unknown as Internals
  const nest = tx.transaction.bind(tx)
  tx.transaction = (work) => nest((inner) => work(inTransaction(inner)))
  return withPlaces(tx, new Session(session.client, dialect, schema))
}

/**
 * Gives each query that is built on `db` a session that knows the place. Once the query is awaited it is too late:
 * `await` calls `then` when the function that awaits has left the stack.
 */
function withPlaces<Db extends object>(db: Db, session: Session): Db {
  const property = {
    get: () => {
      const here: Session = Object.create(session)
      here.builtAt = new Error()
      return here
    },
  }
  Object.defineProperty(db, 'session', property)
  for (const table of Object.values((db as Internals).query ?? {})) Object.defineProperty(table, 'session', property)
  return db
}
