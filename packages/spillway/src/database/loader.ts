/**
 * Loads rows by key: what is asked for one at a time, in whatever loop, becomes one query.
 *
 * @module
 */
import { contextValue, SpillwayError } from '../foundation/index.ts'
import { queryLog } from './query-log.ts'

type LoaderKey = number | string | bigint

/** Loads a value by key; see `loader` and `groupLoader`. */
export interface Loader<Key extends LoaderKey, Value> {
  (key: Key): Promise<Value>
  /** In the order of the keys. */
  many(keys: Iterable<Key>): Promise<Value[]>
}

export interface LoaderOptions<Key extends LoaderKey, Row> {
  /** The key that a row was loaded for. */
  key: (row: Row) => Key
}

type LoadRows<Key, Row> = (keys: Key[]) => PromiseLike<readonly Row[]>

/** One query asks for this many keys at most. */
const batchMax = 1_000
/** A task may go through a table; what it has seen must not pile up. */
const rememberedMax = 10_000

/**
 * Loads single rows. What one turn of the event loop asks for is loaded by one call of `load`, each key once, at most
 * 1,000 a call. Within a request or task a row is loaded once, until something is written there.
 *
 * @throws {SpillwayError} `LOADER_ROW_UNEXPECTED` when `load` returns rows of other keys, or two of one.
 * @example
 * const categoryById = loader((ids: number[]) => db.select().from(categories).where(inArray(categories.id, ids)), {
 *   key: (row) => row.id,
 * })
 * const category = await categoryById(7) // undefined when there is none
 * const [first, second] = await categoryById.many([7, 8])
 */
export function loader<Key extends LoaderKey, Row>(
  load: LoadRows<Key, Row>,
  { key: keyOf }: LoaderOptions<Key, Row>,
): Loader<Key, Row | undefined> {
  return batched(async (keys) => {
    const found = new Map<Key, Row | undefined>(keys.map((key) => [key, undefined]))
    for (const row of await load(keys)) {
      const key = keyOf(row)
      if (!found.has(key)) throw unexpected(key, 'it was not asked for')
      if (found.get(key) !== undefined) throw unexpected(key, 'there are two')
      found.set(key, row)
    }
    return found
  })
}

/**
 * The same for the many rows of a key, such as the pictures of a product: an array, empty where there are none.
 *
 * @throws {SpillwayError} `LOADER_ROW_UNEXPECTED` when `load` returns rows of other keys.
 * @example
 * const imagesOf = groupLoader(
 *   (ids: number[]) => db.select().from(images).where(inArray(images.productId, ids)).orderBy(images.position),
 *   { key: (row) => row.productId },
 * )
 */
export function groupLoader<Key extends LoaderKey, Row>(
  load: LoadRows<Key, Row>,
  { key: keyOf }: LoaderOptions<Key, Row>,
): Loader<Key, Row[]> {
  return batched(async (keys) => {
    const groups = new Map<Key, Row[]>(keys.map((key) => [key, []]))
    for (const row of await load(keys)) {
      const key = keyOf(row)
      const group = groups.get(key)
      if (!group) throw unexpected(key, 'it was not asked for')
      group.push(row)
    }
    return groups
  })
}

type LoadValues<Key, Value> = (keys: Key[]) => Promise<Map<Key, Value>>

function batched<Key extends LoaderKey, Value>(load: LoadValues<Key, Value>): Loader<Key, Value> {
  const remembered = contextValue(() => new Remembered<Key, Value>(load))
  // Nothing ends outside of a request or task, so there nothing is remembered.
  const outside = new Batch<Key, Value>(load)
  const one = (key: Key) => remembered()?.load(key) ?? outside.add(key)
  return Object.assign(one, { many: (keys: Iterable<Key>) => Promise.all(Array.from(keys, one)) })
}

/** What one request or task has loaded. */
class Remembered<Key extends LoaderKey, Value> {
  readonly #values = new Map<Key, Promise<Value>>()
  readonly #batch: Batch<Key, Value>
  #writes = 0

  constructor(load: LoadValues<Key, Value>) {
    this.#batch = new Batch(load)
  }

  load(key: Key): Promise<Value> {
    const writes = queryLog()?.writes ?? 0
    // A write began or ended since: what was read before, or meanwhile, may be stale.
    if (writes !== this.#writes || this.#values.size >= rememberedMax) this.#values.clear()
    this.#writes = writes
    const known = this.#values.get(key)
    if (known) return known
    const value = this.#batch.add(key)
    this.#values.set(key, value)
    // A failure is told to those who wait for it, not to those who ask later.
    value.catch(() => this.#values.get(key) === value && this.#values.delete(key))
    return value
  }
}

/** The keys that the next call of `load` asks for. */
class Batch<Key, Value> {
  readonly #load: LoadValues<Key, Value>
  #waiting = new Map<Key, PromiseWithResolvers<Value>>()

  constructor(load: LoadValues<Key, Value>) {
    this.#load = load
  }

  add(key: Key): Promise<Value> {
    const waiting = this.#waiting.get(key)
    if (waiting) return waiting.promise
    // After all that can go on without waiting for something outside, so that its keys come along.
    if (this.#waiting.size === 0) setImmediate(() => this.#send())
    const added = Promise.withResolvers<Value>()
    this.#waiting.set(key, added)
    return added.promise
  }

  #send(): void {
    const all = [...this.#waiting]
    this.#waiting = new Map()
    for (let start = 0; start < all.length; start += batchMax) void this.#answer(all.slice(start, start + batchMax))
  }

  async #answer(batch: [Key, PromiseWithResolvers<Value>][]): Promise<void> {
    try {
      const values = await this.#load(batch.map(([key]) => key))
      for (const [key, { resolve }] of batch) resolve(values.get(key) as Value)
    } catch (error) {
      for (const [, { reject }] of batch) reject(error)
    }
  }
}

function unexpected(key: LoaderKey, why: string): SpillwayError {
  return new SpillwayError('LOADER_ROW_UNEXPECTED', `A loader got a row for ${typeof key} ${key}, but ${why}.`, {
    hint: 'Its query must return one row a key, of the type of the keys; many rows a key are for groupLoader.',
  })
}
