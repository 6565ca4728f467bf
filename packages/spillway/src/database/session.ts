/**
 * Drizzle over a client that routes. The one difference to Drizzle's own session: a selection that is prepared maps its
 * rows by a mapper made once.
 *
 * @module
 */
import type { SQL } from 'bun'
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
import { BunSQLDatabase, BunSQLSession } from 'drizzle-orm/bun-sql'
import { PgDialect } from 'drizzle-orm/pg-core'
import { rowMapper, type SelectedFields } from './row-mapper.ts'

/** Drizzle on `client`, for the tables and relations of `schema`. */
export function drizzleOn<Schema extends Record<string, unknown>>(client: SQL, schema: Schema): BunSQLDatabase<Schema> {
  const dialect = new PgDialect()
  const { tables, tableNamesMap } = extractTablesRelationalConfig(schema, createTableRelationsHelpers)
  const config = { fullSchema: schema, schema: tables as TablesRelationalConfig, tableNamesMap }
  const session = new Session(client, dialect, config)
  // Drizzle infers the type of the relations from the schema; at run time they are what was extracted above.
  return new BunSQLDatabase(dialect, session as never, config as never) as unknown as BunSQLDatabase<Schema>
}

type Base = BunSQLSession<SQL, Record<string, unknown>, TablesRelationalConfig>

class Session extends (BunSQLSession as new (...args: ConstructorParameters<typeof BunSQLSession>) => Base) {
  override prepareQuery: Base['prepareQuery'] = (query, fields, name, isArrayMode, customMapper, metadata, cache) => {
    const prepared = super.prepareQuery(query, fields, name, isArrayMode, customMapper, metadata, cache)
    if (fields && !customMapper) prepared.execute = this.#selection(query, fields, prepared)
    return prepared
  }

  #selection({ sql: text, params }: Query, fields: SelectedFields, prepared: object) {
    let toObject: ReturnType<typeof rowMapper> | undefined
    const fill = params.map(parameterOf)
    return async (values: Record<string, unknown> = {}) => {
      // Drizzle sets it after this session has prepared the query.
      const { joinsNotNullableMap } = prepared as { joinsNotNullableMap?: Record<string, boolean> }
      toObject ??= rowMapper(fields, joinsNotNullableMap)
      const given = fill.map((parameter) => parameter(values))
      try {
        const rows: unknown[][] = await this.client.unsafe(text, given).values()
        return rows.map(toObject)
      } catch (error) {
        throw new DrizzleQueryError(text, given, error as Error)
      }
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
