/** Makes the table of the outbox. Run under the migrations' lock. @module */
import type { ReservedSQL } from 'bun'
import { messageOf, SpillwayError } from '../../foundation/index.ts'
import { outboxTable } from './tables.ts'

/** @throws {SpillwayError} `OUTBOX_FAILED`. */
export async function installOutbox(connection: ReservedSQL): Promise<void> {
  const [found] = await connection`
    select to_regnamespace('spillway_outbox') is not null as schema,
      to_regclass('spillway_outbox.messages') is not null as table`
  try {
    // Who may not create schemas may be given this one, where `if not exists` would ask for the right first.
    if (!found.schema) await connection`create schema spillway_outbox`
    if (!found.table) await connection.unsafe(outboxTable)
  } catch (cause) {
    throw new SpillwayError('OUTBOX_FAILED', `The outbox can't be installed: ${messageOf(cause)}`, {
      hint: 'The role that migrates may create schemas (grant create on database …), or owns the schema spillway_outbox.',
      cause,
    })
  }
}
