/** What can be said of a cache, and of a value in it. @module */
import type { CodecOptions } from './codec.ts'
import type { Strategy } from './strategies.ts'

export interface CacheOptions {
  /** In keys of the shared tier, figures and log lines. */
  name: string
  /** Bound of what this process keeps. @default 64 MiB */
  localBytes?: number
  /** Part of every key: raise it when values change their shape. @default 1 */
  version?: number
  /** Lifetimes by name, beside hot, warm, cold and session. */
  strategies?: Record<string, Strategy>
  /** Values live up to this share shorter, by chance. @default 0.1 */
  jitter?: number
  codec?: CodecOptions
  /** A loading process that dies is replaced after this. @default 2000 */
  leaseMs?: number
  /** After a load that failed nobody tries again for this long. @default 1000 */
  backoffMs?: number
}

export interface ValueOptions {
  /** Name of a lifetime. @default 'warm' */
  strategy?: string
  /** Seconds, in place of a strategy. */
  ttl?: number
  /** Seconds after the ttl for which the old value may be served while it is loaded anew, or when that fails. */
  grace?: number
  /** What `invalidate` can drop it by. */
  tags?: readonly string[]
}

export interface RememberOptions extends ValueOptions {
  /** With an old value at hand, wait for the new one no longer than this. */
  softTimeoutMs?: number
  /** Give the load up after this. @default 30000 */
  hardTimeoutMs?: number
}

/** With `rememberMany`: which tags the value of a key carries. */
export interface RememberManyOptions<Key> extends Omit<RememberOptions, 'tags'> {
  tags?: (key: Key) => readonly string[]
}

export interface StartOptions {
  /** When false, every `remember` loads, and nothing that it loads is kept; what is set is kept as ever. @default true */
  remembers?: boolean
}
