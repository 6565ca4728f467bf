/** What everything stands on: settings, errors, logging, time, lifecycle, child processes. @module */
export { cacheSettings, givenRedis } from './cache-settings.ts'
export { coarseClock } from './clock.ts'
export { type Context, contextValue, currentContext, runInContext } from './context.ts'
export { databaseSettings, givenDatabase } from './database-settings.ts'
export { messageOf, SpillwayError, UnavailableError } from './errors.ts'
export { type Floors, highestFloors, noFloors, parseFloors } from './floors.ts'
export { type Part, startParts } from './lifecycle.ts'
export { acquireLock, type Lock, LockHeldError } from './lock.ts'
export { LogThrottle } from './log-throttle.ts'
export { loggedError } from './logged-error.ts'
export { createLogger, type Logger } from './logger.ts'
export { hostUrls, placeOf } from './postgres-url.ts'
export {
  describeSettings,
  onOff,
  type PlatformSettings,
  platformSettings,
  readSettings,
  type SettingsSchema,
  wholeNumber,
} from './settings.ts'
export { Sieve, SieveNode } from './sieve.ts'
export { startTether, type Tether } from './tether.ts'
