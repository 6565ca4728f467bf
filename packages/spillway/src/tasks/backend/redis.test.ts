import { describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { createLogger } from '../../foundation/index.ts'
import { hasRedis, startRedis } from '../../testing/redis.ts'
import { until } from '../../testing/until.ts'
import { TasksUnavailableError } from '../errors.ts'
import { TaskQueues } from '../queues.ts'
import { type Task, task } from '../task.ts'
import { TaskWorker } from '../worker/task-worker.ts'
import { chain } from '../workflow/compose.ts'
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
