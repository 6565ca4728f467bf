import { expect, test } from 'bun:test'
import { z } from 'zod'
import { createLogger } from '../src/foundation/index.ts'
import { TaskQueues } from '../src/tasks/queues.ts'
import { type Task, task } from '../src/tasks/task.ts'
import { TaskWorker } from '../src/tasks/worker/task-worker.ts'
import { taskBackends } from '../src/testing/task-backends.ts'
import { until } from '../src/testing/until.ts'

const many = 8

test.concurrent.each(taskBackends)(
  'tasks that ran beside each other in two workers that died are begun again one by one, on %s',
  async (_, open) => {
    const server = await open()
    const queues = new TaskQueues({ backend: server.open(), app: 'deaths' })
    const begun: number[] = []
    const note = task('note', { input: z.object({}) }, () => {
      begun.push(performance.now())
    })
    note.start(queues)
    await note.enqueueMany(Array.from({ length: many }, () => ({})))
    await takenByDying(queues)
    await takenByDying(queues)
    // A task with an input of its own.
    const tasks = [note as unknown as Task]
    const worker = new TaskWorker({ queues, tasks, concurrency: many, logger: createLogger('test', 'silent') })
    await worker.start()
    await until(() => begun.length === many, { what: 'the tasks to be begun', timeoutMs: 30_000 })
    const pauses = begun.slice(1).map((atMs, index) => atMs - begun[index]!)
    expect(pauses.filter((ms) => ms > 20).length).toBeGreaterThanOrEqual(4)
    await worker.stop(1_000)
    await queues.close()
    await server.stop()
  },
  40_000,
)

/** A worker takes them all, and is heard of no more. */
async function takenByDying(queues: TaskQueues): Promise<void> {
  let taken = 0
  const take = () => {
    taken++
    return new Promise(() => undefined)
  }
  const dying = queues.backend.worker(queues.fullName('default'), take, {
    ...{ concurrency: many, lockDuration: 1_000, stalledInterval: 1_000, skipLockRenewal: true },
    maxStalledCount: 10,
  })
  dying.on('error', () => undefined)
  await until(() => taken === many, { what: 'the tasks to be taken' })
  await dying.close(true)
}
