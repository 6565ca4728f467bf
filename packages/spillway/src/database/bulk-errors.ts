/** What can go wrong in a bulk write. @module */
import { SQL } from 'bun'
import { messageOf, SpillwayError } from '../foundation/index.ts'

/** One of the rows can't be written as it is; nothing of its batch was. */
export class BulkRowError extends SpillwayError {
  constructor(
    /** Which row of those given, from 0. */
    readonly row: number,
    problem: string,
    cause?: unknown,
  ) {
    super('BULK_ROW_INVALID', `Row ${row}: ${problem}`, {
      cause,
      hint: 'Rows are counted from 0. Correct it, or leave it out.',
    })
  }
}

/** The server has refused a batch, and doesn't say which of its rows is to blame. */
export class BulkWriteError extends SpillwayError {
  constructor(
    /** The first row of those given that was in the batch, from 0. */
    readonly firstRow: number,
    /** The last one. */
    readonly lastRow: number,
    cause: unknown,
  ) {
    super('BULK_WRITE_FAILED', `One of the rows ${firstRow} to ${lastRow}: ${reasonOf(cause)}`, {
      cause,
      hint: 'Rows are counted from 0. A smaller `batch` narrows it down.',
    })
  }
}

/** SQLSTATE classes of data, constraints and names: they say something of the rows, others of the server. */
const rowFailures = /^(21|22|23|42|44|P0)/

/**
 * Names the row in what the server said of a statement.
 *
 * @param rows which of the rows given the statement had, in its order.
 */
export function namingRow(error: unknown, rows: readonly number[]): unknown {
  if (!(error instanceof SQL.PostgresError) || !rowFailures.test(error.errno ?? '')) return error
  // COPY tells the line.
  const line = /^COPY .*, line (\d+)/m.exec(error.where ?? '')?.[1]
  const row = rows.length === 1 ? rows[0] : line === undefined ? undefined : rows[Number(line) - 1]
  if (row !== undefined) return new BulkRowError(row, reasonOf(error), error)
  return new BulkWriteError(rows[0]!, rows.at(-1)!, error)
}

function reasonOf(error: unknown): string {
  const detail = error instanceof SQL.PostgresError ? error.detail : undefined
  return detail === undefined ? messageOf(error) : `${messageOf(error)} (${detail})`
}
