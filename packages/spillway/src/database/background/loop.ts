/** A task that is run again and again, sooner while there is something to do. @module */

export interface LoopOptions {
  /** One turn. @returns whether there was something to do. */
  turn: () => Promise<boolean>
  /** The first failed turn in a row; the next one comes after the longest pause. */
  onError: (error: unknown) => void
  /** The first turn that succeeds after that. */
  onRecovery: () => void
  /** The pause after a turn with work. */
  busyMs: number
  /** The longest pause, reached by doubling while there is no work. */
  idleMs: number
  /** At most this share of the time is work: a turn that gets slow gets rarer. @default 1 */
  workShareMax?: number
}

export class Loop {
  readonly #options: LoopOptions
  #running: Promise<void> | undefined
  #endPause: (() => void) | undefined
  #isStopping = false
  /** There is work that the last turn may not have seen. */
  #isWoken = false
  /** The last turn found nothing to do. */
  #isIdle = false

  constructor(options: LoopOptions) {
    this.#options = options
  }

  start(): void {
    this.#running = this.#run()
  }

  /**
   * There is something to do: a pause for want of work ends at once. Turns that find work keep their pauses, so that
   * whoever wakes a thousand times a second makes no thousand turns.
   */
  wake(): void {
    this.#isWoken = true
    if (this.#isIdle) this.#endPause?.()
  }

  /** Resolves when the turn under way has ended. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.#endPause?.()
    await this.#running
  }

  async #run(): Promise<void> {
    const { turn, onError, onRecovery, busyMs, idleMs, workShareMax = 1 } = this.#options
    let pauseMs = busyMs
    let isFailing = false
    while (!this.#isStopping) {
      const startedAt = performance.now()
      this.#isWoken = false
      this.#isIdle = false
      try {
        const hasWork = (await turn()) || this.#isWoken
        pauseMs = hasWork ? busyMs : Math.min(idleMs, pauseMs * 2)
        this.#isIdle = !hasWork
        if (isFailing) onRecovery()
        isFailing = false
      } catch (error) {
        if (this.#isStopping) return
        if (!isFailing) onError(error)
        isFailing = true
        pauseMs = idleMs
      }
      const workMs = performance.now() - startedAt
      await this.#pause(Math.max(pauseMs, workMs / workShareMax - workMs))
    }
  }

  /** Ends early when the loop is stopped or woken. */
  async #pause(ms: number): Promise<void> {
    if (this.#isStopping) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    this.#endPause = resolve
    await promise
    clearTimeout(timer)
  }
}
