/**
 * What bulk inserts and updates have in common: rows are taken in batches, and one batch is made while the server
 * stores the one before.
 *
 * @module
 */
import type { SQL } from 'bun'
import { is } from 'drizzle-orm'
import { PgTransaction } from 'drizzle-orm/pg-core'
import { SpillwayError } from '../foundation/index.ts'
import { namingRow } from './bulk-errors.ts'
import type { TextRows } from './bulk-rows.ts'
import type { RoutedDatabase } from './database.ts'
import { clientOf } from './session.ts'
import type { Transaction } from './transaction.ts'

type Schema = Record<string, unknown>

/** Where a bulk write goes: a database, or a transaction that it becomes a part of. */
export type BulkTarget<S extends Schema> = RoutedDatabase<S> | Transaction<S>

export type Rows<Row> = Iterable<Row> | AsyncIterable<Row>

export interface BulkWriteOptions {
  /** Rows a statement. Default 1,000; 5,000 by COPY, which costs the server a third less a row then. */
  batch?: number
  /**
   * `once`: one transaction, all or nothing. `each batch`: what is in stays in when a later batch fails, and locks are
   * short. Default `once`. In a transaction of the caller it is that one's commit that counts.
   */
  commit?: 'once' | 'each batch'
  /** Called after each batch with the number of rows done; with `each batch` they are committed. */
  onProgress?: (done: number) => void
}

/** Rows of the table that were written, and what the statement returned of them. */
export interface Written {
  count: number
  returned: unknown[]
}

interface BulkWrite<Row> {
  /** Makes the statements of a batch; `first` is the index of its first row. */
  prepare: (batch: Row[], first: number) => TextRows[]
  /** Runs one of them. */
  write: (client: SQL, rows: TextRows) => Promise<Written>
}

/** Writes `rows` in batches and returns the sum of what that has written. */
export async function bulkWrite<S extends Schema, Row>(
  on: BulkTarget<S>,
  rows: Rows<Row>,
  { batch = 1_000, commit = 'once', onProgress = () => undefined }: BulkWriteOptions,
  write: BulkWrite<Row>,
): Promise<Written> {
  if (!Number.isInteger(batch) || batch < 1)
    throw new SpillwayError('BULK_BATCH_INVALID', `Batches of ${batch} rows were asked for.`, {
      hint: 'Give a whole number of rows, such as 1000.',
    })
  const all = (run: Run) => writeAll(inBatches(rows, batch), run, write, onProgress)
  if (isTransaction(on)) return await all((work) => work(clientOf(on)))
  if (commit === 'each batch') return await all((work) => on.transaction((tx) => work(clientOf(tx))))
  // What an iterator has given is gone: only rows that can be read again can be written again after a deadlock.
  const retries = Array.isArray(rows) ? {} : { retries: 0 }
  return await on.transaction((tx) => all((work) => work(clientOf(tx))), retries)
}

function isTransaction<S extends Schema>(on: BulkTarget<S>): on is Transaction<S> {
  return is(on, PgTransaction)
}

/** Whether everything that is written stays locked until the last row is. */
export function commitsOnce<S extends Schema>(on: BulkTarget<S>, { commit }: BulkWriteOptions): boolean {
  return isTransaction(on) || commit !== 'each batch'
}

/** Does the work of one batch on a connection that is inside a transaction. */
type Run = (work: (client: SQL) => Promise<Written>) => Promise<Written>

async function writeAll<Row>(
  batches: AsyncIterable<Row[]>,
  run: Run,
  { prepare, write }: BulkWrite<Row>,
  onProgress: (done: number) => void,
): Promise<Written> {
  const sum: Written = { count: 0, returned: [] }
  let given = 0
  const writeBatch = async (statements: TextRows[], done: number) => {
    add(sum, await run((client) => writeStatements(client, statements, write)))
    onProgress(done)
  }
  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const batch of batches) {
      const statements = prepare(batch, given)
      given += batch.length
      await writing
      writing = writeBatch(statements, given)
      // It is awaited before the next batch; until then its failure has nobody to go to.
      writing.catch(() => undefined)
    }
  } finally {
    // A transaction must not end under a statement. Its failure is thrown below, unless another came first.
    await writing.catch(() => undefined)
  }
  await writing
  return sum
}

async function writeStatements(
  client: SQL,
  statements: readonly TextRows[],
  write: BulkWrite<never>['write'],
): Promise<Written> {
  const sum: Written = { count: 0, returned: [] }
  for (const statement of statements) {
    try {
      add(sum, await write(client, statement))
    } catch (error) {
      throw namingRow(error, statement.indexes)
    }
  }
  return sum
}

function add(sum: Written, { count, returned }: Written): void {
  sum.count += count
  for (const row of returned) sum.returned.push(row)
}

async function* inBatches<Row>(rows: Rows<Row>, size: number): AsyncGenerator<Row[]> {
  let batch: Row[] = []
  // Arrays would be awaited row by row otherwise, which costs more than the rest.
  if (Symbol.iterator in rows) {
    for (const row of rows) {
      if (batch.push(row) < size) continue
      yield batch
      batch = []
    }
  } else {
    for await (const row of rows) {
      if (batch.push(row) < size) continue
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}
