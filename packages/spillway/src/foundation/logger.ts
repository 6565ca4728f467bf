/**
 * Structured logs: one JSON object a line on standard error, with the id of the request that caused it.
 *
 * @module
 */
import { type DestinationStream, type Logger, pino } from 'pino'
import { currentContext } from './context.ts'
import { loggedError } from './logged-error.ts'

export type { Logger } from 'pino'

/** A logger of one role (`supervisor`, `web`). Levels are pino's, from `trace` to `silent`. */
export function createLogger(role: string, level: string, destination: DestinationStream = standardError()): Logger {
  return pino(
    {
      level,
      base: { role, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: loggedError },
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const context = currentContext()
        return context ? { request_id: context.id } : {}
      },
    },
    destination,
  )
}

const standardError = () => pino.destination({ fd: 2, sync: true })
