/**
 * Values in this process, behind them a tier that all processes share, behind that the loader.
 *
 * @module
 */
export { AbsentTier } from './absent-tier.ts'
export { Backend, type BackendOptions, type FloorHooks, type Listener } from './backend.ts'
export { Cache } from './cache.ts'
export type {
  CacheOptions,
  RememberManyOptions,
  RememberOptions,
  StartOptions,
  ValueOptions,
} from './cache-options.ts'
export { Caches, type CachesDefinition, defineCaches } from './caches.ts'
export { Codec, type CodecOptions, CorruptValueError, type EncryptionKeys } from './codec.ts'
export { LoadFailedElsewhereError, LoadTimeoutError, TierAwayError, WarmingError } from './errors.ts'
export {
  type CacheFigures,
  type Figures,
  type HotKey,
  hitRate,
  newFigures,
  type StrategyFigures,
  sumOf,
} from './figures/figures.ts'
export { FleetFigures, figuresEveryMs, type ProcessFigures } from './figures/fleet-figures.ts'
export { redisUsage, sqliteUsage, type TierUsage } from './figures/tier-usage.ts'
export { FleetLoader } from './fleet-loader.ts'
export type { Load, LoadContext } from './load.ts'
export { LocalTags, type Tag } from './local/tags.ts'
export { MemoryTier, silentBus } from './memory-tier.ts'
export { deleteMatching } from './pattern.ts'
export { redisAddress } from './redis/address.ts'
export { RedisBus } from './redis/bus.ts'
export { openRedis, type RedisAddress, type RedisOptions } from './redis/options.ts'
export { RedisTier } from './redis/tier.ts'
export type {
  Bus,
  Invalidation,
  LeaseAnswer,
  LeaseRequest,
  Notice,
  Reading,
  SharedTier,
  TagVersion,
} from './shared-tier.ts'
export { type SharedValue, SharedValues } from './shared-values.ts'
export { SqliteBus } from './sqlite/bus.ts'
export { SqliteTier, type SqliteTierOptions } from './sqlite/tier.ts'
export { type Strategy, strategies } from './strategies.ts'
export { runWarmer, type WarmedRun, type Warmer, type WarmerDefinition, type Warming, warmer } from './warmers.ts'
