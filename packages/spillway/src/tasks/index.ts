/**
 * Tasks: heavy work that leaves the request, surely and visibly, on BullMQ's engine.
 *
 * @module
 */
export * from './autoscale/index.ts'
export type { TaskBackend } from './backend/backend.ts'
export { migratePostgresTasks, PostgresTasks, type PostgresTasksOptions } from './backend/postgres.ts'
export { RedisTasks } from './backend/redis.ts'
export {
  NoDeadLetterError,
  PermanentTaskError,
  TaskFailedError,
  TaskInputError,
  TasksUnavailableError,
  TaskTimeoutError,
  TaskUnknownError,
  TaskUsageError,
} from './errors.ts'
export { beatEveryMs } from './monitor/beat.ts'
export {
  type DeadLetter,
  type DeadLetterChoice,
  type DeadLetterDetails,
  type DeadLetterPage,
  DeadLetters,
} from './monitor/dead-letters.ts'
export type { Percentiles } from './monitor/histogram.ts'
export { type QueueDepth, queueDepth } from './monitor/queue-depth.ts'
export {
  type QueueStatus,
  type RecentTasks,
  type TaskFigures,
  type TaskStatus,
  taskStatus,
  type WorkerStatus,
} from './monitor/task-status.ts'
export { WorkerBeats, type WorkerBeatsOptions } from './monitor/worker-beats.ts'
export { forgetEffects, installEffects } from './once.ts'
export { deliverTasks, deliverTo } from './outbox.ts'
export { TaskQueues, type TaskQueuesOptions } from './queues.ts'
export type { Retry } from './retry.ts'
export { type Missed, type Schedule, type ScheduleOptions, schedule } from './schedule/schedule.ts'
export { Schedules, type SchedulesOptions } from './schedule/schedules.ts'
export { type ScheduleStatus, schedulesOf } from './schedule/schedules-of.ts'
export { Task, type TaskHandler, task } from './task.ts'
export type { TaskContext } from './task-context.ts'
export type { EnqueueOptions, Priority, TaskDefinition, TaskFailure } from './task-options.ts'
export { TaskRun, type TaskState } from './task-run.ts'
export type { TaskReport } from './worker/task-report.ts'
export { TaskWorker, type TaskWorkerOptions } from './worker/task-worker.ts'
export { chain, chord, group, type MapOptions, type Mapped, map } from './workflow/compose.ts'
export type { Part, Step } from './workflow/step.ts'
export type { Workflow, WorkflowFailure, WorkflowOptions } from './workflow/workflow.ts'
export type { WorkflowRun } from './workflow/workflow-run.ts'
