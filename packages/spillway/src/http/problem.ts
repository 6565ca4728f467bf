/**
 * Every failure as `application/problem+json` (RFC 9457). Nothing of the inside leaks: no stack, no SQL.
 *
 * @module
 */
import { HTTPException } from 'hono/http-exception'
import { InvalidCursorError, isTextRefused } from '../database/index.ts'
import { messageOf, SpillwayError, UnavailableError } from '../foundation/index.ts'
import { HttpError } from './errors.ts'

export interface Problem {
  /** The HTTP status. */
  status: number
  /** The status in words. */
  title: string
  /** A stable name for programs. */
  code: string
  /** What happened and what to do, for people. */
  detail: string
  /** With failures of ours, for support; a stored 404 would carry somebody else's. */
  request_id?: string
  [member: string]: unknown
}

const titles: Record<number, string> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** What to answer for an error. Unexpected ones are a plain 500; with `showInternals` they carry message and stack. */
export function problemOf(error: unknown, requestId: string, showInternals = false): Problem {
  const expected = expectedCause(error)
  if (expected instanceof HttpError) return problem(expected.status, expected, requestId, expected.details)
  if (expected instanceof UnavailableError) return problem(503, expected, requestId)
  if (expected instanceof InvalidCursorError) return problem(400, expected, requestId)
  if (isTextRefused(error)) {
    const message = 'A text has a character that can not be stored, U+0000.'
    return problem(400, { code: 'TEXT_INVALID', message, hint: 'Remove it and try again.' }, requestId)
  }
  if (error instanceof HTTPException) {
    return problem(
      error.status,
      { code: 'HTTP_ERROR', message: error.message || (titles[error.status] ?? '') },
      requestId,
    )
  }
  const internals = showInternals
    ? { error: messageOf(error), stack: error instanceof Error ? error.stack : undefined }
    : {}
  const message = 'Something went wrong on our side. Tell us the request id if it goes on.'
  return problem(500, { code: 'INTERNAL_ERROR', message }, requestId, internals)
}

/** Seconds after which to try again, where the error says so. */
export function retryAfterOf(error: unknown): number | undefined {
  const expected = expectedCause(error)
  return expected instanceof UnavailableError ? expected.retryAfterSeconds : undefined
}

/** Drizzle wraps what the driver throws; the reason is down the chain of causes. */
function expectedCause(error: unknown): SpillwayError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof SpillwayError) return cause
  return undefined
}

function problem(
  status: number,
  { code, message, hint }: { code: string; message: string; hint?: string | undefined },
  requestId: string,
  details: Record<string, unknown> = {},
): Problem {
  // The hint of an outage is for whoever runs the service; it stays in the log.
  const detail =
    hint && status < 500
      ? `${message} ${hint}`
      : status === 503
        ? 'The service is busy or being restarted. Try again shortly.'
        : message
  return {
    status,
    title: titles[status] ?? 'Error',
    code,
    detail,
    ...(status >= 500 && { request_id: requestId }),
    ...details,
  }
}
