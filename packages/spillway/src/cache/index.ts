/**
 * Values in this process, behind them a tier that all processes share, behind that the loader.
 *
 * @module
 */
export { Backend, type BackendOptions, type Listener } from './backend.ts'
export {
  Cache,
  type CacheOptions,
  type Load,
  type LoadContext,
  type RememberManyOptions,
  type RememberOptions,
  type ValueOptions,
} from './cache.ts'
export { Caches, type CachesDefinition, defineCaches } from './caches.ts'
export { type CodecOptions, CorruptValueError, type EncryptionKeys } from './codec.ts'
export { LoadFailedElsewhereError, LoadTimeoutError, TierAwayError } from './errors.ts'
export { LocalTags, type Tag } from './local-tags.ts'
export { MemoryTier, silentBus } from './memory-tier.ts'
export { RedisBus } from './redis-bus.ts'
export type { RedisAddress, RedisOptions } from './redis-options.ts'
export { RedisTier } from './redis-tier.ts'
export type { Bus, LeaseAnswer, LeaseRequest, Notice, Reading, SharedTier, TagVersion } from './shared-tier.ts'
export { SqliteBus } from './sqlite-bus.ts'
export { SqliteTier, type SqliteTierOptions } from './sqlite-tier.ts'
export { type Strategy, strategies } from './strategies.ts'
