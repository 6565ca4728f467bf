/** A workflow's plan is written down before its job is added: a plan without a job is forgotten some day. @module */
import { TasksUnavailableError } from '../errors.ts'
import type { TaskQueues } from '../queues.ts'
import type { NewJob } from '../task-job.ts'
import type { Plan } from './plan.ts'

/**
 * @returns whether its job is to be added. One that is known has begun, or ended: should it be cancelled just now, another
 * one in its place would have no plan.
 */
export async function openPlan(queues: TaskQueues, { queue, data, options }: NewJob, plan: Plan): Promise<boolean> {
  const id = `${queue}/${options.jobId}`
  if (await queues.find(id, 'enqueue')) return false
  try {
    await queues.backend.workflows.open(queues.storedId(id, data.opening), plan, options.delay ?? 0)
    return true
  } catch (cause) {
    throw new TasksUnavailableError('enqueue', cause)
  }
}
