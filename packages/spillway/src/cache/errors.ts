/** What can go wrong between asking for a value and having it. @module */
import { SpillwayError, UnavailableError } from '../foundation/index.ts'

/** Another process tried to load the value a moment ago and failed. Over HTTP: 503. */
export class LoadFailedElsewhereError extends UnavailableError {
  constructor(key: string, message: string) {
    super('CACHE_LOAD_FAILED', `Loading "${key}" failed in another process: ${message}`, {
      hint: 'It is tried again after the back-off; that process has the error in its log.',
    })
  }
}

/** The loader took longer than it may. Over HTTP: 503. */
export class LoadTimeoutError extends UnavailableError {
  constructor(key: string, timeoutMs: number) {
    super('CACHE_LOAD_TIMEOUT', `Loading "${key}" took longer than ${timeoutMs} ms.`, {
      hint: 'Make the loader faster, give it a longer hardTimeoutMs, or a grace so that the old value is served.',
    })
  }
}

/** The shared tier is away; the cache goes on without it. Callers never see this. */
export class TierAwayError extends UnavailableError {
  constructor(tier: string, cause?: unknown) {
    super('CACHE_TIER_AWAY', `The shared cache (${tier}) does not answer.`, { cause })
  }
}

export class CacheUsageError extends SpillwayError {
  constructor(message: string, hint: string) {
    super('CACHE_USAGE', message, { hint })
  }
}

/** Something could not be warmed, or a warm-up came to nothing. */
export class WarmingError extends SpillwayError {
  constructor(message: string, cause?: unknown) {
    const hint = 'Visitors load what is missing. `spillway cache warm` tries again.'
    super('CACHE_WARMING_FAILED', message, { hint, cause })
  }
}
