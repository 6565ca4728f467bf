/** Waits for a condition, for tests. @module */

interface UntilOptions {
  /** @default 10000 */
  timeoutMs?: number
  /** Named in the error, so that a failure tells what did not happen. */
  what?: string
}

/**
 * Asks again and again until the answer is truthy, and returns it. An error while asking counts as "not yet".
 *
 * @example
 * const row = await until(() => replica.findRow(id), { what: 'the row on the replica' })
 */
export async function until<Answer>(
  ask: () => Answer | Promise<Answer>,
  { timeoutMs = 10_000, what = 'the condition' }: UntilOptions = {},
): Promise<NonNullable<Awaited<Answer>>> {
  const deadline = performance.now() + timeoutMs
  let last: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer) return answer as NonNullable<Awaited<Answer>>
      last = undefined
    } catch (error) {
      last = error
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`, last === undefined ? {} : { cause: last })
    }
    await Bun.sleep(10)
  }
}
