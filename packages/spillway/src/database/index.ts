/**
 * PostgreSQL through Drizzle, with a primary, replicas, pools and migrations.
 *
 * @module
 */

export { BulkRowError, BulkWriteError } from './bulk-errors.ts'
export { type BulkInserted, type BulkInsertOptions, bulkInsert } from './bulk-insert.ts'
export { type BulkUpdateOptions, bulkUpdate } from './bulk-update.ts'
export {
  type Change,
  ChangeLog,
  type ChangesConsumer,
  type ChangesHandler,
  type ConsumeOptions,
  type RowChange,
  rowsOf,
  type TableChange,
  type Watched,
  type WatchOptions,
  watch,
} from './changes/index.ts'
export { checkConnectionBudget } from './connection-budget.ts'
export { followPositions, writtenPositions } from './consistency.ts'
export { type CopyOptions, type CopyValue, copyRows } from './copy.ts'
export {
  type Database,
  type DatabaseDefinition,
  defineDatabase,
  type RoutedDatabase,
  type ServerStatus,
} from './database.ts'
export {
  DatabaseUnavailableError,
  DatabaseUnreachableError,
  isTextRefused,
  PoolTimeoutError,
  StreamInterruptedError,
} from './errors.ts'
export { countUpTo, estimatedCount, type RowCount } from './estimated-count.ts'
export {
  type BlockingNode,
  blockingTree,
  type ConnectionReport,
  connections,
  type Explanation,
  explain,
  type IndexFinding,
  type IndexReport,
  indexes,
  type LockReport,
  type LockSession,
  locks,
  type PlanNode,
  resetStatements,
  type SlowStatement,
  type SlowStatements,
  type StatementOrder,
  slowStatements,
  statementText,
} from './inspect/index.ts'
export { InvalidCursorError, type Keyset, keyset } from './keyset.ts'
export { groupLoader, type Loader, type LoaderOptions, loader } from './loader.ts'
export type { RepeatedQuery } from './logged-query.ts'
export { type AppliedMigration, migrate, pendingMigrations } from './migrate.ts'
export { keepObserved, type ObservedQuery, observeQueries } from './observed-queries.ts'
export {
  type DeliveredMessage,
  type Enqueued,
  type Json,
  type Outbox,
  type OutboxHandler,
  OutboxMissingError,
  type Outgoing,
  type OutgoingMessage,
  type WaitingMessages,
} from './outbox/index.ts'
export { primaryUrl } from './primary-url.ts'
export { type QueryReport, queryReport, warnOfRepeatedQueries } from './query-log.ts'
export { floorsOf, readAtLeast } from './read-floor.ts'
export { explainSlowQuery, type SlowQuery, slowQueries } from './slow-queries.ts'
export { type StreamableQuery, type StreamOptions, stream } from './stream.ts'
export type { Transaction, TransactionOptions } from './transaction.ts'
export {
  NestedTransactionError,
  OnCommitError,
  TransactionAbortedError,
  TransactionTimeoutError,
  UnknownOutcomeError,
} from './transaction-errors.ts'
