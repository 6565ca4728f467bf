/** Where the tasks of an app wait, as settings say. @module */
import type { App } from '../app.ts'
import { redisAddress } from '../cache/index.ts'
import { primaryUrl as findPrimaryUrl } from '../database/index.ts'
import { type Floors, type PlatformSettings, placeOf, SpillwayError } from '../foundation/index.ts'
import { PostgresTasks, RedisTasks, type TaskBackend, TaskQueues } from '../tasks/index.ts'
import { type CachePlace, nameOfPlace } from './cache-places.ts'
import { queueNames } from './platform-tasks.ts'

export type TaskPlace = { redis: Exclude<CachePlace, { file: string }> } | { postgresUrl: string | undefined }

/** Whether the app has anything that a worker would do. */
export function hasTasks({ tasks, warmers }: App, { CACHE_WARMING }: PlatformSettings): boolean {
  return tasks.length > 0 || (CACHE_WARMING && warmers.length > 0)
}

/** A Redis if one is set, else a PostgreSQL; undefined is the embedded one. */
export function taskPlace({ name }: App, settings: PlatformSettings): TaskPlace {
  const { REDIS_TASKS_URL, TASKS_DATABASE_URL, REDIS_URL, REDIS_NODES, DATABASE_URL } = settings
  const prefix = `${settings.REDIS_PREFIX}${name}:`
  if (REDIS_TASKS_URL) return { redis: { ...redisAddress(REDIS_TASKS_URL), prefix } }
  if (TASKS_DATABASE_URL) return { postgresUrl: TASKS_DATABASE_URL }
  if (REDIS_NODES.length > 0) return { redis: { nodes: REDIS_NODES, prefix } }
  if (REDIS_URL) return { redis: { ...redisAddress(REDIS_URL), prefix } }
  return { postgresUrl: DATABASE_URL }
}

export function nameOfTaskPlace(place: TaskPlace): string {
  if ('redis' in place) return nameOfPlace(place.redis)
  return `PostgreSQL ${place.postgresUrl ? placeOf(place.postgresUrl) : '(embedded)'}`
}

interface OpenTasksOptions {
  /** Part of `application_name`. */
  role: string
  floors?: () => Promise<Floors>
}

/** @throws {SpillwayError} `DATABASE_URL_MISSING`. */
export async function openTaskQueues(
  app: App,
  settings: PlatformSettings,
  { role, floors }: OpenTasksOptions,
): Promise<TaskQueues> {
  const backend = await openBackend(app, settings, role)
  return new TaskQueues({ backend, app: app.name, ...(floors && { floors }) })
}

async function openBackend(app: App, settings: PlatformSettings, role: string): Promise<TaskBackend> {
  const place = taskPlace(app, settings)
  if ('redis' in place) return new RedisTasks(place.redis, nameOfTaskPlace(place))
  const url = place.postgresUrl ?? fail()
  const poolMax = poolMaxOf(settings)
  return new PostgresTasks({
    url,
    place: nameOfTaskPlace(place),
    applicationName: `${app.name} ${role} tasks`,
    poolMax,
  })
}

/** A task is looked after by few statements, which take turns. */
const poolMaxOf = ({ TASK_CONCURRENCY }: PlatformSettings) => Math.max(2, Math.ceil(TASK_CONCURRENCY / 2))

/** Of the pools that enqueue, in all processes, and of those that work; each queue that is worked on has one to listen. */
export async function taskConnections(
  app: App,
  settings: PlatformSettings,
  { web, task }: { web: number; task: number },
): Promise<{ url: string; connections: number } | undefined> {
  const place = taskPlace(app, settings)
  if (!hasTasks(app, settings) || 'redis' in place || !place.postgresUrl) return undefined
  const listeners = settings.TASK_QUEUES.length || queueNames(app).length
  const connections = (web + task) * poolMaxOf(settings) + task * (poolMaxOf(settings) + listeners)
  return { url: await findPrimaryUrl(place.postgresUrl), connections }
}

function fail(): never {
  throw new SpillwayError('DATABASE_URL_MISSING', 'The tasks of this process have no place to wait in.', {
    hint: 'Set REDIS_TASKS_URL or DATABASE_URL, or use `spillway start`, which brings an embedded PostgreSQL.',
  })
}
