/**
 * Tasks whose workers have died. The first time they run again at once, before all others. When that was not the end of it,
 * most of them only ran beside the one that is to blame: begun again in the same moment, they would die with it until all of
 * them count as deadly. So from the second death on each comes back in a moment of its own, as one of its priority.
 *
 * @module
 */
import type { TaskJob } from '../task-job.ts'

/** A task whose workers died so often is most likely what kills them. */
const deathsMax = 5
/** What the engine bears before it fails a task by itself, without anybody being told. */
export const engineDeathsMax = 1_000_000

/** It takes a worker a second to be back. */
const pauseMaxMs = 5_000

/** How often a worker has died while it ran this, since it was enqueued or retried as a dead letter. */
export function deathsOf({ stalledCounter, data }: TaskJob): number {
  return stalledCounter - (data.deathsForgiven ?? 0)
}

export const isDeadly = (job: TaskJob) => deathsOf(job) >= deathsMax

/** Its `onFailure` has taken down workers as well, so it is not called any more. */
export const isDeadlyInFailure = (job: TaskJob) => deathsOf(job) >= 2 * deathsMax

/** Whether its worker has died again since it was held back. */
export const hasDiedAgain = (job: TaskJob) =>
  deathsOf(job) >= 2 && !isDeadly(job) && job.stalledCounter !== job.data.deathsHeldBack

/** Lets a task wait for a while. @returns whether it does. */
export async function heldBack(job: TaskJob, token: string | undefined): Promise<boolean> {
  const { stalledCounter, data } = job
  try {
    await job.updateData({ ...data, deathsHeldBack: stalledCounter })
    await job.moveToDelayed(Date.now() + Math.round(Math.random() * pauseMaxMs), token)
    return true
  } catch {
    // The queue doesn't answer. An error would count as a failure of the task, which may as well run at once.
    return false
  }
}

/** As a dead letter: retried by somebody, it may take down as many again. */
export async function forgiveDeaths(job: TaskJob): Promise<void> {
  await job.updateData({ ...job.data, deathsForgiven: job.stalledCounter })
}
