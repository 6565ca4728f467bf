/** A worker's hold on a task that it runs, which the engine renews while the event loop turns. @module */
import { TaskHoldLostError } from '../errors.ts'
import { type Patience, surely } from '../patience.ts'
import type { TaskJob } from '../task-job.ts'

/** Renewed twice in this time; when a worker has died, another one finds its tasks after it. */
export const holdMs = 10_000

/**
 * What kept the process for long may end before the engine has its turn to notice that the task is another worker's by
 * now. Whatever shows outside is done after this.
 *
 * @throws {TaskHoldLostError}
 */
export async function ensureHeld(job: TaskJob, token: string | undefined, patience: Patience): Promise<void> {
  if (token === undefined || Date.now() - (job.processedOn ?? 0) < holdMs / 2) return
  const isHeld = await surely(patience, () => job.extendLock(token, holdMs))
  if (!isHeld) throw new TaskHoldLostError(job.name)
}
