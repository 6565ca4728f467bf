/** A pause that a stop can cut short. @module */

/** Resolves after `ms`, or as soon as `signal` is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (signal.aborted) return Promise.resolve()
  const finish = () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', finish)
    resolve()
  }
  const timer = setTimeout(finish, ms)
  signal.addEventListener('abort', finish)
  return promise
}

/** Nothing before the first repetition, then 200 ms, 400 ms, … up to 5 s. */
export function backoffMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(5_000, 100 * 2 ** failures)
}
