/** Bull Board, for whoever develops on this machine: it knows no log-in. @module */
import { Hono } from 'hono'
import type { App } from '../app.ts'
import type { PlatformSettings } from '../foundation/index.ts'
import type { TaskQueues } from '../tasks/index.ts'
import { queueNames } from './platform-tasks.ts'

export const boardPath = '/monitoring/tasks'

/** Nobody else can ask: the listener is on this machine's own interface. */
export function hasBoard({ NODE_ENV, HOST }: PlatformSettings): boolean {
  return NODE_ENV === 'development' && /^(?:localhost|127(?:\.\d+){3}|::1)$/.test(HOST)
}

/** Loaded only where it is wanted, as it brings much with it. */
export async function boardRoutes(app: App, settings: PlatformSettings, queues: TaskQueues | undefined): Promise<Hono> {
  const routes = new Hono()
  if (!queues || !hasBoard(settings)) return routes
  const { taskBoard } = await import('../tasks/board.ts')
  return routes.route(boardPath, taskBoard({ queues, queueNames: queueNames(app), basePath: boardPath }))
}
