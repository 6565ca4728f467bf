/** The shop's caches for tests, as one web worker has them. @module */
import { Backend, MemoryTier, type SharedTier, type StartOptions, silentBus } from 'spillway/cache'
import { createLogger } from 'spillway/foundation'
import { caches } from './caches.ts'

const logger = createLogger('test', 'silent')

/**
 * Starts the caches as a new process would, with nothing in them but what the tier has; those that ran before end.
 *
 * @param options `remembers: false` for tests of what the database says.
 */
export function startCaches(tier: SharedTier = new MemoryTier(), options?: StartOptions): Backend {
  caches.stop()
  const backend = new Backend({ tier, bus: silentBus, logger })
  caches.start(() => backend, logger, options)
  return backend
}
