/** Errors as they may be logged: what people entered stays out. @module */
import { pino } from 'pino'

/** Where database clients put values into an error: the parameters, and the row that a constraint refused. */
const valueFields = ['params', 'detail', 'where']
const copied = ['message', 'stack', 'cause']
const parametersInMessage = /\nparams: [\s\S]*$/

/** For pino's `err`: type, message, stack and causes, without the values of a query. */
export function loggedError(error: unknown): unknown {
  return error instanceof Error ? pino.stdSerializers.err(withoutValues(error) as Error) : error
}

/** Longer chains of causes are cut: one may lead back to its own error. */
const causesMax = 8

function withoutValues(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error
  const message = 'params' in error ? error.message.replace(parametersInMessage, '') : error.message
  const fields = Object.entries(error).filter(([name]) => ![...valueFields, ...copied].includes(name))
  const copy = Object.create(Object.getPrototypeOf(error), {
    message: { value: message },
    stack: { value: error.stack?.replace(error.message, message) },
  })
  if (error.cause !== undefined && depth < causesMax) {
    Object.defineProperty(copy, 'cause', { value: withoutValues(error.cause, depth + 1) })
  }
  return Object.assign(copy, Object.fromEntries(fields))
}
