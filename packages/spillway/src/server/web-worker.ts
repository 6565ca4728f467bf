/**
 * One web process. The supervisor starts it, hears when it is ready, and ends it with SIGTERM.
 *
 * Run as `bun web-worker.ts <app>`; everything else comes from the environment.
 *
 * @module
 */
import type { Server } from 'bun'
import { Hono } from 'hono'
import type { App } from '../app.ts'
import {
  createLogger,
  type Logger,
  messageOf,
  type Part,
  type PlatformSettings,
  startParts,
} from '../foundation/index.ts'
import { createPipeline, type SharedPage } from '../http/index.ts'
import { databaseParts } from './database-parts.ts'
import { healthRoutes } from './health-routes.ts'
import { loadApp } from './load-app.ts'
import { offerPages } from './page-sharing.ts'

/** What a worker tells the supervisor. */
export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'recycle' }
  | { kind: 'failed'; message: string }
  | { kind: 'page'; page: SharedPage }

/** What the supervisor passes on to a worker. */
export type SupervisorMessage = { kind: 'page'; page: SharedPage }

/** How long a worker may finish its requests when its supervisor is gone. */
const orphanedSeconds = 3

const tell = (message: WorkerMessage) => process.send?.(message)

class WebWorker {
  #isReady = false
  #isStopping = false
  #server: Server<undefined> | undefined
  #stopParts: (() => Promise<void>) | undefined

  constructor(
    readonly app: App,
    readonly settings: PlatformSettings,
    readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    const { app, settings, logger } = this
    this.#stopParts = await startParts([...databaseParts(app, settings, 'web', logger), this.#listener()])
    this.#isReady = true
    tell({ kind: 'ready' })
  }

  /** Finishes what is in flight, at most `timeoutSeconds`, and exits. */
  async drain(delaySeconds: number, timeoutSeconds: number): Promise<void> {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#isReady = false
    // Load balancers need a moment to see that this worker isn't ready; until then requests are served.
    await Bun.sleep(delaySeconds * 1_000)
    const deadline = setTimeout(() => {
      this.logger.warn({ seconds: timeoutSeconds }, 'requests still in flight at the deadline are cut off')
      process.exit(0)
    }, timeoutSeconds * 1_000)
    await this.#stopParts?.()
    clearTimeout(deadline)
    process.exit(0)
  }

  #listener(): Part {
    const { app, settings, logger } = this
    const routes = new Hono()
      .route(
        '/',
        healthRoutes(app.databases, () => this.#isReady),
      )
      .route('/', app.http)
    const pipeline = createPipeline({
      routes,
      logger,
      pageCacheBytes: settings.PAGE_CACHE ? settings.PAGE_CACHE_MB * 2 ** 20 : 0,
      errorPage: app.errorPage,
      onPageStored: offerPages((page) => tell({ kind: 'page', page })),
      development: settings.NODE_ENV === 'development',
    })
    process.on('message', ({ page }: SupervisorMessage) => pipeline.pageCache?.adopt(page))
    return {
      name: 'listener',
      start: async () => {
        this.#server = Bun.serve({
          hostname: settings.HOST,
          port: settings.PORT,
          reusePort: true,
          development: false,
          fetch: countRequests(pipeline.fetch, settings.MAX_REQUESTS, () => tell({ kind: 'recycle' })),
        })
      },
      stop: async () => {
        await this.#server?.stop()
      },
    }
  }
}

/** Calls `onLimit` once, after about `max` requests; the jitter keeps workers from being replaced all at once. */
function countRequests<Answer>(
  fetch: (request: Request) => Answer,
  max: number,
  onLimit: () => void,
): (request: Request) => Answer {
  if (max === 0) return fetch
  const limit = Math.ceil(max * (0.9 + Math.random() * 0.2))
  let count = 0
  return (request) => {
    if (++count === limit) onLimit()
    return fetch(request)
  }
}

const app = await loadApp(process.argv[2] ?? '.')
const settings = app.readSettings(process.env)
const logger = createLogger('web', settings.LOG_LEVEL)
const worker = new WebWorker(app, settings, logger)

process.on('SIGTERM', () => worker.drain(settings.DRAIN_DELAY_SECONDS, settings.SHUTDOWN_TIMEOUT_SECONDS))
// The terminal's Ctrl-C is the supervisor's to answer: it drains its workers.
process.on('SIGINT', () => undefined)
// Without its supervisor a worker would never be stopped.
process.on('disconnect', () => worker.drain(0, orphanedSeconds))
process.on('uncaughtException', (error) => fail(error))
process.on('unhandledRejection', (error) => fail(error))

/** The state after an error that nobody caught is unknown: say it and let the supervisor start a new worker. */
function fail(error: unknown): void {
  logger.fatal({ err: error }, 'web worker failed')
  tell({ kind: 'failed', message: messageOf(error) })
  process.exit(1)
}

await worker.start().catch(fail)
