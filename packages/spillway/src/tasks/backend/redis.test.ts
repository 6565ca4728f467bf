import { describe, expect, test } from 'bun:test'
import { Redis } from 'ioredis'
import { z } from 'zod'
import { createLogger } from '../../foundation/index.ts'
import { hasRedis, startRedis } from '../../testing/redis.ts'
import { until } from '../../testing/until.ts'
import { TasksUnavailableError } from '../errors.ts'
import { TaskQueues } from '../queues.ts'
import { type Task, task } from '../task.ts'
import { TaskWorker } from '../worker/task-worker.ts'
import { chain } from '../workflow/compose.ts'
import type { Plan } from '../workflow/plan.ts'
import { RedisWorkflows, withWorkflowScripts } from '../workflow/redis-store.ts'
import { RedisTasks } from './redis.ts'

describe.skipIf(!hasRedis)('workers on Redis', () => {
  test('end while Redis is away', async () => {
    await using redis = await startRedis()
    const queues = new TaskQueues({ backend: new RedisTasks({ url: redis.url }, 'Redis'), app: 'test' })
    const lines: string[] = []
    const logger = createLogger('test', 'warn', { write: (line: string) => void lines.push(line) })
    const nothing = task('nothing', { input: z.object({}) }, () => undefined)
    const worker = new TaskWorker({ queues, tasks: [nothing as Task], logger })
    await worker.start()
    await until(async () =>
      (await redis.command('CLIENT', 'LIST', 'TYPE', 'normal'))?.toString().includes('cmd=bzpopmin'),
    )
    await redis.kill()
    await until(() => lines.some((line) => line.includes('does not answer')))
    await worker.stop(0)
    expect(lines.filter((line) => line.includes('before its engine has ended'))).toEqual([])
    await queues.close()
  })
})

test.skipIf(!hasRedis)('who asks for a task in the moment in which Redis goes is told so', async () => {
  await using redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always'])
  const queues = new TaskQueues({ backend: new RedisTasks({ url: redis.url }, 'Redis'), app: 'test' })
  const nothing = task('nothing', { input: z.object({}) }, () => undefined)
  nothing.start(queues)
  const run = await nothing.enqueue({})
  const workflow = await chain(nothing.with({})).enqueue()
  const find = queues.find.bind(queues)
  for (const ask of [() => run.state(), () => run.cancel(), () => workflow.progress()]) {
    await redis.restart()
    await until(() => find(run.id).then(Boolean, () => false))
    queues.find = async (id) => {
      const job = await find(id)
      queues.find = find
      await redis.kill()
      return job
    }
    await expect(ask()).rejects.toBeInstanceOf(TasksUnavailableError)
  }
  await queues.close()
})

test.skipIf(!hasRedis)('who opens a workflow that somebody else has opened and begun takes nothing of it', async () => {
  await using redis = await startRedis()
  const client = withWorkflowScripts(new Redis(redis.port))
  const [asked, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = Object.create(client, {
    hexists: {
      value: async (key: string, field: string) => {
        const answer = await client.hexists(key, field)
        asked.resolve()
        await mayGoOn.promise
        return answer
      },
    },
  })
  const workflows = new RedisWorkflows(async () => client, '{test}')
  const plan: Plan = { brief: { policies: {} }, steps: [{ n: 0, kind: 'chain', end: 1, parts: 0 }] }
  const late = new RedisWorkflows(async () => slow, '{test}').open('whole', plan, 0)
  await asked.promise
  await workflows.open('whole', plan, 0)
  await workflows.begun('whole')
  mayGoOn.resolve()
  await late
  expect(await workflows.standing('whole')).toMatchObject({ isBegun: true })
  expect(await client.keys('*')).toHaveLength(1)
  client.disconnect()
})
