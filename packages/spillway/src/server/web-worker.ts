/**
 * One web process. The supervisor starts it, hears when it is ready, and ends it: with SIGTERM when the program stops,
 * with SIGHUP when another worker has taken its place.
 *
 * Run as `bun web-worker.ts <app>`; everything else comes from the environment.
 *
 * @module
 */
import type { Server } from 'bun'
import { type Part, startParts } from '../foundation/index.ts'
import type { Pipeline } from '../http/index.ts'
import { boardRoutes } from './board-routes.ts'
import { figuresPart } from './figures-part.ts'
import { pagePipeline } from './page-pipeline.ts'
import { dealToNewcomers, webWorkers } from './share-port.ts'
import { openShared } from './shared-parts.ts'
import { tellSupervisor } from './worker-messages.ts'
import { runWorkerProcess, type WorkerRole, type WorkerStart } from './worker-process.ts'

/**
 * How long a worker serves on beside its successor. In that time connections that were being made to it arrive, and
 * each kept one that is in use is asked to close.
 */
const farewellSeconds = 1

/** A connection without a byte for so long is closed: longer than any load may take, whose asker waits for that. */
const idleSeconds = 60

class WebWorker implements WorkerRole {
  #isReady = false
  #isLeaving = false
  #server: Server<undefined> | undefined
  #stopParts: (() => Promise<void>) | undefined
  #cutOff: { atMs: number; timer: ReturnType<typeof setTimeout> } | undefined

  constructor(readonly given: WorkerStart) {}

  async start(): Promise<void> {
    const { app, settings, release, logger } = this.given
    const shared = await openShared(this.given, 'web')
    const { backends, sharedPages, queues } = shared
    const board = await boardRoutes(app, settings, queues)
    const pipeline = pagePipeline(this.given, shared, () => this.#isReady, board)
    const pages = { pageCache: pipeline.pageCache, sharedPages }
    this.#stopParts = await startParts([
      ...shared.parts,
      this.#listener(pipeline),
      figuresPart({ app, backends, pages, process: { role: 'web', release }, logger }),
    ])
    this.#isReady = true
  }

  /** Its successor is there and gets the new connections. */
  async retire(): Promise<void> {
    await this.#leave(farewellSeconds, this.given.settings.SHUTDOWN_TIMEOUT_SECONDS)
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
      this.given.logger.warn({ seconds }, 'requests still in flight at the deadline are cut off')
      process.exit(0)
    }, seconds * 1_000)
    this.#cutOff = { atMs, timer }
  }

  #listener(pipeline: Pipeline): Part {
    const { settings } = this.given
    const fetch = countRequests(pipeline.fetch, settings.MAX_REQUESTS, () => tellSupervisor({ kind: 'recycle' }))
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

await runWorkerProcess('web', (start) => new WebWorker(start))
