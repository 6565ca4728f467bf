/** The backends that tasks run on, each with a server and a database of its own. @module */
import { migratePostgresTasks, PostgresTasks, RedisTasks, type TaskBackend } from '../tasks/index.ts'
import { hasRedis, startRedis } from './redis.ts'
import { testDatabase } from './test-database.ts'

export interface OpenedTaskBackends {
  /** Opens what a process has: each call is another one. */
  open(): TaskBackend
  stop(): Promise<void>
}

export async function tasksOnPostgres(): Promise<OpenedTaskBackends> {
  const test = await testDatabase()
  const { primaryUrl: url } = test.direct
  await migratePostgresTasks(url)
  return {
    open: () => new PostgresTasks({ url, applicationName: 'test tasks', place: 'PostgreSQL' }),
    stop: () => test.stop(),
  }
}

export async function tasksOnRedis(): Promise<OpenedTaskBackends> {
  const redis = await startRedis()
  return {
    open: () => new RedisTasks({ url: redis.url, prefix: 'test:' }, 'Redis'),
    stop: async () => await redis[Symbol.asyncDispose](),
  }
}

/** For `describe.each`: name, and what opens it. */
export const taskBackends: [name: string, open: () => Promise<OpenedTaskBackends>][] = [
  ['PostgreSQL', tasksOnPostgres],
  ...(hasRedis ? [['Redis', tasksOnRedis] as [string, typeof tasksOnRedis]] : []),
]
