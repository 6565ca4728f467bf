/** What a process counts of the tasks that it runs: by task and by minute, for the last few minutes. @module */
import type { TaskReport } from '../worker/task-report.ts'
import { type Buckets, Histogram } from './histogram.ts'

/** What became of the attempts at one task within a minute. */
export interface TaskMinute {
  queue: string
  task: string
  /** Since 1970, by the clock of who counted. */
  minute: number
  completed: number
  failed: number
  retried: number
  /** Of first attempts. */
  wait: Buckets
  run: Buckets
}

/** The current one, and those before it. */
export const countedMinutes = 5

interface Counts {
  completed: number
  failed: number
  retried: number
  wait: Histogram
  run: Histogram
}

interface CountedTask {
  queue: string
  task: string
  minutes: Map<number, Counts>
}

export class TaskCounts {
  /** By queue and task. */
  readonly #tasks = new Map<string, CountedTask>()
  #done = 0

  /** Tasks that have come to their end. */
  get done(): number {
    return this.#done
  }

  record({ queue, task, outcome, waitMs, runMs }: TaskReport, nowMs = Date.now()): void {
    if (outcome === 'released') return
    const counts = this.#countsOf(queue, task, minuteOf(nowMs))
    counts[outcome]++
    counts.run.add(runMs)
    if (waitMs !== undefined) counts.wait.add(waitMs)
    if (outcome !== 'retried') this.#done++
  }

  /** What is still of worth; the rest is forgotten. */
  told(nowMs = Date.now()): TaskMinute[] {
    const since = minuteOf(nowMs) - countedMinutes
    return [...this.#tasks.values()].flatMap(({ queue, task, minutes }) => {
      for (const minute of minutes.keys()) if (minute <= since) minutes.delete(minute)
      return [...minutes].map(([minute, { wait, run, ...counts }]) => {
        return { queue, task, minute, ...counts, wait: wait.toJSON(), run: run.toJSON() }
      })
    })
  }

  #countsOf(queue: string, task: string, minute: number): Counts {
    const key = `${queue} ${task}`
    let counted = this.#tasks.get(key)
    if (!counted) {
      counted = { queue, task, minutes: new Map() }
      this.#tasks.set(key, counted)
    }
    let counts = counted.minutes.get(minute)
    if (!counts) {
      counts = { completed: 0, failed: 0, retried: 0, wait: new Histogram(), run: new Histogram() }
      counted.minutes.set(minute, counts)
    }
    return counts
  }
}

export const minuteMs = 60_000
export const minuteOf = (ms: number): number => Math.floor(ms / minuteMs)
