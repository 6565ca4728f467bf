/** A task that has failed for good gets all its attempts once more. @module */
import type { TaskJob } from '../task-job.ts'

/** @returns false when it isn't a dead letter any more: somebody else was quicker. */
export async function retryDeadLetter(job: TaskJob): Promise<boolean> {
  try {
    // What it waited before it failed is no waiting for this time.
    await job.updateData({ ...job.data, retriedAtMs: Date.now() })
    await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true })
  } catch (error) {
    if (await job.isFailed()) throw error
    return false
  }
  return true
}
