/** What a worker tells of the tasks that it has. @module */

/** A task under way. */
export interface RunningTask {
  /** As `TaskRun` has it. */
  id: string
  task: string
  sinceMs: number
}

/** How an attempt has ended. */
export interface TaskReport {
  /** As `TaskRun` has it. */
  id: string
  task: string
  queue: string
  /** Between being ready and being begun; of first attempts, as it isn't kept when another one was ready. */
  waitMs: number | undefined
  runMs: number
  outcome: 'completed' | 'retried' | 'failed' | 'released'
}
