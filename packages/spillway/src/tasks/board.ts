/**
 * Bull Board: the queues as pages in a browser, to look at and to act on. It knows no log-in, so it answers only whoever
 * sits at this machine. Import it where it is mounted, and nowhere else: it brings much with it.
 *
 * @module
 */
import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { HonoAdapter } from '@bull-board/hono'
import type { Queue } from 'bullmq'
import { Hono } from 'hono'
import { serveStatic } from 'hono/bun'
import { localOnly } from './local-only.ts'
import { retryDeadLetter } from './monitor/retry-dead-letter.ts'
import type { TaskQueues } from './queues.ts'
import type { TaskJob } from './task-job.ts'

export interface TaskBoardOptions {
  queues: TaskQueues
  /** As the app calls them. */
  queueNames: readonly string[]
  /** Where it is mounted, such as `/tasks`. */
  basePath: string
}

/** @example app.route('/tasks', taskBoard({ queues, queueNames: ['default'], basePath: '/tasks' })) */
export function taskBoard({ queues, queueNames, basePath }: TaskBoardOptions): Hono {
  const server = new HonoAdapter(serveStatic)
  server.setBasePath(basePath)
  createBullBoard({
    queues: queueNames.map((name) => new TaskQueueAdapter(queues.queue(name), name)),
    serverAdapter: server,
    options: { uiConfig: { boardTitle: queues.app, pollingInterval: { forceInterval: 5_000 } } },
  })
  return new Hono().use(localOnly).route('/', server.registerPlugin())
}

/** Dead letters are retried from here as from everywhere: with all their attempts. */
class TaskQueueAdapter extends BullMQAdapter {
  constructor(queue: Queue, displayName: string) {
    super(queue, { displayName })
  }

  override async getJob(...[id]: Parameters<BullMQAdapter['getJob']>) {
    const job = await super.getJob(id)
    return job && withOurRetry(job)
  }

  override async getJobs(...args: Parameters<BullMQAdapter['getJobs']>) {
    return (await super.getJobs(...args)).map(withOurRetry)
  }
}

function withOurRetry(job: TaskJob): TaskJob {
  const retry = job.retry.bind(job)
  job.retry = async (state, options) => {
    job.retry = retry
    if (state === 'completed') await retry(state, options)
    else await retryDeadLetter(job)
  }
  return job
}
