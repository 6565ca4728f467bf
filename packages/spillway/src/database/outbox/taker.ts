/**
 * Finds messages that are free, and takes them for this process.
 *
 * @module
 */
import { parseLsn } from '../lsn.ts'
import { Batch, type BatchParts, type Place, type TakenMessage } from './batch.ts'

interface Taken extends Record<string, unknown> {
  messages: (TakenMessage & Place)[] | null
  /** The last place that something was taken from. */
  last: string
  lsn: string
  tableBytes: number
}

/**
 * One statement, so one short transaction. What another process is taking is skipped. The log's position is read after
 * the snapshot was taken, so all that is seen here is committed at it.
 */
const takeBatch = `
  with free as (
    select ctid as place, octet_length(body::text) as size from spillway_outbox.messages
    where database = $1 and ctid > $2::tid and free_at <= now() limit $3 for update skip locked
  ), fitting as (
    select place from (select place, sum(size) over (rows unbounded preceding) - size as before from free) sized
    where before < $4
  ), taken as (
    update spillway_outbox.messages set free_at = now() + $5 * interval '1 ms'
    where ctid = any (array(select place from fitting))
    returning id, destination, body, attempts, ctid::text as place
  )
  select (select json_agg(taken order by id) from taken) as messages, (select max(place)::text from fitting) as last,
    pg_current_wal_insert_lsn()::text as lsn, pg_relation_size('spillway_outbox.messages')::float8 as "tableBytes"`

const front = '(0,0)'
/** Looks from the front of a table that is larger take at most this share of the time. */
const largeBytes = 8 * 2 ** 20
const largeLookShare = 0.1

/**
 * Looks from the front of the table on. Where that takes long, because millions wait or an old snapshot keeps the dead
 * rows of those that did, it goes on from where it has found something last, and looks from the front only now and then. New
 * messages are behind that place, since the front has no room.
 */
export class Taker {
  readonly #database: string
  readonly #parts: BatchParts
  #last = front
  #frontAgainAtMs = Number.NEGATIVE_INFINITY

  constructor(database: string, parts: BatchParts) {
    this.#database = database
    this.#parts = parts
  }

  /** @returns nothing when there is nothing to take. */
  async take(max: number): Promise<Batch | undefined> {
    const { connection, limits } = this.#parts
    const startedAt = performance.now()
    const isFromFront = startedAt >= this.#frontAgainAtMs
    const from = isFromFront ? front : this.#last
    const params = [this.#database, from, max, limits.batchBytesMax, limits.leaseMs]
    const [taken] = await connection.query<Taken>(takeBatch, params)
    const { messages, last, lsn, tableBytes } = taken!
    const lookMs = performance.now() - startedAt
    if (isFromFront && tableBytes > largeBytes) this.#frontAgainAtMs = startedAt + lookMs / largeLookShare
    if (!messages) return undefined
    this.#last = last
    return new Batch({ messages, lsn: parseLsn(lsn), ...this.#parts }, messages)
  }
}
