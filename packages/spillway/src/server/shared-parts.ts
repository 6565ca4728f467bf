/** What every process of an app has, whatever its role: its databases, its caches, its tasks. @module */
import { floorsOf } from '../database/index.ts'
import type { Part } from '../foundation/index.ts'
import { SharedPages } from '../http/index.ts'
import type { TaskQueues } from '../tasks/index.ts'
import { CacheBackends } from './cache-backends.ts'
import { cachePart } from './cache-part.ts'
import { type Cdn, openCdn } from './cdn-part.ts'
import { invalidateOnChange } from './change-invalidation.ts'
import { databaseParts } from './database-parts.ts'
import { hasTasks, openTaskQueues } from './task-place.ts'
import { tasksPart } from './tasks-part.ts'
import type { WorkerStart } from './worker-process.ts'

export interface Shared {
  backends: CacheBackends
  sharedPages: SharedPages
  cdn: Cdn['cdn'] | undefined
  /** Undefined when the app has no tasks. */
  queues: TaskQueues | undefined
  /** In the order in which they start. */
  parts: Part[]
}

/** @param role part of connections' names. */
export async function openShared({ app, settings, release, logger }: WorkerStart, role: string): Promise<Shared> {
  const cdn = openCdn(settings, logger)
  const floors = floorsOf(app.databases)
  const backends = new CacheBackends(app, settings, logger, { floors, ...cdn?.hooks })
  const backend = backends.of('default')
  cdn?.listen(backend)
  invalidateOnChange(app.databases, backends)
  const queues = hasTasks(app, settings)
    ? await openTaskQueues(app, settings, { role, floors: floors.current })
    : undefined
  return {
    ...{ backends, queues, cdn: cdn?.cdn },
    sharedPages: new SharedPages({ backend, release, logger }),
    parts: [
      ...(cdn ? [cdn.part] : []),
      cachePart(app, backends, settings, logger),
      ...(queues ? [tasksPart(app, queues)] : []),
      ...databaseParts(app, settings, role, logger),
    ],
  }
}
