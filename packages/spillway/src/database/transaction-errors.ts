/** How transactions end other than by their own success or error. @module */
import { SpillwayError, UnavailableError } from '../foundation/index.ts'

/** The transaction has committed, but something that should follow it failed. Starting over would do it twice. */
export class OnCommitError extends SpillwayError {
  constructor(errors: unknown[]) {
    super('ON_COMMIT_FAILED', 'The transaction has committed, but a callback after it failed.', {
      cause: errors.length === 1 ? errors[0] : new AggregateError(errors),
      hint: 'What must not be lost belongs into the transaction itself.',
    })
  }
}

/** It took longer than it may, and was rolled back. Over HTTP: 503. */
export class TransactionTimeoutError extends UnavailableError {
  constructor(message: string, cause?: unknown) {
    super('TRANSACTION_TIMEOUT', `${message} Nothing of it was kept.`, {
      cause,
      hint: 'Look for locks that it waited for, and for work inside it that could come before or in onCommit.',
    })
  }
}

/**
 * The connection broke after COMMIT was sent: the transaction may have committed or not. It is not started over, for
 * that could do it twice, and over HTTP it is a 500, for a client that sent it again could do so too.
 */
export class UnknownOutcomeError extends SpillwayError {
  constructor(cause: unknown) {
    const message = 'The connection was lost during COMMIT, so the transaction may have committed or not.'
    super('TRANSACTION_OUTCOME_UNKNOWN', message, {
      cause,
      hint: 'Look for what it writes before doing it again, for example by a unique key that the caller gives.',
    })
  }
}

/** A statement failed, its error was caught, and `work` went on: the server answered COMMIT with a rollback. */
export class TransactionAbortedError extends SpillwayError {
  constructor(cause: unknown) {
    const message = 'A statement in the transaction failed and its error was caught, so nothing was kept.'
    super('TRANSACTION_ABORTED', message, {
      cause,
      hint: 'Put statements that may fail into `tx.transaction`, a savepoint, and catch its error.',
    })
  }
}

/** `db.transaction` inside of another one's callback: it would wait for a second connection while holding the first. */
export class NestedTransactionError extends SpillwayError {
  constructor() {
    super('TRANSACTION_NESTED', 'db.transaction was called inside of a transaction on the same database.', {
      hint: 'Use `tx.transaction`, a savepoint; or run it before, after, or in `tx.onCommit`, if it stands for itself.',
    })
  }
}
