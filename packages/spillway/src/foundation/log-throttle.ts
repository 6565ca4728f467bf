/** Keeps log lines that come by the thousand from flooding the log. @module */

/** What comes in more kinds than this within a window is one kind. */
const kindsMax = 100

export class LogThrottle {
  readonly #windowMs: number
  /** By key: how many lines were suppressed in the window that is open. */
  readonly #suppressed = new Map<string, number>()

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /**
   * True when the line may be written now: it is the first of its key for a while.
   *
   * @param tell is called when that while is over and lines were suppressed in it.
   */
  admit(key: string, tell: (suppressed: number, seconds: number) => void): boolean {
    const kind = this.#suppressed.size < kindsMax || this.#suppressed.has(key) ? key : ''
    const suppressed = this.#suppressed.get(kind)
    if (suppressed !== undefined) {
      this.#suppressed.set(kind, suppressed + 1)
      return false
    }
    this.#suppressed.set(kind, 0)
    const close = () => {
      const count = this.#suppressed.get(kind) ?? 0
      this.#suppressed.delete(kind)
      if (count > 0) tell(count, this.#windowMs / 1_000)
    }
    // Unreferenced: a count of suppressed lines must not keep a process alive.
    setTimeout(close, this.#windowMs).unref()
    return true
  }
}
