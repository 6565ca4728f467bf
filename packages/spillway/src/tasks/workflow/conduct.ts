/**
 * The job of a whole workflow. It begins what waits for nothing, and is put aside: it holds no slot until the last step
 * is done, or one has failed. What it says then is what has become of the workflow.
 *
 * @module
 */
import { DelayedError, type Job, UnrecoverableError } from 'bullmq'
import { messageOf } from '../../foundation/index.ts'
import { DeadlyTaskError } from '../errors.ts'
import { type Patience, surely } from '../patience.ts'
import type { TaskQueues } from '../queues.ts'
import { type NewJob, newJob, type TaskJob } from '../task-job.ts'
import { engineFirst } from '../task-options.ts'
import { deathsOf, forgiveDeaths, isDeadly } from '../worker/deaths.ts'
import type { Standing } from './store.ts'
import { UnderWay } from './under-way.ts'
import type { WorkflowFailure } from './workflow.ts'

export interface ConductOptions extends Patience {
  queue: string
  queues: TaskQueues
}

/** How often it looks by itself whether something was lost: a job that was removed by hand, a worker that died. */
const lookEveryMs = 60_000
/** At how many of those that are to run next it looks then. */
const lookedAt = 200

export async function conduct(job: Job, token: string | undefined, options: ConductOptions): Promise<unknown> {
  const { queue, queues } = options
  if (isDeadly(job)) {
    const deaths = deathsOf(job)
    await forgiveDeaths(job)
    throw new UnrecoverableError(messageOf(new DeadlyTaskError(job.name, deaths)))
  }
  const workflow = new UnderWay(queues, `${queue}/${job.id}`, job.data.opening)
  const result = await surely(options, () => look(workflow, job, options))
  if (result.kind === 'failed') throw new UnrecoverableError(result.reason)
  if (result.kind === 'completed') return result.value
  await surely(options, () => putAside(job, token))
  // Those who would have woken it in between have met it awake.
  await surely(options, async () => {
    const standing = await workflow.standing()
    if (!standing || standing.isDone || hasFailed(standing)) await workflow.wake()
  })
  throw new DelayedError()
}

type Look = { kind: 'completed'; value: unknown } | { kind: 'failed'; reason: string } | { kind: 'under way' }

async function look(workflow: UnderWay, job: Job, options: ConductOptions): Promise<Look> {
  const standing = await workflow.standing()
  if (!standing) return { kind: 'failed', reason: 'Its plan is not known any more.' }
  if (hasFailed(standing) && !isTriedAgain(standing, job)) return await failure(workflow, job, standing, options)
  if (!standing.isDone) await goOn(workflow, job, standing)
  const result = await workflow.result()
  return result ? { kind: 'completed', value: result.value } : { kind: 'under way' }
}

/** Its job runs again after it had failed: then it goes on with all that is not done. */
async function goOn(workflow: UnderWay, job: TaskJob, { isBegun, toldIn }: Standing): Promise<void> {
  const hadFailed = toldIn !== undefined
  const isAlong = isBegun && !hadFailed
  if (hadFailed) await workflow.resume()
  const tasks = await workflow.begin(0, isAlong ? lookedAt : undefined)
  if (hadFailed || job.attemptsStarted > 1) await workflow.beginAgain(tasks)
  if (!isAlong) await workflow.begun()
}

async function putAside(job: Job, token: string | undefined): Promise<void> {
  // What seemed to fail before may have been done.
  if (!(await job.isActive())) return
  // When it is woken it has little to do, and nobody hears of the end before: it runs ahead of everything that waits.
  if (job.priority !== engineFirst) await job.changePriority({ priority: engineFirst })
  await job.moveToDelayed(Date.now() + lookEveryMs, token)
}

async function failure(workflow: UnderWay, job: TaskJob, standing: Standing, options: ConductOptions): Promise<Look> {
  const { failures, brief, toldIn } = standing
  const { task, id, reason } = Object.values(failures)[0]!
  if (toldIn === undefined) {
    await tellFailure(workflow, standing, { workflow: workflow.id, task, id, reason }, options)
    await workflow.told(attemptIn(job))
  }
  const request = brief.requestId && { request_id: brief.requestId }
  options.logger.error({ task_id: workflow.id, step: task, step_id: id, reason, ...request }, 'workflow has failed')
  return { kind: 'failed', reason: `Its step "${task}" (${id}) failed: ${reason}` }
}

/** Once for each time that the whole fails. */
async function tellFailure(
  workflow: UnderWay,
  { brief, timesFailed }: Standing,
  failure: WorkflowFailure,
  { queues }: ConductOptions,
): Promise<void> {
  const { onFailure, policies, requestId, floors } = brief
  if (!onFailure) return
  const data = { input: { ...failure }, ...(requestId && { requestId }), ...(floors && { floors }) }
  const added: NewJob = newJob(policies[onFailure]!, data)
  await queues.add({ ...added, options: { ...added.options, jobId: workflow.jobId(`failed-${timesFailed}`) } })
}

/** A worker may die after the failure was told, and before its job has failed: that is no other attempt. */
const isTriedAgain = ({ toldIn }: Standing, job: TaskJob): boolean => toldIn !== undefined && toldIn !== attemptIn(job)

/** The engine counts the failures of a job until somebody retries it as a dead letter. */
const attemptIn = ({ data, attemptsMade }: TaskJob): string => `${data.retriedAtMs ?? 0}/${attemptsMade}`

const hasFailed = ({ failures }: Standing): boolean => Object.keys(failures).length > 0
