/**
 * What happens to a request: the page cache answers, or the routes do, with an id, a context and one way to fail.
 *
 * @module
 */
import { type Env, Hono } from 'hono'
import { warnOfRepeatedQueries } from '../database/index.ts'
import { type Logger, runInContext } from '../foundation/index.ts'
import { ConsistencyTokens } from './consistency.ts'
import { InvalidRequestError, NotFoundError } from './errors.ts'
import { pathOf, rawAddress } from './page-cache/address.ts'
import type { PageCacheBindings } from './page-cache/middleware.ts'
import { PageCache } from './page-cache/page-cache.ts'
import type { SharedPages } from './page-cache/shared-pages.ts'
import { type Problem, problemOf, retryAfterOf } from './problem.ts'
import type { CdnPurge } from './purge/cdn-purge.ts'
import { pageTags } from './render-tags.ts'
import { createRequestIds } from './request-id.ts'

export interface PipelineOptions {
  // biome-ignore lint/suspicious/noExplicitAny: an app's own bindings and variables are its own business.
  routes: Hono<any>
  logger: Logger
  /** Bound of the page cache in bytes; 0 turns it off. */
  pageCacheBytes: number
  /** A page for people, for problems outside of `/api/`. Without it they get the problem document too. */
  errorPage?: ((problem: Problem, request: Request) => Response | Promise<Response>) | undefined
  /** Signs the tokens by which a session's reads follow its writes; without it they don't leave the process. */
  secret?: string | undefined
  /** The pages that all processes share; without it each has its own. */
  sharedPages?: SharedPages | undefined
  /** What keeps pages between clients and this program. */
  cdn?: CdnPurge | undefined
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
  const { routes, logger, pageCacheBytes, errorPage, secret, sharedPages, cdn, development } = options
  const tokens = secret === undefined ? undefined : new ConsistencyTokens(secret)
  const nextRequestId = createRequestIds()
  const app = new Hono<PipelineEnv>()

  const pageFor = async (problem: Problem, request: Request): Promise<Response | undefined> => {
    try {
      return await errorPage?.(problem, request)
    } catch (error) {
      // Whoever asked still learns of the first failure, from its document.
      logger.error({ err: error }, 'the error page failed')
      return undefined
    }
  }

  const answerProblem = async (error: unknown, request: Request, requestId: string): Promise<Response> => {
    const problem = problemOf(error, requestId, development)
    if (problem.status >= 500) logger.error({ err: error, path: pathname(request) }, 'request failed')
    const response =
      (isApi(request) ? undefined : await pageFor(problem, request)) ??
      Response.json(problem, { status: problem.status, headers: { 'content-type': 'application/problem+json' } })
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

  const route = (given: Request): Promise<Response> => {
    const requestId = nextRequestId()
    // Routes answer HEAD as GET, and the server drops the body: so Content-Length is that of the GET.
    const request = given.method === 'HEAD' ? new Request(given, { method: 'GET' }) : given
    return runInContext({ id: requestId }, async () => {
      tokens?.receive(request)
      const response = URL.canParse(request.url)
        ? await app.fetch(request, pageCache ? { requestId, pageCache, pageTags: pageTags() ?? [] } : { requestId })
        : await answerProblem(hostInvalid(), request, requestId)
      response.headers.set('X-Request-Id', requestId)
      const sending = tokens?.send(response)
      if (sending) await sending
      warnOfRepeatedQueries(logger, () => ({ method: request.method, path: pathname(request) }))
      return response
    })
  }

  const pageCache =
    pageCacheBytes > 0
      ? new PageCache({ maxBytes: pageCacheBytes, render: route, shared: sharedPages, cdn })
      : undefined
  /**
   * Without a Host header, as HTTP/1.0 allows, or with one that is none, Bun gives a path instead of a URL. Router and
   * page cache would cut different paths out of that, and one page be stored under the address of another.
   */
  const routeWithoutHost = (request: Request): Response | Promise<Response> => {
    const local = new Request(`http://localhost${request.url}`, request)
    if (request.headers.get('host')) return answerProblem(hostInvalid(), local, nextRequestId())
    return pageCache?.answer(local) ?? route(local)
  }

  const miss = (request: Request) => (request.url.startsWith('/') ? routeWithoutHost(request) : route(request))
  return { pageCache, fetch: pageCache ? (request) => pageCache.answer(request) ?? miss(request) : miss }
}

const hostInvalid = () => new InvalidRequestError('The Host header names no host.')

function isApi(request: Request): boolean {
  return pathname(request).startsWith('/api/')
}

function pathname(request: Request): string {
  return pathOf(rawAddress(request.url))
}
