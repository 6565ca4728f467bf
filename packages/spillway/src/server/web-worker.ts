/**
 * One web process. The supervisor starts it, hears when it is ready, and ends it: with SIGTERM when the program stops,
 * with SIGHUP when another worker has taken its place.
 *
 * Run as `bun web-worker.ts <app>`; everything else comes from the environment.
 *
 * @module
 */
import type { Server } from 'bun'
import { Hono } from 'hono'
import type { App } from '../app.ts'
import { floorsOf } from '../database/index.ts'
import {
  createLogger,
  type Logger,
  messageOf,
  type Part,
  type PlatformSettings,
  platformSettings,
  startParts,
} from '../foundation/index.ts'
import { type CdnPurge, createPipeline, type Pipeline, SharedPages } from '../http/index.ts'
import { CacheBackends } from './cache-backends.ts'
import { cachePart } from './cache-part.ts'
import { openCdn } from './cdn-part.ts'
import { invalidateOnChange } from './change-invalidation.ts'
import { databaseParts } from './database-parts.ts'
import { figuresPart } from './figures-part.ts'
import { healthRoutes } from './health-routes.ts'
import { entryOf, loadApp } from './load-app.ts'
import { visitor } from './page-visits.ts'
import { withRelease, withSettings } from './release.ts'
import { dealToNewcomers, webWorkers } from './share-port.ts'
import { warmingPart } from './warming-part.ts'

/** What a worker tells the supervisor. */
export type WorkerMessage = { kind: 'ready' } | { kind: 'recycle' } | { kind: 'failed'; message: string }

/** How long a worker may finish its requests when its supervisor is gone. */
const orphanedSeconds = 3

/**
 * How long a worker serves on beside its successor. In that time connections that were being made to it arrive, and
 * each kept one that is in use is asked to close.
 */
const farewellSeconds = 1

/** A connection without a byte for so long is closed: longer than any load may take, whose asker waits for that. */
const idleSeconds = 60

/** Before that a new release may still hear of earlier changes, which would void what is warm. */
const warmAfterMs = 2_000

const tell = (message: WorkerMessage) => process.send?.(message)

class WebWorker {
  #isReady = false
  #isLeaving = false
  #server: Server<undefined> | undefined
  #stopParts: (() => Promise<void>) | undefined
  #cutOff: { atMs: number; timer: ReturnType<typeof setTimeout> } | undefined

