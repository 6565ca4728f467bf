/** One call of a loader for many keys, each under a lease of its own. @module */
import type { Load, LoadContext } from './cache.ts'

export class BulkLoad<Key, Value> {
  readonly #load: (keys: Key[], context: LoadContext) => Promise<Map<Key, Value>>
  readonly #settled = Promise.withResolvers<void>()
  #undecided: number
  #asked: Key[] = []
  #batch: Promise<Map<Key, Value>> | undefined

  /** @param keys how many keys there are, of which some will have to be loaded. */
  constructor(load: (keys: Key[], context: LoadContext) => Promise<Map<Key, Value>>, keys: number) {
    this.#load = load
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
      this.#asked.push(key)
      this.#batch ??= this.#loadAsked(context)
      return (await this.#batch).get(key) as Value
    }
  }

  async #loadAsked(context: LoadContext): Promise<Map<Key, Value>> {
    await this.#settled.promise
    // All that were decided in this turn have asked by the next.
    await new Promise((resolve) => setImmediate(resolve))
    const keys = this.#asked
    this.#asked = []
    this.#batch = undefined
    return await this.#load(keys, context)
  }
}
