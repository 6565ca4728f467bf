/** Writes messages: by one statement, in the transaction that they belong to. @module */
import { randomUUIDv7, type SQL } from 'bun'
import { SpillwayError } from '../../foundation/index.ts'
import { quoteItem } from '../bulk-column.ts'
import { isMissingTable } from '../errors.ts'
import type { Enqueued, OutgoingMessage } from './outgoing.ts'

const insertOne = `insert into spillway_outbox.messages (database, id, destination, body)
  values ($1, $2::uuid, $3, $4::text::json)`

/** The same text whatever the number, so that it is prepared once. */
const insertMany = `insert into spillway_outbox.messages (database, id, destination, body)
  select $1, given.id, given.destination, given.body
  from unnest($2::uuid[], $3::text[], $4::json[]) as given (id, destination, body)`

/** @throws {OutboxMissingError} when the database was not migrated. */
export async function insertMessages(
  client: SQL,
  database: string,
  messages: readonly OutgoingMessage[],
): Promise<Enqueued[]> {
  if (messages.length === 0) return []
  const ids = messages.map(() => randomUUIDv7())
  const destinations = messages.map(({ destination }) => destination)
  const bodies = messages.map(({ body }) => JSON.stringify(body))
  try {
    if (messages.length === 1) await client.unsafe(insertOne, [database, ids[0], destinations[0], bodies[0]])
    else await client.unsafe(insertMany, [database, ...[ids, destinations, bodies].map(arrayLiteral)])
  } catch (error) {
    throw isMissingTable(error) ? new OutboxMissingError(database, error) : error
  }
  return ids.map((id) => ({ id }))
}

function arrayLiteral(texts: readonly string[]): string {
  return `{${texts.map(quoteItem).join(',')}}`
}

export class OutboxMissingError extends SpillwayError {
  constructor(database: string, cause: unknown) {
    super('OUTBOX_MISSING', `The database "${database}" has no outbox.`, {
      hint: 'Run `spillway migrate`, which makes it.',
      cause,
    })
  }
}
