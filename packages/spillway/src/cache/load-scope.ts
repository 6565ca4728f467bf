/**
 * What is read from the cache while something else is loaded into it. A load takes its number from the tier; this
 * process may not have heard yet of what was invalidated before that. What went from its own copies into the new value
 * would be kept as new, so inside a load values come from the tier.
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks'

/** For all processes, under a lease; or, while the tier is away, for this one and a moment. */
type LoadKind = 'leased' | 'alone'

const storage = new AsyncLocalStorage<LoadKind>()
let leased = 0

/** Runs a load. */
export async function inLoad<Value>(kind: LoadKind, load: () => Promise<Value>): Promise<Value> {
  if (kind === 'alone') return await storage.run(kind, load)
  leased++
  try {
    return await storage.run(kind, load)
  } finally {
    leased--
  }
}

/** Whether the caller loads for all processes. Costs nothing worth naming while nobody in this process does. */
export const isInLeasedLoad = (): boolean => leased > 0 && storage.getStore() === 'leased'

/** Whether the caller is part of another load, which would wait for it. */
export const isInLoad = (): boolean => storage.getStore() !== undefined
