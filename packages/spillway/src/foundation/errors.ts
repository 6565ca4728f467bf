/**
 * The base of every error that Spillway throws on purpose.
 *
 * @module
 */

interface SpillwayErrorOptions {
  /** What the reader can do about it, as an imperative sentence. */
  hint?: string
  cause?: unknown
}

/**
 * An expected failure. `message` says what happened and why, `hint` what to do, `code` names it for programs.
 * The command line prints these without a stack; anything else is a bug and is printed with one.
 *
 * @example
 * throw new SpillwayError('SETTINGS_INVALID', 'PORT is "eighty"', { hint: 'Set PORT to a number such as 8000.' })
 */
export class SpillwayError extends Error {
  /** Stable, in SCREAMING_SNAKE_CASE. */
  readonly code: string
  readonly hint: string | undefined

  constructor(code: string, message: string, { hint, cause }: SpillwayErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = new.target.name
    this.code = code
    this.hint = hint
  }
}

/** The message of anything that was thrown, for a log line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * Something that Spillway needs is away for now. Over HTTP it becomes 503 with `Retry-After`.
 */
export class UnavailableError extends SpillwayError {
  readonly retryAfterSeconds: number

  constructor(code: string, message: string, options: SpillwayErrorOptions & { retryAfterSeconds?: number } = {}) {
    super(code, message, options)
    this.retryAfterSeconds = options.retryAfterSeconds ?? 1
  }
}
