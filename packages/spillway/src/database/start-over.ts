/**
 * When a transaction that failed is begun again, and when no more.
 *
 * @module
 */
import { ConnectionLostError, isConflict } from './errors.ts'
import { TransactionTimeoutError } from './transaction-errors.ts'

export interface RetryOptions {
  /** How often to start over. Default 20. */
  retries?: number | undefined
  /**
   * Longest time for all attempts together; what is at work then is cancelled and rolled back. Without it an attempt
   * takes as long as its statements may, and none is begun after 30 s.
   */
  timeoutMs?: number | undefined
  /** Aborting it rolls back, and rejects with its reason. Once COMMIT was sent, it does nothing. */
  signal?: AbortSignal | undefined
}

/** An attempt that failed, and why there will be another. */
export interface TransactionRetry {
  /** 1 for the first one. */
  attempt: number
  delayMs: number
  error: unknown
}

const firstDelayMs = 10
const delayMaxMs = 1_000
/** As long as a statement may take by default; a client has given up long before. */
const retryWithinMs = 30_000

/**
 * Calls `attempt` until it succeeds, fails for good, or its time is over. Deadlocks and serialization failures are tried
 * again, a growing random while later; a connection that broke before COMMIT is, once.
 */
export async function startOver<Result>(
  attempt: (signal: AbortSignal | undefined) => Promise<Result>,
  { retries = 20, timeoutMs, signal }: RetryOptions,
  onRetry: (retry: TransactionRetry) => void,
): Promise<Result> {
  using deadline = timeoutMs === undefined ? undefined : new Deadline(timeoutMs)
  const signals = [signal, deadline?.signal].filter((one) => one !== undefined)
  const giveUp = signals.length > 0 ? AbortSignal.any(signals) : undefined
  const lastBeginMs = performance.now() + (timeoutMs ?? retryWithinMs)
  let connectionsLost = 0
  for (let count = 1; ; count++) {
    try {
      return await attempt(giveUp)
    } catch (error) {
      const mayWork = isConflict(error) || (error instanceof ConnectionLostError && connectionsLost++ === 0)
      const delayMs = Math.random() * Math.min(delayMaxMs, firstDelayMs * 2 ** (count - 1))
      if (!mayWork || count > retries || performance.now() + delayMs > lastBeginMs) throw error
      onRetry({ attempt: count, delayMs, error })
      await Bun.sleep(delayMs)
    }
  }
}

/** Aborts its signal after `timeoutMs`, unless it is disposed of before. */
class Deadline {
  readonly #controller = new AbortController()
  readonly #timer: ReturnType<typeof setTimeout>

  constructor(timeoutMs: number) {
    const error = () => new TransactionTimeoutError(`The transaction took longer than ${timeoutMs} ms.`)
    this.#timer = setTimeout(() => this.#controller.abort(error()), timeoutMs)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }
}
