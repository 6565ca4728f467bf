/**
 * `cachePage`: the page cache as a property of a route.
 *
 * @module
 */
import type { Context, MiddlewareHandler } from 'hono'
import type { PageCache } from './page-cache.ts'
import { type CachePageOptions, policyOf } from './policy.ts'

/** What the server hands to the routes beside the request; Hono calls it bindings. */
export interface PageCacheBindings {
  /** Absent when the page cache is off. */
  pageCache?: PageCache
  /** Those that the handler of this request has added. */
  pageTags?: string[]
}

/**
 * Stores a route's answers in the page cache. The handler sees the declared query parameters and the normalised
 * dimensions only, so an answer can't depend on anything that is not in its key.
 *
 * @example
 * app.get('/products/:id', cachePage({ ttl: 21_600, tags: (c) => [`product:${c.req.param('id')}`] }), showProduct)
 */
export function cachePage(options: CachePageOptions): MiddlewareHandler {
  const policy = policyOf(options)
  return async (context, next) => {
    const cache = (context.env as PageCacheBindings | undefined)?.pageCache
    const request = context.req.raw
    if (!cache || (request.method !== 'GET' && request.method !== 'HEAD') || request.headers.has('authorization')) {
      await next()
      if (cache) cache.figures.bypasses++
      context.res.headers.set('X-Cache', 'BYPASS')
      return
    }
    const declared = typeof policy.tags === 'function' ? policy.tags(context) : policy.tags
    const response = await cache.fill(request, policy, declared, async (keyed) => {
      context.req.raw = keyed
      await next()
      context.req.raw = request
      return { response: context.res, tags: [...declared, ...((context.env as PageCacheBindings).pageTags ?? [])] }
    })
    // Hono would merge the headers of the answer that the handler made into the stored one.
    context.res = undefined
    context.res = response
  }
}

/**
 * Drops the stored pages that carry one of the tags, in all processes, and what the caches that share their tier with
 * them keep. Call it after the commit of what has changed.
 *
 * @example
 * await db.transaction(async (tx) => {
 *   await tx.update(products).set({ price }).where(eq(products.id, 42))
 *   tx.onCommit(() => invalidatePages(c, 'product:42'))
 * })
 */
export async function invalidatePages(context: Context, ...tags: string[]): Promise<void> {
  const { pageCache } = context.env as PageCacheBindings
  await pageCache?.invalidate(...tags)
}

/** Adds tags that only the handler knows to the answer under way. */
export function addTags(context: Context, ...tags: string[]): void {
  const env = context.env as PageCacheBindings | undefined
  if (!env?.pageCache) return
  env.pageTags ??= []
  env.pageTags.push(...tags)
}
