import { afterAll, describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { type EmbeddedCluster, startEmbeddedCluster } from '../src/embedded/index.ts'
import { createLogger } from '../src/foundation/index.ts'
import {
  migratePostgresTasks,
  PostgresTasks,
  RedisTasks,
  type Task,
  type TaskBackend,
  TaskQueues,
  TasksUnavailableError,
  TaskWorker,
  task,
} from '../src/tasks/index.ts'
import { hasRedis, startRedis } from '../src/testing/redis.ts'
import { until } from '../src/testing/until.ts'
import { newFolder, removeFolders, report } from './drill.ts'

interface Server {
  open(): TaskBackend
  kill(): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
}

async function postgres(): Promise<Server> {
  const cluster: EmbeddedCluster = await startEmbeddedCluster({ dataDir: newFolder(), replicas: 0 })
  await migratePostgresTasks(cluster.primaryUrl)
  return {
    open: () => new PostgresTasks({ url: cluster.primaryUrl, applicationName: 'drill', place: 'PostgreSQL' }),
    kill: () => cluster.primary.kill(),
    // The cluster starts it anew by itself.
    restart: async () => undefined,
    stop: () => cluster.stop(),
  }
}

async function redis(): Promise<Server> {
  const server = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always'])
  return {
    open: () => new RedisTasks({ url: server.url }, 'Redis'),
    kill: () => server.kill(),
    restart: async () => void (await server.start()),
    stop: async () => await server[Symbol.asyncDispose](),
  }
}

afterAll(removeFolders)

describe.each([['PostgreSQL', postgres] as const, ...(hasRedis ? [['Redis', redis] as const] : [])])(
  'when %s is killed and comes back',
  (name, start) => {
    test('workers go on consuming without help, what was enqueued is run, and who enqueues is told', async () => {
      const server = await start()
      const logger = createLogger('drill', process.env['DEBUG'] ? 'warn' : 'silent')
      const done = new Map<number, number>()
      const note = task('note', { input: z.object({ n: z.int() }), retry: { on: 'any' } }, async ({ n }) => {
        await Bun.sleep(2)
        done.set(n, (done.get(n) ?? 0) + 1)
      })
      const queues = new TaskQueues({ backend: server.open(), app: 'drill' })
      note.start(queues)
      const workers = Array.from({ length: 2 }, () => {
        const own = new TaskQueues({ backend: server.open(), app: 'drill' })
        // A task with an input of its own.
        return new TaskWorker({ queues: own, tasks: [note as unknown as Task], database: undefined, logger })
      })
      for (const worker of workers) await worker.start()
      let next = 0
      const accepted: number[] = []
      let refused = 0
      const enqueue = async () => {
        const n = next++
        const startedAt = performance.now()
        try {
          await note.enqueue({ n }, { idempotencyKey: String(n) })
          accepted.push(n)
        } catch (error) {
          expect(error).toBeInstanceOf(TasksUnavailableError)
          expect(performance.now() - startedAt).toBeLessThan(10_000)
          refused++
        }
      }
      for (let outage = 0; outage < 3; outage++) {
        for (let i = 0; i < 200; i++) await enqueue()
        await server.kill()
        await Promise.all(Array.from({ length: 5 }, enqueue))
        const downAt = performance.now()
        await server.restart()
        const before = accepted.length
        await until(
          async () => {
            await enqueue()
            return accepted.length > before
          },
          { what: 'a task to be accepted', timeoutMs: 30_000 },
        )
        const first = accepted.at(-1)!
        await until(() => done.has(first), { what: 'a new task to be run', timeoutMs: 30_000 })
        report(`${name} outage`, { consuming_again_ms: Math.round(performance.now() - downAt) })
      }
      await until(() => accepted.every((n) => done.has(n)), { what: 'all tasks to be run', timeoutMs: 60_000 })
      expect(refused).toBeGreaterThan(0)
      report(`${name} outages`, {
        ...{ accepted: accepted.length, refused },
        run_twice: [...done.values()].filter((times) => times > 1).length,
      })
      for (const worker of workers) await worker.stop(1_000)
      await queues.close()
      await server.stop()
    }, 180_000)
  },
)
