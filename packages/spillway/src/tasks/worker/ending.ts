/** What may end before it is done. @module */

/** Ends a handler from outside: at its timeout, when the process leaves, when the task is not its own any more. */
export class Ending {
  #controller: AbortController | undefined
  #end: { reason: unknown } | undefined
  #leave: ((reason: unknown) => void) | undefined

  /** Made for those who ask for it: most handlers don't. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#end) this.#controller.abort(this.#end.reason)
    return this.#controller.signal
  }

  /** The first reason counts. */
  end(reason: unknown): void {
    if (this.#end) return
    this.#end = { reason }
    this.#controller?.abort(reason)
    this.#leave?.(reason)
  }

  /**
   * Waits for `work` until it is ended: what goes on after that does so alone, and its outcome doesn't count.
   *
   * @throws the reason.
   */
  of<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    this.#leave = reject
    if (this.#end) reject(this.#end.reason)
    else Promise.try(work).then(resolve, reject)
    return promise
  }
}
