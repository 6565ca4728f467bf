/** What everything stands on: errors, settings, logging, time, child processes. @module */
export { messageOf, SpillwayError } from './errors.ts'
