/** How much waits in a queue, and since when. @module */
import type { Queue } from 'bullmq'
import type { TaskQueues } from '../queues.ts'
import { readyAtMs, type TaskJob } from '../task-job.ts'

export interface QueueDepth {
  name: string
  /** Nothing is taken out of it until somebody resumes it. */
  isPaused: boolean
  /** For a slot; the engine still counts those as delayed whose time has come while all slots are taken. */
  waiting: number
  active: number
  /** Until their time comes, or until they are tried again; workflows, while their steps are under way. */
  delayed: number
  failed: number
  /** Those whose results are kept. */
  completed: number
  /** How long the one has waited that has waited longest, since it could have run; undefined when none waits. */
  oldestWaitingMs: number | undefined
  /** How long the one has run that has run longest. */
  oldestActiveMs: number | undefined
}

/** The engine's, as far as tasks have them, in the order in which they are run. */
const priorities = Array.from({ length: 11 }, (_, index) => index + 1)
/** The engine lists active ones by when they became ready: the longest running one is among the first of them. */
const activeLookedAt = 20

/** @param name as the app calls it. */
export async function queueDepth(queues: TaskQueues, name: string): Promise<QueueDepth> {
  const queue = queues.queue(name)
  const [counts, due, byPriority, active, isPaused] = await Promise.all([
    queue.getJobCounts('active', 'delayed', 'failed', 'completed'),
    queue.getDelayedCount(Date.now()),
    queue.getCountsPerPriority([0, ...priorities]),
    queue.getJobs('active', 0, activeLookedAt - 1, true),
    queue.isPaused(),
  ])
  const oldest = await Promise.all([
    firstOfEachPriority(queue, byPriority),
    due > 0 ? queue.getJobs('delayed', 0, 0, true) : [],
  ])
  return {
    ...{ name, isPaused },
    waiting: Object.values(byPriority).reduce((sum, count) => sum + count, due),
    active: counts['active'] ?? 0,
    delayed: Math.max(0, (counts['delayed'] ?? 0) - due),
    failed: counts['failed'] ?? 0,
    completed: counts['completed'] ?? 0,
    oldestWaitingMs: ageOf(oldest.flat().map(waitingSinceMs)),
    oldestActiveMs: ageOf(active.flatMap(({ processedOn }) => processedOn ?? [])),
  }
}

/** Tasks of one priority run in their order, so the oldest one is the first of one of them. */
async function firstOfEachPriority(queue: Queue, counts: Record<string, number>): Promise<TaskJob[]> {
  let at = 0
  const firsts: Promise<TaskJob[]>[] = []
  for (const priority of priorities) {
    const count = counts[priority] ?? 0
    if (count > 0) firsts.push(queue.getJobs('prioritized', at, at, true))
    at += count
  }
  // On Redis, those that run before all priorities; they are listed with the newest first.
  const urgent = counts[0] ?? 0
  if (urgent > 0) firsts.push(queue.getJobs('waiting', urgent - 1, urgent - 1))
  return (await Promise.all(firsts)).flat()
}

/** One that was tried before waits since its backoff has ended, as near as it is known. */
function waitingSinceMs(job: TaskJob): number {
  const { processedOn, attemptsMade, delay } = job
  if (processedOn === undefined) return readyAtMs(job)
  return Math.max(readyAtMs(job), processedOn + (attemptsMade > 0 ? delay : 0))
}

function ageOf(moments: number[]): number | undefined {
  // Clocks of different machines may differ by a little.
  return moments.length === 0 ? undefined : Math.max(0, Date.now() - Math.min(...moments))
}
