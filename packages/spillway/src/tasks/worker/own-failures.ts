/** What the engine may write down as a failure. @module */
import type { Job } from 'bullmq'

/**
 * Runs `process`, and lets the engine write down its errors alone. When the engine can't write that a job is done, it would
 * write that it has failed, with the error of the server. Now the job stays as it is: its hold ends, and it runs again.
 */
export async function withOwnFailures(job: Job, process: () => Promise<unknown>): Promise<unknown> {
  let own: unknown
  const moveToFailed = job.moveToFailed.bind(job)
  job.moveToFailed = async (error, ...others) => {
    if (error !== own) throw error
    return await moveToFailed(error, ...others)
  }
  try {
    return await process()
  } catch (error) {
    own = error
    throw error
  }
}
