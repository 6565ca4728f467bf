/**
 * The door for requests: the page cache in front of a Hono app, problem documents, validation, assets, purging of CDNs.
 *
 * @module
 */
export { type Assets, assets } from './assets.ts'
export { Cached, type CachedProps } from './cached.tsx'
export { HttpError, InvalidRequestError, NotFoundError } from './errors.ts'
export { addTags, cachePage, invalidatePages } from './page-cache/middleware.ts'
export { PageCache } from './page-cache/page-cache.ts'
export type { CachePageOptions } from './page-cache/policy.ts'
export { everyPage, SharedPages } from './page-cache/shared-pages.ts'
export { type Dimension, varyOnDevice, varyOnLanguage } from './page-cache/vary.ts'
export { createPipeline, type Pipeline, type PipelineOptions } from './pipeline.ts'
export type { Problem } from './problem.ts'
export { type CdnPurge, defaultSharedTtl, type HeaderList, notAtCdn } from './purge/cdn-purge.ts'
export { cdnFrom, cdnPurgeUrl } from './purge/cdn-url.ts'
export { PurgeFailedError } from './purge/purge-call.ts'
export { Purger, type PurgerOptions } from './purge/purger.ts'
export { readJson, validate } from './validate.ts'
