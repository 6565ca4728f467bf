/**
 * How the tasks of an app are doing: its queues, what ran in the last minutes, and the workers that are alive.
 *
 * @module
 */
import type { TaskQueues } from '../queues.ts'
import { type Beat, deadAfterMs, type HeardBeat } from './beat.ts'
import { Histogram, type Percentiles } from './histogram.ts'
import { type QueueDepth, queueDepth } from './queue-depth.ts'
import { countedMinutes, minuteMs, minuteOf, type TaskMinute } from './task-counts.ts'

/** What became of attempts in the last five minutes, in all processes. */
export interface RecentTasks {
  completed: number
  failed: number
  /** Attempts that failed and were followed by another. */
  retried: number
  /** Tasks that came to their end. */
  perMinute: number
  /** Between being ready and being begun; undefined when none was. */
  wait: Percentiles | undefined
  run: Percentiles | undefined
}

export interface QueueStatus extends QueueDepth {
  recent: RecentTasks
  /** Processes that work on it and take more tasks. */
  workers: number
  /** Tasks that they can run at once. */
  slots: number
}

export interface TaskFigures extends RecentTasks {
  task: string
  queue: string
}

export interface WorkerStatus extends Omit<Beat, 'tasks' | 'running' | 'startedAtMs' | 'atMs' | 'hasLeft'> {
  running: { id: string; task: string; runningMs: number }[]
  /** How long it has been there. */
  upMs: number
  /** How old all this is. */
  ageMs: number
}

export interface TaskStatus {
  queues: QueueStatus[]
  tasks: TaskFigures[]
  workers: WorkerStatus[]
}

/** @param names of queues, as the app calls them; those that workers work on beside are found by themselves. */
export async function taskStatus(queues: TaskQueues, names: readonly string[]): Promise<TaskStatus> {
  const beats = await queues.beats().read()
  const workers = beats.filter(isAlive).map(workerStatus)
  const all = [...new Set([...names, ...workers.flatMap((worker) => worker.queues)])].sort()
  const depths = await Promise.all(all.map((name) => queueDepth(queues, name)))
  const minutes = beats.flatMap(recentMinutes)
  const period = periodMs(beats)
  return {
    queues: depths.map((depth) => queueStatus(depth, minutes, period, workers)),
    tasks: [...Map.groupBy(minutes, ({ queue, task }) => `${task} ${queue}`)]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([, group]) => ({ task: group[0]!.task, queue: group[0]!.queue, ...recent(group, period) })),
    workers: workers.sort((one, other) => one.host.localeCompare(other.host) || one.pid - other.pid),
  }
}

function queueStatus(depth: QueueDepth, minutes: TaskMinute[], period: number, all: WorkerStatus[]): QueueStatus {
  const workers = all.filter(({ queues, isDraining }) => !isDraining && queues.includes(depth.name))
  // The engine has looked at a few, and each worker tells of all of its own.
  const running = all.flatMap((worker) => worker.running.filter(({ id }) => id.startsWith(`${depth.name}/`)))
  const oldest = [depth.oldestActiveMs ?? [], running.map(({ runningMs }) => runningMs)].flat()
  return {
    ...depth,
    recent: recent(
      minutes.filter(({ queue }) => queue === depth.name),
      period,
    ),
    oldestActiveMs: depth.active === 0 || oldest.length === 0 ? undefined : Math.max(...oldest),
    workers: workers.length,
    slots: workers.reduce((sum, { concurrency }) => sum + concurrency, 0),
  }
}

function recent(minutes: readonly TaskMinute[], period: number): RecentTasks {
  const sum = (of: (minute: TaskMinute) => number) => minutes.reduce((total, minute) => total + of(minute), 0)
  const [completed, failed] = [sum((one) => one.completed), sum((one) => one.failed)]
  const [wait, run] = [new Histogram(), new Histogram()]
  for (const minute of minutes) {
    wait.merge(minute.wait)
    run.merge(minute.run)
  }
  return {
    ...{ completed, failed, retried: sum((one) => one.retried) },
    perMinute: period === 0 ? 0 : ((completed + failed) * minuteMs) / period,
    wait: wait.percentiles(),
    run: run.percentiles(),
  }
}

const isAlive = ({ beat, ageMs }: HeardBeat) => !beat.hasLeft && ageMs < deadAfterMs

/** Its own clock, now. */
const nowOf = ({ beat, ageMs }: HeardBeat) => beat.atMs + ageMs

function workerStatus(heard: HeardBeat): WorkerStatus {
  const { tasks: _, startedAtMs, atMs: __, hasLeft: ___, running, ...own } = heard.beat
  const nowMs = nowOf(heard)
  return {
    ...own,
    running: running.map(({ id, task, sinceMs }) => ({ id, task, runningMs: nowMs - sinceMs })),
    upMs: nowMs - startedAtMs,
    ageMs: heard.ageMs,
  }
}

/** Also of processes that have gone since. */
function recentMinutes(heard: HeardBeat): TaskMinute[] {
  const since = minuteOf(nowOf(heard)) - countedMinutes
  return heard.beat.tasks.filter(({ minute }) => minute > since)
}

/** How long tasks have been counted: the whole minutes and the current one, or since the first process began. */
function periodMs(beats: readonly HeardBeat[]): number {
  const longest = (countedMinutes - 1) * minuteMs + (Date.now() % minuteMs)
  const sinceFirst = Math.max(0, ...beats.map((heard) => nowOf(heard) - heard.beat.startedAtMs))
  return Math.min(longest, sinceFirst)
}
