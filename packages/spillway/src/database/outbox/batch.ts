/**
 * Messages that this process has taken. No transaction and no lock is open meanwhile: others leave them alone until
 * `free_at`, which is moved on for as long as they are worked on.
 *
 * A row that another process has taken since, because it took this one for dead, has another place in the table: what
 * is said of it here does nothing.
 *
 * @module
 */
import type { BackgroundConnection } from '../background/connection.ts'
import type { Lsn } from '../lsn.ts'
import type { OutboxLimits } from './limits.ts'
import type { Json } from './outgoing.ts'

export interface TakenMessage {
  readonly id: string
  readonly destination: string
  readonly body: Json
  /** How often it was rejected. */
  readonly attempts: number
}

export interface Place {
  id: string
  /** Its `ctid`. A place may be used again by another message, so the id counts as well. */
  place: string
}

const atPlaces = 'where ctid = any ($1::tid[]) and id = any ($2::uuid[])'
const removeAll = `delete from spillway_outbox.messages ${atPlaces}`
const giveBackAll = `update spillway_outbox.messages set free_at = '-infinity' ${atPlaces}`
const keepAll = `update spillway_outbox.messages set free_at = now() + $3 * interval '1 ms' ${atPlaces}
  returning id, ctid::text as place`
const postponeAll = `update spillway_outbox.messages set attempts = attempts + 1,
  free_at = now() + least($3, $4 * 2 ^ least(attempts, 30)) * interval '1 ms' ${atPlaces}`

const firstPauseMs = 100

export class Batch {
  /** Oldest first. */
  readonly messages: readonly TakenMessage[]
  /** A position of the primary's log at which all of them are committed. */
  readonly lsn: Lsn
  readonly #connection: BackgroundConnection
  readonly #limits: OutboxLimits
  #places: Map<string, string>

  constructor(
    { messages, lsn, connection, limits }: Pick<Batch, 'messages' | 'lsn'> & BatchParts,
    places: readonly Place[],
  ) {
    this.messages = messages
    this.lsn = lsn
    this.#connection = connection
    this.#limits = limits
    this.#places = new Map(places.map(({ id, place }) => [id, place]))
  }

  /** Runs `work` while nobody else takes the messages. @param onFailure they couldn't be kept: others may take them. */
  async whileKept<Result>(work: () => Promise<Result>, onFailure: (error: unknown) => void): Promise<Result> {
    let keeping: Promise<void> | undefined
    const keep = () => {
      keeping ??= this.#keep()
        .catch(onFailure)
        .finally(() => {
          keeping = undefined
        })
    }
    const timer = setInterval(keep, this.#limits.leaseMs / 3)
    try {
      return await work()
    } finally {
      clearInterval(timer)
      await keeping
    }
  }

  /** They were delivered. */
  async remove(messages: readonly TakenMessage[]): Promise<void> {
    await this.#change(removeAll, messages)
  }

  /** They were not tried by themselves: anybody may, at once. */
  async giveBack(messages: readonly TakenMessage[]): Promise<void> {
    await this.#change(giveBackAll, messages)
  }

  /** They were rejected, and are free again after a pause that doubles each time. */
  async postpone(messages: readonly TakenMessage[]): Promise<void> {
    await this.#change(postponeAll, messages, [this.#limits.retryMaxMs, firstPauseMs])
  }

  async #keep(): Promise<void> {
    const kept = await this.#change(keepAll, this.messages, [this.#limits.leaseMs])
    this.#places = new Map(kept.map(({ id, place }) => [id, place]))
  }

  async #change(statement: string, messages: readonly TakenMessage[], params: number[] = []): Promise<Place[]> {
    const ids = messages.map(({ id }) => id).filter((id) => this.#places.has(id))
    if (ids.length === 0) return []
    const places = ids.map((id) => `"${this.#places.get(id)}"`)
    return await this.#connection.query<Place & Record<string, unknown>>(statement, [
      `{${places}}`,
      `{${ids}}`,
      ...params,
    ])
  }
}

export interface BatchParts {
  connection: BackgroundConnection
  limits: OutboxLimits
}
