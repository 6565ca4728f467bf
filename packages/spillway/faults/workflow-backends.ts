/** Backends that several processes open. @module */
import { migratePostgresTasks, PostgresTasks, RedisTasks, type TaskBackend } from '../src/tasks/index.ts'
import { hasRedis, startRedis } from '../src/testing/redis.ts'
import { testDatabase } from '../src/testing/test-database.ts'

export interface DrillBackend {
  kind: 'postgres' | 'redis'
  url: string
}

export function openBackend({ kind, url }: DrillBackend): TaskBackend {
  if (kind === 'redis') return new RedisTasks({ url }, 'Redis')
  return new PostgresTasks({ url, applicationName: 'drill', place: 'PostgreSQL' })
}

type Starts = () => Promise<DrillBackend & { stop(): Promise<void> }>

async function onPostgres() {
  const test = await testDatabase()
  const url = test.direct.primaryUrl
  await migratePostgresTasks(url)
  return { kind: 'postgres' as const, url, stop: () => test.stop() }
}

async function onRedis() {
  const redis = await startRedis()
  return { kind: 'redis' as const, url: redis.url, stop: async () => await redis[Symbol.asyncDispose]() }
}

/** For `describe.each`. */
export const drillBackends: [name: string, start: Starts][] = [
  ['PostgreSQL', onPostgres],
  ...(hasRedis ? [['Redis', onRedis] as [string, Starts]] : []),
]
