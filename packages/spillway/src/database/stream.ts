/**
 * The rows of a query one by one, however many there are, in constant memory.
 *
 * @module
 */
import { SQL } from 'bun'
import { DrizzleQueryError, fillPlaceholders } from 'drizzle-orm'
import { SpillwayError } from '../foundation/index.ts'
import { type Cursor, type CursorQuery, openCursorIn } from './cursor.ts'
import { unrecorded } from './recorded-client.ts'
import { rowMapper, type SelectedFields } from './row-mapper.ts'

export interface StreamOptions {
  /** Rows fetched at a time. Default 1,000. */
  chunk?: number
  /** Ends the stream with the signal's reason, and what the server does for it. */
  signal?: AbortSignal
}

/** A selection or relational query of Drizzle. */
export interface StreamableQuery<Row> extends PromiseLike<Row[]> {
  prepare(name: string): unknown
}

/**
 * Reads the rows of a query through a cursor. It goes to the server that the query would go to, a replica as a rule,
 * and keeps one connection and one snapshot until the loop ends, in whatever way. A query of a transaction runs in it.
 *
 * @throws StreamInterruptedError `STREAM_INTERRUPTED` when the server goes away after the first rows
 *
 * @example
 * for await (const { id, name } of stream(db.select().from(products).orderBy(products.id))) write(`${id},${name}\n`)
 */
export async function* stream<Row>(
  query: StreamableQuery<Row>,
  { chunk = 1_000, signal }: StreamOptions = {},
): AsyncGenerator<Row, void, undefined> {
  if (!Number.isInteger(chunk) || chunk < 1)
    throw new SpillwayError('STREAM_CHUNK_INVALID', `Chunks of ${chunk} rows were asked for.`, {
      hint: 'Give a whole number of rows, such as 1000.',
    })
  signal?.throwIfAborted()
  const prepared = query.prepare('stream') as Prepared<Row>
  const cursorQuery = { text: prepared.queryString, params: fillPlaceholders(prepared.params, {}), chunk, signal }
  const toRows = mapperOf(prepared)
  const cursor = await withQuery(cursorQuery, openCursor(prepared.client.source ?? prepared.client, cursorQuery))
  try {
    for (;;) {
      const values = await withQuery(cursorQuery, cursor.fetch())
      yield* toRows(values)
      if (values.length < chunk) return
    }
  } finally {
    await cursor.close()
  }
}

/** What Drizzle has made of a query. It keeps this to itself, but that is where it is. */
interface Prepared<Row> {
  client: (SQL | RoutingClient) & { source?: SQL | RoutingClient }
  queryString: string
  params: unknown[]
  fields: SelectedFields | undefined
  joinsNotNullableMap: Record<string, boolean> | undefined
  customResultMapper: ((rows: unknown[][]) => Row[]) | undefined
}

/** The client of a database, which chooses the server; that of a transaction has one already. */
interface RoutingClient {
  openCursor(query: CursorQuery): Promise<Cursor>
}

function openCursor(client: SQL | RoutingClient, query: CursorQuery): Promise<Cursor> {
  return 'openCursor' in client ? client.openCursor(query) : openCursorIn(unrecorded(client), query)
}

function mapperOf<Row>({
  fields,
  joinsNotNullableMap,
  customResultMapper,
}: Prepared<Row>): (rows: unknown[][]) => Row[] {
  if (customResultMapper) return customResultMapper
  const toObject = rowMapper(fields!, joinsNotNullableMap)
  return (rows) => rows.map(toObject) as Row[]
}

/** Errors of the statement show it, as they do outside of streams. */
async function withQuery<Result>({ text, params }: CursorQuery, work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw error instanceof SQL.PostgresError ? new DrizzleQueryError(text, params, error) : error
  }
}
