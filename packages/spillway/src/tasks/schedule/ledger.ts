/** What is remembered of the schedules of an app, where its tasks wait. @module */
import type { NewJob } from '../task-job.ts'

export interface ScheduleEntry {
  /** By which its ticks came about. */
  readonly timing: string
  /** Ticks up to this moment are dealt with, whatever became of them. */
  readonly settledMs: number
  /** The last tick that became a task, and the id of that. */
  readonly last?: { readonly tickMs: number; readonly run: string }
  /** What running processes declare, by its print: when each was first and last seen. */
  readonly declared: Readonly<Record<string, { readonly sinceMs: number; readonly seenMs: number }>>
}

/** By the name of the schedule. */
export type ScheduleEntries = Readonly<Record<string, ScheduleEntry>>

export interface LedgerPage {
  readonly entries: ScheduleEntries
  /** The clock of the server, which is one for all machines. */
  readonly nowMs: number
}

/** What is written in one step: all of it, or nothing. */
export interface LedgerMove {
  readonly entries: ScheduleEntries
  /** Their queues as the backend knows them. */
  readonly jobs: readonly NewJob[]
}

export interface ScheduleLedger {
  read(): Promise<LedgerPage>
  /**
   * Writes what `decide` makes of the page, together with its jobs. Nobody else writes in between; who comes to do the
   * same waits, or decides again on the new page.
   *
   * @param decide undefined leaves everything as it is.
   */
  move(decide: (page: LedgerPage) => Promise<LedgerMove | undefined>): Promise<void>
  close(): Promise<void>
}
