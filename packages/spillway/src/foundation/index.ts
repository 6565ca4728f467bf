/** What everything stands on: settings, errors, logging, time, lifecycle. @module */
export { coarseClock } from './clock.ts'
export { type Context, currentContext, runInContext } from './context.ts'
export { messageOf, SpillwayError, UnavailableError } from './errors.ts'
export { type Part, startParts } from './lifecycle.ts'
export { createLogger, type Logger } from './logger.ts'
export {
  describeSettings,
  onOff,
  type PlatformSettings,
  platformSettings,
  readSettings,
  type SettingsSchema,
  wholeNumber,
} from './settings.ts'
