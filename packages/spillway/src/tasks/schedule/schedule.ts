/**
 * Schedules: tasks that are enqueued by the clock, once for each tick, however many processes there are.
 *
 * @module
 */

import type { Json } from '../../database/index.ts'
import { messageOf } from '../../foundation/index.ts'
import { TaskUsageError } from '../errors.ts'
import type { Task } from '../task.ts'
import { type NewJob, newJob } from '../task-job.ts'
import { cronTiming, everySeconds, type Timing } from './timing.ts'

/** What becomes of ticks at which no worker was there. */
export type Missed =
  /** One run for all of them, at once. */
  | 'once'
  /** Nothing. */
  | 'skip'
  /** A run for each; for the last 1,000 if there were more. */
  | 'all'

export type ScheduleOptions = (
  | {
      /** Minute, hour, day of month, month, day of week: `0 2 * * *`. Also `@daily`, `L`, `MON#2`. */
      cron: string
      /** As in the tz database. @default 'UTC' */
      timeZone?: string
    }
  | {
      /** On the full multiples since 1970: 600 fires at :00, :10, :20… */
      everySeconds: number
    }
) & {
  /** @default 'once' */
  missed?: Missed
  /**
   * With `skip`, a tick is left out while the run of an earlier one waits, is under way or is to be tried again.
   *
   * @default 'skip', but 'allow' with `missed: 'all'`, which asks for all runs.
   */
  overlap?: 'skip' | 'allow'
}

/**
 * Declares when a task is enqueued by itself. List it under `schedules` in `defineApp`.
 *
 * @param name unique in the app. A schedule with another name is another one, and has missed nothing.
 * @throws {TaskUsageError} when the name, pattern, zone or interval can't be.
 * @throws {TaskInputError} when the input doesn't fit the task.
 * @example
 * export const nightly = schedule('daily-clean-up', { cron: '0 2 * * *', timeZone: 'Asia/Seoul' }, cleanUp, {})
 * export const warm = schedule('cache-warm-up', { everySeconds: 600 }, warmCaches, {})
 */
export function schedule<Input>(
  name: string,
  options: ScheduleOptions,
  task: Task<Input, unknown>,
  input: NoInfer<Input>,
): Schedule {
  // Inside, tasks take what their schema takes.
  return new Schedule(name, options, task as Task, input)
}

export class Schedule {
  readonly name: string
  readonly task: Task
  readonly timing: Timing
  readonly missed: Missed
  readonly overlap: 'skip' | 'allow'
  /** Of all that is declared: releases that differ in it are told apart by it. */
  readonly print: string
  readonly #input: Json

  constructor(name: string, options: ScheduleOptions, task: Task, input: unknown) {
    if (!/^[a-z][\w.-]*$/i.test(name)) {
      throw wrong(name, 'its name', 'Use lower case letters, digits, _ . and -, as in "daily-clean-up".')
    }
    const { missed = 'once' } = options
    const { overlap = missed === 'all' ? 'allow' : 'skip' } = options
    if (missed === 'all' && overlap === 'skip') {
      throw wrong(name, '`all` with `skip`', "All that was missed can't run one at a time: allow overlap.")
    }
    this.name = name
    this.task = task
    this.timing = timingOf(name, options)
    this.missed = missed
    this.overlap = overlap
    this.#input = task.travelling(input)
    const declared = JSON.stringify([this.timing.text, missed, overlap, task.name, task.queue, this.#input])
    this.print = new Bun.CryptoHasher('sha256').update(declared).digest('hex').slice(0, 12)
  }

  /** The task of a tick: the same tick gives the same id, wherever it is asked. */
  jobAt(tickMs: number): NewJob {
    const job = newJob(this.task, { input: this.#input, scheduledFor: tickMs })
    return { ...job, options: { ...job.options, jobId: `${this.name}-${tickMs}` } }
  }
}

function timingOf(name: string, options: ScheduleOptions): Timing {
  try {
    return 'cron' in options ? cronTiming(options.cron, options.timeZone ?? 'UTC') : everySeconds(options.everySeconds)
  } catch (cause) {
    throw wrong(name, messageOf(cause), "Give everySeconds: 600, or cron: '0 2 * * *' with timeZone: 'Asia/Seoul'.")
  }
}

function wrong(name: string, what: string, hint: string): TaskUsageError {
  return new TaskUsageError(`The schedule "${name}" can't be: ${what}.`, hint)
}