  constructor(
    readonly app: App,
    readonly settings: PlatformSettings,
    /** Which code this is. */
    readonly release: string,
    readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    const { app, settings, release, logger } = this
    const warmers = settings.CACHE_WARMING ? app.warmers : []
    const cdn = openCdn(settings, logger)
    const backends = new CacheBackends(app, settings, logger, { floors: floorsOf(app.databases), ...cdn?.hooks })
    const backend = backends.of('default')
    cdn?.listen(backend)
    const sharedPages = new SharedPages({ backend, release, logger })
    const pipeline = this.#createPipeline(sharedPages, cdn?.cdn)
    invalidateOnChange(app.databases, backends)
    const pages = { pageCache: pipeline.pageCache, sharedPages }
    this.#stopParts = await startParts([
      ...(cdn ? [cdn.part] : []),
      cachePart(app, backends, settings, logger),
      ...databaseParts(app, settings, 'web', logger),
      this.#listener(pipeline),
      figuresPart({ app, backends, pages, process: { role: 'web', release }, logger }),
      warmingPart({ warmers, backend, release, page: visitor(pipeline), logger, delayMs: warmAfterMs }),
    ])
    this.#isReady = true
    tell({ kind: 'ready' })
  }

  /** Its successor is there and gets the new connections. */
  async retire(): Promise<void> {
    await this.#leave(farewellSeconds, this.settings.SHUTDOWN_TIMEOUT_SECONDS)
  }

  /** The program stops: load balancers get a moment to see that it isn't ready; until then requests are served. */
  async drain(delaySeconds: number, timeoutSeconds: number): Promise<void> {
    this.#isReady = false
    await this.#leave(delaySeconds, timeoutSeconds)
  }

  /** Serves on for `delaySeconds` while clients are asked to go, finishes what is in flight then, and exits. */
  async #leave(delaySeconds: number, timeoutSeconds: number): Promise<void> {
    this.#cutOffAfter(delaySeconds + timeoutSeconds)
    if (this.#isLeaving) return
    this.#isLeaving = true
    await Bun.sleep(delaySeconds * 1_000)
    await this.#stopParts?.()
    process.exit(0)
  }

  /** The earliest deadline counts. */
  #cutOffAfter(seconds: number): void {
    const atMs = performance.now() + seconds * 1_000
    if (this.#cutOff && this.#cutOff.atMs <= atMs) return
    clearTimeout(this.#cutOff?.timer)
    const timer = setTimeout(() => {
      this.logger.warn({ seconds }, 'requests still in flight at the deadline are cut off')
      process.exit(0)
    }, seconds * 1_000)
    this.#cutOff = { atMs, timer }
  }

  #createPipeline(sharedPages: SharedPages, cdn: CdnPurge | undefined): Pipeline {
    const { app, settings, logger } = this
    const routes = new Hono()
      .route(
        '/',
        healthRoutes(app.databases, () => this.#isReady),
      )
      .route('/', app.http)
    return createPipeline({
      routes,
      logger,
      pageCacheBytes: settings.PAGE_CACHE ? settings.PAGE_CACHE_MB * 2 ** 20 : 0,
      errorPage: app.errorPage,
      secret: settings.SECRET_KEY,
      sharedPages,
      cdn,
      development: settings.NODE_ENV === 'development',
    })
  }

  #listener(pipeline: Pipeline): Part {
    const { settings } = this
    const fetch = countRequests(pipeline.fetch, settings.MAX_REQUESTS, () => tell({ kind: 'recycle' }))
    return {
      name: 'listener',
      start: async () => {
        this.#server = Bun.serve({
          hostname: settings.HOST,
          port: settings.PORT,
          reusePort: true,
          development: false,
          idleTimeout: idleSeconds,
          // A request that is under way when the leaving begins must be told as well, so this looks at the end of each.
          fetch: (request) => {
            const answer = fetch(request)
            if (answer instanceof Promise) return answer.then(this.#sayGoodbye)
            return this.#isLeaving ? this.#sayGoodbye(answer) : answer
          },
        })
        dealToNewcomers(webWorkers(settings))
      },
      stop: async () => {
        await this.#server?.stop()
        pipeline.pageCache?.stop()
      },
    }
  }

  /** A client that knows closes its connection between two requests; else one of us would do so during a request. */
  #sayGoodbye = (answer: Response): Response => {
    if (this.#isLeaving) answer.headers.set('connection', 'close')
    return answer
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

/** Until the settings say which lines are wanted. */
let logger = createLogger('web', 'info')

async function main(): Promise<void> {
  const path = process.argv[2] ?? '.'
  const dataDir = platformSettings.shape.DATA_DIR.parse(process.env['DATA_DIR'])
  const { app, release } = await withRelease(entryOf(path), dataDir, () => loadApp(path))
  const settings = app.readSettings(process.env)
  logger = createLogger('web', settings.LOG_LEVEL)
  const worker = new WebWorker(app, settings, withSettings(release, app, settings), logger)
  process.on('SIGTERM', () => worker.drain(settings.DRAIN_DELAY_SECONDS, settings.SHUTDOWN_TIMEOUT_SECONDS))
  process.on('SIGHUP', () => worker.retire())
  // Without its supervisor a worker would never be stopped.
  process.on('disconnect', () => worker.drain(0, orphanedSeconds))
  await worker.start()
}

/** The state after an error that nobody caught is unknown: say it and let the supervisor start a new worker. */
function fail(error: unknown): void {
  logger.fatal({ err: error }, 'web worker failed')
  tell({ kind: 'failed', message: messageOf(error) })
  process.exit(1)
}

process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
// The terminal's Ctrl-C is the supervisor's to answer: it drains its workers.
process.on('SIGINT', () => undefined)
await main().catch(fail)
