/** What can go wrong with a task, beside its own work. @module */
import { SpillwayError, UnavailableError } from '../foundation/index.ts'

/** A task is declared, named or used in a way that can't work. */
export class TaskUsageError extends SpillwayError {
  constructor(message: string, hint: string) {
    super('TASK_USAGE', message, { hint })
  }
}

export const notStarted = (task: string) =>
  new TaskUsageError(
    `The task "${task}" was used before it was started.`,
    'List it under `tasks` in defineApp, and enqueue it in handlers and tasks only.',
  )

/** What a task was given doesn't fit its schema. It is never tried again: the same input stays wrong. */
export class TaskInputError extends SpillwayError {
  constructor(task: string, problems: string) {
    super('TASK_INPUT_INVALID', `The input of the task "${task}" is wrong:\n${problems}`, {
      hint: 'Inputs travel as JSON: a Date arrives as text, so declare it as z.coerce.date(); undefined and functions are lost.',
    })
  }
}

/** A handler took longer than its task's `timeoutMs`. Its slot is free again, whatever the handler still does. */
export class TaskTimeoutError extends SpillwayError {
  constructor(task: string, timeoutMs: number) {
    super('TASK_TIMEOUT', `The task "${task}" did not end within ${timeoutMs} ms.`, {
      hint: 'Let the handler heed `signal`, give it less to do, or raise `timeoutMs`.',
    })
  }
}

/** The process leaves before the task has ended; another one takes it over, and no attempt is lost. */
export class TaskReleasedError extends SpillwayError {
  constructor(task: string) {
    super('TASK_RELEASED', `The task "${task}" is left to another worker: this one stops.`)
  }
}

/** The process was busy or cut off for so long that the task counts as its dead worker's, and is another one's by now. */
export class TaskHoldLostError extends SpillwayError {
  constructor(task: string) {
    super(
      'TASK_HOLD_LOST',
      `The hold on the task "${task}" was lost: it runs again elsewhere, and this run doesn't count.`,
      {
        hint: 'A handler that keeps the process busy for longer than 10 s belongs into a thread: see `thread`.',
      },
    )
  }
}

/** Thrown by a handler: what went wrong would go wrong again, so the task fails now, whatever its retries say. */
export class PermanentTaskError extends SpillwayError {
  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super('TASK_PERMANENT', message, options)
  }
}

/** Workers have died again and again while they ran this task, so it is not run any more. */
export class DeadlyTaskError extends SpillwayError {
  constructor(task: string, deaths: number) {
    super('TASK_DEADLY', `The task "${task}" was running when its worker died, ${deaths} times.`, {
      hint: 'Look for what ends the process: a promise that nobody awaits, process.exit, too much memory.',
    })
  }
}

/** A task failed for good, and somebody wanted its result. */
export class TaskFailedError extends SpillwayError {
  constructor(id: string, reason: string) {
    super('TASK_FAILED', `The task ${id} failed: ${reason}`, {
      hint: '`spillway tasks failed` shows it with its stack; `spillway tasks retry` runs it again.',
    })
  }
}

/** Somebody wanted the result of a task that was never enqueued, was cancelled, or has ended too long ago. */
export class TaskUnknownError extends SpillwayError {
  constructor(id: string) {
    super('TASK_UNKNOWN', `The task ${id} is not known, or not any more.`, {
      hint: 'Results are kept for `keepSeconds` of the task, an hour by default, and those that failed for a month.',
    })
  }
}

/** Somebody wanted to look into, retry or discard dead letters that aren't there. */
export class NoDeadLetterError extends SpillwayError {
  /** @param reasons one for each id. */
  constructor(reasons: readonly string[]) {
    super('NO_DEAD_LETTER', reasons.join('\n'), {
      hint: '`spillway tasks failed` lists those that can be retried or discarded. None of those named was touched.',
    })
  }
}

/** The queue's server is away, or its tables are. Over HTTP it becomes 503. */
export class TasksUnavailableError extends UnavailableError {
  /** @param asked what it did not answer. */
  constructor(asked: 'enqueue' | 'read', cause: unknown) {
    const { message, hint } = (isWithoutTables(cause) ? withoutTables : unanswered)[asked]
    super('TASKS_UNAVAILABLE', message, { hint, cause })
  }
}

const unanswered = {
  enqueue: {
    message: 'The task queue does not answer, so it is not known whether the task was enqueued.',
    hint: 'With an `idempotencyKey` it can be tried again safely. Inside a transaction `tx.enqueue` needs the database alone, and delivers when the queue is back.',
  },
  read: {
    message: 'The task queue does not answer, so nothing can be told of the task.',
    hint: 'See that its server runs and can be reached, and ask again: what waits there is not lost.',
  },
}

const migrate = 'Run `spillway migrate`, which makes them.'
const withoutTables = {
  enqueue: { message: 'The task queue has no tables in its database, so the task was not enqueued.', hint: migrate },
  read: { message: 'The task queue has no tables in its database, so no task is known.', hint: migrate },
}

/** The engine looks for its tables when a queue is opened; later, PostgreSQL misses a schema, a table or a function. */
function isWithoutTables(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  if (cause.name === 'SchemaMigrationRequiredError') return true
  return 'code' in cause && ['3F000', '42P01', '42883'].includes(String(cause.code))
}

/** What a handler threw in its thread, where its class has stayed. */
export class ThreadTaskError extends Error {
  /** As the task's `retry` said in the thread. */
  readonly mayPass: boolean

  constructor({ name, message, stack, mayPass }: { name: string; message: string; stack?: string; mayPass: boolean }) {
    super(message)
    this.name = name
    if (stack !== undefined) this.stack = stack
    this.mayPass = mayPass
  }
}
