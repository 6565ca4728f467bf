/**
 * One pass: tasks are enqueued one by one by many callers, then many at once, then all are run by one worker.
 * `bun tasks-pass.ts <PostgreSQL|Redis> <url> <way> <tasks>` prints a {@link TaskReading}.
 *
 * @module
 */
import { createPostgresBackend, Queue, Worker, withBackend } from 'bullmq'
import pg from 'pg'
import { createLogger } from 'spillway/foundation'
import { PostgresTasks, RedisTasks, type Task, TaskQueues, TaskWorker, task } from 'spillway/tasks'
import { z } from 'zod'

/** Tasks a second. */
export interface TaskReading {
  enqueued: number
  enqueuedAtOnce: number
  processed: number
}

/** What a way is measured by. */
interface Measured {
  enqueue(input: Input): Promise<unknown>
  enqueueMany(inputs: Input[]): Promise<unknown>
  /** Starts a worker; `onTask` is called by each task. */
  work(onTask: () => void): Promise<unknown>
}
type Input = ReturnType<typeof inputOf>

const callers = 64
const concurrency = 8
const batch = 500

const inputOf = (index: number) => ({ orderId: index, email: `customer${index}@example.com`, items: [1, 2, 3] })
const app = `bench${crypto.randomUUID().slice(0, 8)}`

const [place = '', url = '', way = '', count = ''] = process.argv.slice(2)
const tasks = Number(count)
const subject = way === 'spillway' ? spillway() : bare(way === 'bare with priority')

const half = tasks / 2
const enqueued = await rate(half, async () => {
  let next = 0
  const caller = async () => {
    while (next < half) await subject.enqueue(inputOf(next++))
  }
  await Promise.all(Array.from({ length: callers }, caller))
})
const enqueuedAtOnce = await rate(half, async () => {
  for (let index = 0; index < half; index += batch) {
    const size = Math.min(batch, half - index)
    await subject.enqueueMany(Array.from({ length: size }, (_, offset) => inputOf(half + index + offset)))
  }
})
const processed = await rate(tasks, async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let done = 0
  await subject.work(() => {
    if (++done === tasks) resolve()
  })
  await promise
})
console.log(JSON.stringify({ enqueued, enqueuedAtOnce, processed } satisfies TaskReading))
process.exit(0)

async function rate(count: number, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (count / (performance.now() - startedAt)) * 1_000
}

/** As the engine's documentation has it. */
function bare(hasPriority: boolean): Measured {
  const options = hasPriority ? { priority: 6 } : {}
  const { queue, worker } = place === 'Redis' ? bareRedis() : barePostgres()
  return {
    enqueue: (input) => queue.add('receipt', input, options),
    enqueueMany: (inputs) => queue.addBulk(inputs.map((data) => ({ name: 'receipt', data, opts: options }))),
    work: async (onTask) => worker(onTask),
  }
}

function bareRedis() {
  const { hostname, port } = new URL(url)
  const connection = { host: hostname, port: Number(port), maxRetriesPerRequest: null }
  const worker = (onTask: () => void) => new Worker(app, async () => onTask(), { connection, concurrency })
  return { queue: new Queue(app, { connection }), worker }
}

function barePostgres() {
  const { Queue, Worker } = withBackend(createPostgresBackend)
  const pool = () => new pg.Pool({ connectionString: url, options: '-c search_path=bullmq', max: 10 })
  // A pool is what the engine takes; its type asks for an index signature.
  const connection = () => pool() as unknown as ConstructorParameters<typeof Queue>[1]['connection']
  const worker = (onTask: () => void) =>
    new Worker(app, async () => onTask(), { connection: connection(), concurrency })
  return { queue: new Queue(app, { connection: connection() }), worker }
}

function spillway(): Measured {
  const backend =
    place === 'Redis'
      ? new RedisTasks({ url }, place)
      : new PostgresTasks({ url, place, applicationName: 'benchmark', poolMax: 10 })
  const queues = new TaskQueues({ backend, app })
  const input = z.object({ orderId: z.int(), email: z.email(), items: z.array(z.int()) })
  let onTask = () => {}
  const receipt = task('receipt', { input }, () => onTask())
  receipt.start(queues)
  const logger = createLogger('benchmark', 'silent')
  return {
    enqueue: (input) => receipt.enqueue(input),
    enqueueMany: (inputs) => receipt.enqueueMany(inputs),
    work: async (tell) => {
      onTask = tell
      // A task with an input of its own.
      const tasks = [receipt as unknown as Task]
      await new TaskWorker({ queues, tasks, concurrency, database: undefined, logger }).start()
    },
  }
}
