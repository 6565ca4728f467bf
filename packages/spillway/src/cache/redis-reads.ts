/**
 * Reads of one turn of the event loop travel as one MGET: the driver's cost by command, and its promises, are paid once
 * for all of them, and what several ask for is asked once.
 *
 * @module
 */
import type { RedisConnection } from './redis-connection.ts'

export type Reply = (Buffer | null)[]

/** Redis does nothing else meanwhile: a MGET of so many takes it about a millisecond. */
const namesMax = 1_000

interface Waiting {
  /** Where in the reply its names are. */
  places: number[]
  resolve: (found: Reply) => void
  reject: (error: unknown) => void
}

interface Batch {
  places: Map<string, number>
  waiting: Waiting[]
}

export class RedisReads {
  readonly #connection: RedisConnection
  #next: Batch | undefined

  constructor(connection: RedisConnection) {
    this.#connection = connection
  }

  /** What is under the names, in their order; null for what is not there, and for keys of another type. */
  read(names: readonly string[]): Promise<Reply> {
    const batch = this.#next ?? this.#open()
    const { places, waiting } = batch
    const own = names.map((name) => {
      const place = places.get(name)
      if (place !== undefined) return place
      places.set(name, places.size)
      return places.size - 1
    })
    if (places.size >= namesMax) this.#next = undefined
    return new Promise((resolve, reject) => waiting.push({ places: own, resolve, reject }))
  }

  #open(): Batch {
    const batch: Batch = { places: new Map(), waiting: [] }
    this.#next = batch
    setImmediate(() => void this.#send(batch))
    return batch
  }

  /** Never rejects. */
  async #send(batch: Batch): Promise<void> {
    if (this.#next === batch) this.#next = undefined
    try {
      const found = await this.#connection.ask((client) => client.mgetBuffer([...batch.places.keys()]))
      for (const { places, resolve } of batch.waiting) resolve(places.map((place) => found[place] ?? null))
    } catch (error) {
      for (const { reject } of batch.waiting) reject(error)
    }
  }
}
