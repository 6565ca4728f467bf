/** Errors that say with which HTTP status they should be answered. @module */
import { SpillwayError } from '../foundation/index.ts'

interface HttpErrorOptions {
  hint?: string
  cause?: unknown
  /** Members of the problem document beside the standard ones. */
  details?: Record<string, unknown>
}

export class HttpError extends SpillwayError {
  readonly details: Record<string, unknown>

  constructor(
    readonly status: number,
    code: string,
    message: string,
    { details = {}, ...options }: HttpErrorOptions = {},
  ) {
    super(code, message, options)
    this.details = details
  }
}

/** 404. @example throw new NotFoundError('There is no product 42.') */
export class NotFoundError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(404, 'NOT_FOUND', message, options)
  }
}

/** 400. @example throw new InvalidRequestError('limit must be from 1 to 100.') */
export class InvalidRequestError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(400, 'REQUEST_INVALID', message, options)
  }
}
