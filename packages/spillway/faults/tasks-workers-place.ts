/** Where the tasks of one drill wait: a database of its own, and a Redis of its own if that is where they are. @module */
import { SQL } from 'bun'
import { type EmbeddedCluster, startEmbeddedCluster } from '../src/embedded/index.ts'
import { migratePostgresTasks, PostgresTasks, RedisTasks, TaskQueues } from '../src/tasks/index.ts'
import { hasRedis, startRedis } from '../src/testing/redis.ts'
import { newFolder } from './drill.ts'

export type BackendName = 'PostgreSQL' | 'Redis'

export const backends: BackendName[] = ['PostgreSQL', ...(hasRedis ? ['Redis' as const] : [])]

export interface TaskPlace extends AsyncDisposable {
  readonly url: string
  readonly sql: SQL
  /** For programs of the app. */
  readonly env: Record<string, string>
  /** The app's, seen from the drill. */
  readonly queues: TaskQueues
}

let cluster: Promise<EmbeddedCluster> | undefined
let count = 0

/** @param app its name. */
export async function openTaskPlace(backend: BackendName, app: string): Promise<TaskPlace> {
  cluster ??= startEmbeddedCluster({ dataDir: newFolder(), replicas: 0 })
  const url = await newDatabase((await cluster).primaryUrl)
  const sql = new SQL({ url, max: 2 })
  const redis = backend === 'Redis' ? await startRedis() : undefined
  if (!redis) await migratePostgresTasks(url)
  const opened = redis
    ? new RedisTasks({ url: redis.url, prefix: `spillway:${app}:` }, 'Redis')
    : new PostgresTasks({ url, place: 'PostgreSQL', applicationName: 'drill' })
  const queues = new TaskQueues({ backend: opened, app })
  return {
    ...{ url, sql, queues },
    env: { DATABASE_URL: url, ...(redis && { REDIS_TASKS_URL: redis.url }) },
    async [Symbol.asyncDispose]() {
      await queues.close()
      await sql.close({ timeout: 0 })
      await redis?.[Symbol.asyncDispose]()
    },
  }
}

/** For `afterAll`. */
export async function stopTaskCluster(): Promise<void> {
  const stopping = cluster
  cluster = undefined
  await (await stopping)?.stop()
}

async function newDatabase(serverUrl: string): Promise<string> {
  const url = new URL(serverUrl)
  url.pathname = `/drill_${process.pid}_${count++}`
  const admin = new SQL({ url: serverUrl, max: 1 })
  await admin.unsafe(`create database ${url.pathname.slice(1)}`)
  await admin.close()
  return url.href
}
