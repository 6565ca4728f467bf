import { expect, test } from 'bun:test'
import { type Job, WaitingError } from 'bullmq'
import { z } from 'zod'
import { createLogger } from '../../foundation/index.ts'
import type { TaskQueues } from '../queues.ts'
import { type Task, task } from '../task.ts'
import { Ending } from './ending.ts'
import { holdMs } from './hold.ts'
import { taskProcessor } from './run-task.ts'
import type { TaskReport } from './task-report.ts'

/** What becomes of a job whose handler has kept its process busy for so long, as the engine sees it. */
async function outcomeOf(handler: () => unknown, { busyMs, isHeld }: { busyMs: number; isHeld: boolean }) {
  const seen: string[] = []
  const tried = task('tried', { input: z.object({}), onFailure: () => void seen.push('onFailure') }, handler)
  const process = taskProcessor({
    ...{ queue: 'default', database: undefined, logger: createLogger('test', 'silent') },
    queues: {} as TaskQueues,
    leaving: new AbortController().signal,
    runInThread: () => Promise.reject(new Error('no threads here')),
    taskOf: () => tried as unknown as Task,
    onReport: ({ outcome }: TaskReport) => void seen.push(outcome),
  })
  const job = {
    ...{ id: '1', name: 'tried', data: { input: {} }, opts: {}, attemptsMade: 0, stalledCounter: 0 },
    processedOn: Date.now() - busyMs,
    extendLock: async () => (isHeld ? 1 : 0),
  } as unknown as Job
  const error = await process(job, 'token', new Ending()).then(
    () => undefined,
    (error: unknown) => error,
  )
  return { seen, error }
}

const fail = () => {
  throw new Error('too late')
}

test('a run that has lost its hold, which nobody had noticed, counts for nothing', async () => {
  for (const handler of [() => 'too late', fail]) {
    const { seen, error } = await outcomeOf(handler, { busyMs: 2 * holdMs, isHeld: false })
    expect(seen).toEqual(['released'])
    expect(error).toBeInstanceOf(WaitingError)
  }
})

test('one that has kept it counts, and a quick one is not asked', async () => {
  for (const how of [
    { busyMs: 2 * holdMs, isHeld: true },
    { busyMs: 0, isHeld: false },
  ]) {
    expect((await outcomeOf(() => 'done', how)).seen).toEqual(['completed'])
    expect((await outcomeOf(fail, how)).seen).toEqual(['onFailure', 'failed'])
  }
})
