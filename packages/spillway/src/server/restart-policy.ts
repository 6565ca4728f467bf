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

export type Restart = { kind: 'restart'; delayMs: number; isCrashLoop: boolean } | { kind: 'give up'; failures: number }

/** What becomes of a process that was ready once, and now fails again and again. */
export type InCrashLoop =
  /** The program ends: whatever runs it, or a person, must see to it. */
  | 'give up'
  /** It is started again after longer pauses. What it works on may be what kills it. */
  | 'go on'

const stableAfterMs = 2_000
const failuresMax = 5
const firstDelayMs = 100
const delayMaxMs = 1_000
/** Starting a process costs a second of a processor. */
const crashLoopDelayMaxMs = 5_000

/**
 * At once the first time, then with growing pauses, a second at most: whatever kills the workers, the service is away
 * for no longer. A process that fails by itself five times in a row, each time before it was up for two seconds, won't
 * get better by trying: that is a crash loop. One that is killed from outside is always started again.
 */
export class RestartPolicy {
  readonly #inCrashLoop: InCrashLoop
  #wasEverReady = false
  #shortLives = 0
  #failures = 0

  constructor(inCrashLoop: InCrashLoop = 'give up') {
    this.#inCrashLoop = inCrashLoop
  }

  next({ wasReady, bySignal, uptimeMs }: Exit): Restart {
    const wasStable = wasReady && uptimeMs >= stableAfterMs
    this.#wasEverReady ||= wasReady
    this.#shortLives = wasStable ? 0 : this.#shortLives + 1
    this.#failures = wasStable || bySignal ? 0 : this.#failures + 1
    const isCrashLoop = this.#failures >= failuresMax
    if (isCrashLoop && !this.#goesOn) return { kind: 'give up', failures: this.#failures }
    const maxMs = isCrashLoop ? crashLoopDelayMaxMs : delayMaxMs
    const delayMs = this.#shortLives <= 1 ? 0 : Math.min(maxMs, firstDelayMs * 2 ** (this.#shortLives - 2))
    return { kind: 'restart', delayMs, isCrashLoop }
  }

  /** What was never ready has a fault of its own. */
  get #goesOn(): boolean {
    return this.#inCrashLoop === 'go on' && this.#wasEverReady
  }
}
