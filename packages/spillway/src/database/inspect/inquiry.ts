/**
 * How a server is asked about itself: read-only, and never for long, also where somebody holds a lock.
 *
 * @module
 */
import { SQL, type TransactionSQL } from 'bun'
import { messageOf, SpillwayError } from '../../foundation/index.ts'

export interface InquiryOptions {
  /** Default 10,000. */
  timeoutMs?: number
}

/** Whoever asks stands in the queue of a lock no longer than this. */
const lockTimeoutMs = 1_000

/**
 * Runs `ask` in a read-only transaction with time limits of its own, so that looking at a server in trouble can't add to it.
 *
 * @throws {SpillwayError} `INSPECT_TIMEOUT`, `INSPECT_LOCKED`, `INSPECT_FORBIDDEN`; anything else as the server said it.
 */
export async function inquire<Answer>(
  sql: SQL,
  ask: (tx: TransactionSQL) => Promise<Answer>,
  { timeoutMs = 10_000 }: InquiryOptions = {},
): Promise<Answer> {
  try {
    // A const type parameter of Bun's would make the answer readonly; the answer is whatever `ask` makes.
    return (await sql.begin('read only', async (tx) => {
      await tx`select set_config('statement_timeout', ${`${timeoutMs}`}, true), set_config('lock_timeout', ${`${lockTimeoutMs}`}, true)`
      return await ask(tx)
    })) as Answer
  } catch (error) {
    throw explained(error, timeoutMs)
  }
}

/** False when the statements and figures of other users are hidden from this one. */
export async function seesAllStatistics(tx: TransactionSQL): Promise<boolean> {
  const [row] = await tx`select pg_has_role(current_user, 'pg_read_all_stats', 'usage') as sees_all`
  return row.sees_all
}

function explained(error: unknown, timeoutMs: number): unknown {
  if (!(error instanceof SQL.PostgresError)) return error
  const cause = error
  switch (error.errno) {
    case '57014':
      return new SpillwayError('INSPECT_TIMEOUT', `The server took longer than ${timeoutMs} ms to answer.`, {
        hint: 'Try again when it has less to do.',
        cause,
      })
    case '55P03':
      return new SpillwayError('INSPECT_LOCKED', 'Somebody holds a lock on a table that was asked about.', {
        hint: '`spillway db locks` shows who.',
        cause,
      })
    case '42501':
      return new SpillwayError('INSPECT_FORBIDDEN', `This user may not ask that: ${messageOf(error)}.`, {
        hint: 'Grant it what is named there, or ask as a user who has it.',
        cause,
      })
    default:
      return error
  }
}
