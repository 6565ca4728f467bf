/** Tasks that were enqueued in a transaction: how they wait in its outbox, and how they get into their queue. @module */
import type { Database, DeliveredMessage, Json, OutboxHandler, OutgoingMessage } from '../database/index.ts'
import { highestFloors, noFloors } from '../foundation/index.ts'
import { notStarted } from './errors.ts'
import type { TaskQueues } from './queues.ts'
import { ensureEnqueuable, type JobPolicy, type NewJob, newJob, type TaskData } from './task-job.ts'
import type { EnqueueOptions } from './task-options.ts'
import { openPlan } from './workflow/open-plan.ts'
import type { Plan } from './workflow/plan.ts'

interface Body {
  /** Its id is the message's, unless there is a key. */
  job: NewJob
  hasKey: boolean
  /** Milliseconds since 1970, of a task that is not to run at once. */
  etaMs?: number
  /** Of a workflow, whose job it is. */
  plan?: Plan
}

export function outgoingJob(
  policy: JobPolicy,
  data: TaskData,
  options: EnqueueOptions = {},
  plan?: Plan,
): OutgoingMessage {
  ensureEnqueuable(policy.name, options)
  const { delayMs, eta, ...others } = options
  const etaMs = eta?.getTime() ?? (delayMs === undefined ? undefined : Date.now() + delayMs)
  const hasKey = options.idempotencyKey !== undefined
  const job = newJob(policy, data, others)
  const body: Body = { job, hasKey, ...(etaMs !== undefined && { etaMs }), ...(plan && { plan }) }
  // It holds what JSON can hold, which its types can't show.
  return { destination: policy.name, body: body as unknown as Json }
}

/**
 * Has what transactions enqueue handed over to the queues of an app, and refuses tasks that none of its workers knows.
 * Call it before the database starts.
 *
 * @returns what takes that back, for after the database's stop.
 */
export function deliverTasks(
  { outbox }: Pick<Database, 'outbox'>,
  queues: TaskQueues,
  tasks: readonly { name: string }[],
): () => void {
  const listed = new Set(tasks.map(({ name }) => name))
  const ensureDeliverable = ({ destination, body }: OutgoingMessage) => {
    // What `outgoingJob` has made, unless it is no task.
    const plan = (body as unknown as Body | null)?.plan
    const unlisted = (plan ? Object.keys(plan.brief.policies) : [destination]).find((name) => !listed.has(name))
    if (unlisted !== undefined) throw notStarted(unlisted)
  }
  return outbox.deliver(deliverTo(queues), { ensureDeliverable })
}

/** Hands messages over to their queues. One that was handed over before is known by its id, and adds nothing. */
export function deliverTo(queues: TaskQueues): OutboxHandler {
  return async (messages) => {
    const jobs: NewJob[] = []
    for (const { job, plan } of messages.map(arrive)) {
      if (!plan || (await openPlan(queues, job, plan))) jobs.push(job)
    }
    await queues.addMany(jobs)
  }
}

function arrive({ id, body, floors }: DeliveredMessage): { job: NewJob; plan?: Plan } {
  // What `outgoingJob` has made.
  const { job, hasKey, etaMs, plan } = body as unknown as Body
  const delay = Math.max(0, (etaMs ?? 0) - Date.now())
  const read = highestFloors(job.data.floors ?? noFloors, floors)
  return {
    job: {
      ...job,
      data: { ...job.data, floors: read },
      options: { ...job.options, ...(!hasKey && { jobId: id }), ...(delay > 0 && { delay }) },
    },
    ...(plan && { plan: { ...plan, brief: { ...plan.brief, floors: read } } }),
  }
}
