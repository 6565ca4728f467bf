/**
 * When a process that ended may start again.
 *
 * @module
 */

/** How a process ended. */
export interface Exit {
  /** It had said that it is ready. */
  wasReady: boolean
  /** Killed from outside (a signal) rather than ended by its own failure. */
  bySignal?: string | undefined
  uptimeMs: number
}

export type Restart = { kind: 'restart'; delayMs: number } | { kind: 'give up'; failures: number }

const stableAfterMs = 2_000
const failuresMax = 5
const firstDelayMs = 100
const delayMaxMs = 1_000

/**
 * At once the first time, then with growing pauses, a second at most: whatever kills the workers, the service is away
 * for no longer. A process that fails by itself five times in a row, each time before it was up for two seconds, won't
 * get better by trying: that is a crash loop. One that is killed from outside is always started again.
 */
export class RestartPolicy {
  #shortLives = 0
  #failures = 0

  next({ wasReady, bySignal, uptimeMs }: Exit): Restart {
    const wasStable = wasReady && uptimeMs >= stableAfterMs
    this.#shortLives = wasStable ? 0 : this.#shortLives + 1
    this.#failures = wasStable || bySignal ? 0 : this.#failures + 1
    if (this.#failures >= failuresMax) return { kind: 'give up', failures: this.#failures }
    const delayMs = this.#shortLives <= 1 ? 0 : Math.min(delayMaxMs, firstDelayMs * 2 ** (this.#shortLives - 2))
    return { kind: 'restart', delayMs }
  }
}
