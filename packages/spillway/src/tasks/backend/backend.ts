/** Where tasks wait: the same engine on PostgreSQL or on Redis. @module */
import type { Processor, Queue, Worker, WorkerOptions } from 'bullmq'
import type { BeatStore } from '../monitor/beat.ts'
import type { ScheduleLedger } from '../schedule/ledger.ts'
import type { WorkflowStore } from '../workflow/store.ts'

export type TaskWorkerOptions = Omit<WorkerOptions, 'connection' | 'prefix' | 'blockingConnection'>

export interface TaskBackend {
  readonly kind: 'postgres' | 'redis'
  /** For people; without user and password. */
  readonly place: string
  readonly workflows: WorkflowStore
  /** How many jobs go to the server in one go, and how many goes it is given at once. */
  readonly parts: { size: number; underWay: number }
  /** Opens a queue by its full name. */
  queue(name: string): Queue
  /** Opens a worker of a queue, which does not run yet. */
  worker(name: string, processor: Processor, options: TaskWorkerOptions): Worker
  /** Where worker processes of an app tell of themselves. */
  beats(app: string): BeatStore
  /** What is remembered of the schedules of an app; to be closed before this is. */
  ledger(app: string): ScheduleLedger
  /** Closes what it has opened itself; queues and workers are closed by who opened them, before. */
  close(): Promise<void>
}
