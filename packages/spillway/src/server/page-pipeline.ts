/** The app's routes behind the page cache, as web workers serve them and warmers visit them. @module */
import { Hono } from 'hono'
import { createPipeline, type Pipeline } from '../http/index.ts'
import { healthRoutes } from './health-routes.ts'
import type { Shared } from './shared-parts.ts'
import type { WorkerStart } from './worker-process.ts'

export function pagePipeline(
  { app, settings, logger }: WorkerStart,
  { sharedPages, cdn }: Pick<Shared, 'sharedPages' | 'cdn'>,
  isReady: () => boolean,
  /** What the platform serves beside the app's own. */
  platform = new Hono(),
): Pipeline {
  const routes = new Hono().route('/', healthRoutes(app.databases, isReady)).route('/', platform).route('/', app.http)
  return createPipeline({
    ...{ routes, logger, sharedPages, cdn },
    pageCacheBytes: settings.PAGE_CACHE ? settings.PAGE_CACHE_MB * 2 ** 20 : 0,
    errorPage: app.errorPage,
    secret: settings.SECRET_KEY,
    development: settings.NODE_ENV === 'development',
  })
}
