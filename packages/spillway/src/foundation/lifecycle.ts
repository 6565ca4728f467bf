/**
 * Long-lived parts start in order and stop in reverse.
 *
 * @module
 */

export interface Part {
  readonly name: string
  start(): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts the parts one after the other. When one fails, those before it are stopped and the error is thrown.
 *
 * @returns a function that stops them all in reverse order; every part gets its chance, the first error is thrown.
 */
export async function startParts(parts: Part[]): Promise<() => Promise<void>> {
  const started: Part[] = []
  const stop = async () => {
    const errors: unknown[] = []
    while (started.length > 0) {
      await started
        .pop()
        ?.stop()
        .catch((error: unknown) => errors.push(error))
    }
    if (errors.length > 0) throw errors[0]
  }
  for (const part of parts) {
    try {
      await part.start()
      started.push(part)
    } catch (error) {
      // The start's own error is the one to tell; what fails while cleaning up after it is only a consequence.
      await stop().catch(() => undefined)
      throw error
    }
  }
  return stop
}
