/** One call of a loader for many keys, each under a lease of its own. @module */
import { highestFloors } from '../foundation/index.ts'
import type { Backend } from './backend.ts'
import type { Load, LoadContext } from './load.ts'

export class BulkLoad<Key, Value> {
  readonly #load: (keys: Key[], context: LoadContext) => Promise<Map<Key, Value>>
  readonly #settled = Promise.withResolvers<void>()
  #undecided: number
  #asked: { key: Key; context: LoadContext }[] = []
  #batch: Promise<{ value: Map<Key, Value>; isBehind: boolean }> | undefined
  readonly #backend: Backend

  /** @param keys how many keys there are, of which some will have to be loaded. */
  constructor(load: (keys: Key[], context: LoadContext) => Promise<Map<Key, Value>>, keys: number, backend: Backend) {
    this.#load = load
    this.#backend = backend
    this.#undecided = keys
    if (keys === 0) this.#settled.resolve()
  }

  /** It is known now whether one more of the keys must be loaded. */
  decided(): void {
    if (--this.#undecided === 0) this.#settled.resolve()
  }

  /** The loader of one of the keys. */
  of(key: Key): Load<Value> {
    return async (context) => {
      this.#asked.push({ key, context })
      this.#batch ??= this.#loadAsked(context)
      const { value, isBehind } = await this.#batch
      context.reads.isBehind ||= isBehind
      return value.get(key) as Value
    }
  }

  async #loadAsked(context: LoadContext) {
    await this.#settled.promise
    // All that were decided in this turn have asked by the next.
    await new Promise((resolve) => setImmediate(resolve))
    const asked = this.#asked
    this.#asked = []
    this.#batch = undefined
    // It runs in the context of whoever came first, while others may have leases that ask for more.
    const floors = highestFloors(...asked.map(({ context: { reads } }) => reads.floors))
    const keys = asked.map(({ key }) => key)
    return await this.#backend.load(floors, () => this.#load(keys, context))
  }
}
