/**
 * Reads of one turn of the event loop travel as one MGET: the driver's cost by command, and its promises, are paid once
 * for all of them, and a tag that several ask for is asked for once.
 *
 * @module
 */

import type { Reading, TagVersion } from '../shared-tier.ts'
import type { RedisConnection } from './connection.ts'

/** Redis does nothing else meanwhile: a MGET of so many takes it about a millisecond. */
const namesMax = 1_000

interface Waiting {
  /** Its values are from here to there, those of its tags at these places. */
  start: number
  end: number
  tags: number[]
  resolve: (reading: Reading) => void
  reject: (error: unknown) => void
}

interface Batch {
  values: string[]
  tags: Map<string, number>
  waiting: Waiting[]
}

export class RedisReads {
  readonly #connection: RedisConnection
  #next: Batch | undefined

  constructor(connection: RedisConnection) {
    this.#connection = connection
  }

  /** What is under the names; nothing for keys of another type. */
  read(valueNames: readonly string[], tagNames: readonly string[]): Promise<Reading> {
    if (valueNames.length + tagNames.length === 0) return Promise.resolve({ entries: [], versions: [] })
    const batch = this.#next ?? this.#open()
    const { values, tags, waiting } = batch
    const start = values.length
    for (const name of valueNames) values.push(name)
    const places: number[] = []
    for (const name of tagNames) {
      let place = tags.get(name)
      if (place === undefined) {
        place = tags.size
        tags.set(name, place)
      }
      places.push(place)
    }
    if (values.length + tags.size >= namesMax) this.#next = undefined
    return new Promise((resolve, reject) => {
      waiting.push({ start, end: values.length, tags: places, resolve, reject })
    })
  }

  #open(): Batch {
    const batch: Batch = { values: [], tags: new Map(), waiting: [] }
    this.#next = batch
    setImmediate(() => void this.#send(batch))
    return batch
  }

  /** Never rejects. */
  async #send(batch: Batch): Promise<void> {
    if (this.#next === batch) this.#next = undefined
    const names = [...batch.values, ...batch.tags.keys()]
    try {
      const found = await this.#connection.ask((client) => client.mgetBuffer(names))
      // Versions may be newer than the values, or older when the invalidation has not returned yet: both are right.
      const { floor, limit } = this.#connection
      const versions = found.splice(batch.values.length).map((bytes) => versionIn(bytes, floor, limit))
      for (const { start, end, tags, resolve } of batch.waiting) {
        const entries: Reading['entries'] = []
        for (let index = start; index < end; index++) entries.push(found[index] ?? undefined)
        const own: TagVersion[] = []
        for (const place of tags) own.push(versions[place])
        resolve({ entries, versions: own })
      }
    } catch (error) {
      for (const { reject } of batch.waiting) reject(error)
    }
  }
}

/** What is not ours counts as unknown. */
export function versionIn(bytes: Buffer | null, floor: number, limit: number): TagVersion {
  if (!bytes) return undefined
  const text = bytes.toString('latin1')
  const space = text.indexOf(' ')
  const hard = Number(text.slice(0, space))
  const soft = Number(text.slice(space + 1))
  if (space < 1 || !(hard >= 0) || !(soft >= 0) || Math.max(hard, soft) > limit) return undefined
  return { hard: Math.max(hard, floor), soft }
}
