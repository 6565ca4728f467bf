/**
 * What a route declares about the caching of its answers.
 *
 * @module
 */
import type { Context } from 'hono'
import { type CdnPurge, defaultSharedTtl } from '../purge/cdn-purge.ts'
import type { Dimension } from './vary.ts'

/** All times in seconds. */
export interface CachePageOptions {
  /** How long an answer is fresh here. */
  ttl: number
  /** How long after that it may be served while one request renders it anew. Default 60. */
  grace?: number
  /** `max-age` for browsers. Default 0: they ask again, and get a 304. */
  browserTtl?: number
  /** `s-maxage` for CDNs and proxies. Default: `ttl` where it can be purged there, else 60 at most. */
  sharedTtl?: number
  /** Keep 404 and 410 for this long. Default 0: not at all. */
  negativeTtl?: number
  /** The answer never changes under this address: browsers need not ask again. */
  immutable?: boolean
  /** By what the answer differs beside its address. */
  vary?: readonly Dimension[]
  /** The query parameters that reach the handler and the key. All others are dropped. */
  query?: readonly string[]
  /** Invalidating one of these drops the answer. `addTags` adds those that only the handler knows. */
  tags?: readonly string[] | ((context: Context) => readonly string[])
}

export interface Policy extends Required<Omit<CachePageOptions, 'sharedTtl'>> {
  readonly sharedTtl: number | undefined
  readonly varyHeader: string
}

export function policyOf(options: CachePageOptions): Policy {
  const { ttl, grace = 60, browserTtl = 0, sharedTtl, negativeTtl = 0 } = options
  const { immutable = false, vary = [], query = [], tags = [] } = options
  return {
    ...{ ttl, grace, browserTtl, sharedTtl, negativeTtl, immutable, vary, query, tags },
    varyHeader: ['Accept-Encoding', ...vary.map(({ header }) => header)].join(', '),
  }
}

/** What browsers and shared caches are told to do with an answer, by its status. */
export function cacheControlOf(policy: Policy, status: number, cdn: CdnPurge | undefined): string {
  if (status >= 400) return 'no-cache'
  const { ttl, grace, browserTtl, sharedTtl = defaultSharedTtl(ttl, cdn), immutable } = policy
  const directives = ['public', `max-age=${browserTtl}`, `s-maxage=${sharedTtl}`]
  if (grace > 0) directives.push(`stale-while-revalidate=${grace}`)
  if (immutable) directives.push('immutable')
  return directives.join(', ')
}

/** For how many seconds an answer of a route is kept, by its status. */
export function lifetimeOf({ ttl, grace, negativeTtl }: Policy, status: number): { ttl: number; grace: number } {
  return status >= 400 ? { ttl: negativeTtl, grace: 0 } : { ttl, grace }
}

/** The values of a request in a policy's dimensions, as one key; empty when there are none. */
export function variantOf(policy: Policy, headers: Headers): string {
  const { vary } = policy
  if (vary.length === 0) return ''
  if (vary.length === 1) return vary[0]!.of(headers)
  return vary.map((dimension) => dimension.of(headers)).join('\0')
}
