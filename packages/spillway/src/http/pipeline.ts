/**
 * What happens to a request: the page cache answers, or the routes do, with an id, a context and one way to fail.
 *
 * @module
 */
import { type Env, Hono } from 'hono'
import { type Logger, runInContext } from '../foundation/index.ts'
import { NotFoundError } from './errors.ts'
import type { PageCacheBindings } from './page-cache/middleware.ts'
import { PageCache, type SharedPage } from './page-cache/page-cache.ts'
import { type Problem, problemOf, retryAfterOf } from './problem.ts'
import { createRequestIds } from './request-id.ts'

export interface PipelineOptions {
  // biome-ignore lint/suspicious/noExplicitAny: an app's own bindings and variables are its own business.
  routes: Hono<any>
  logger: Logger
  /** Bound of the page cache in bytes; 0 turns it off. */
  pageCacheBytes: number
  /** A page for people, for problems outside of `/api/`. Without it they get the problem document too. */
  errorPage?: ((problem: Problem, request: Request) => Response | Promise<Response>) | undefined
  /** Hears of each page that this process rendered and stored. */
  onPageStored?: (page: SharedPage) => void
  /** Show messages and stacks of unexpected errors. */
  development?: boolean
}

export interface Pipeline {
  readonly fetch: (request: Request) => Response | Promise<Response>
  readonly pageCache: PageCache | undefined
}

interface PipelineEnv extends Env {
  Bindings: PageCacheBindings & { requestId: string }
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const { routes, logger, pageCacheBytes, errorPage, onPageStored, development } = options
  const nextRequestId = createRequestIds()
  const app = new Hono<PipelineEnv>()

  const answerProblem = async (error: unknown, request: Request, requestId: string): Promise<Response> => {
    const problem = problemOf(error, requestId, development)
    if (problem.status >= 500) logger.error({ err: error, path: new URL(request.url).pathname }, 'request failed')
    const response =
      errorPage && !isApi(request)
        ? await errorPage(problem, request)
        : Response.json(problem, { status: problem.status, headers: { 'content-type': 'application/problem+json' } })
    const retryAfter = retryAfterOf(error)
    if (retryAfter !== undefined) response.headers.set('retry-after', String(retryAfter))
    return response
  }

  app.onError((error, context) => answerProblem(error, context.req.raw, context.env.requestId))
  app.notFound((context) => {
    const missing = new NotFoundError(`There is nothing at ${context.req.path}.`)
    return answerProblem(missing, context.req.raw, context.env.requestId)
  })
  app.route('/', routes)

  const route = (request: Request): Promise<Response> => {
    const requestId = nextRequestId()
    return runInContext({ id: requestId }, async () => {
      const response = await app.fetch(request, pageCache ? { requestId, pageCache } : { requestId })
      response.headers.set('X-Request-Id', requestId)
      return response
    })
  }

  const pageCache =
    pageCacheBytes > 0 ? new PageCache({ maxBytes: pageCacheBytes, render: route, onStored: onPageStored }) : undefined
  return { pageCache, fetch: pageCache ? (request) => pageCache.answer(request) ?? route(request) : route }
}

function isApi(request: Request): boolean {
  return new URL(request.url).pathname.startsWith('/api/')
}
