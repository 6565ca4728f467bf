/**
 * A query whose rows are fetched in chunks from a cursor of the server, so that neither side ever holds them all.
 *
 * @module
 */
import type { ReservedSQL, SQL } from 'bun'
import { isConnectionError, isRecoveryConflict, StreamInterruptedError } from './errors.ts'
import type { DatabaseNode } from './node.ts'

export interface CursorQuery {
  text: string
  params: unknown[]
  /** Rows a fetch. */
  chunk: number
  /** Closes the cursor, also while a fetch is under way. */
  signal: AbortSignal | undefined
}

/** A cursor in a read-only transaction of its own on `connection`; it works behind PgBouncer as well. */
export async function openOwnCursor(connection: ReservedSQL, node: DatabaseNode, query: CursorQuery): Promise<Cursor> {
  const leave = async () => {
    // A server that was taken out has closed its connections; without one the transaction ends too.
    const isBack = node.healthy && (await connection.unsafe('rollback').simple().then(yes, no))
    if (!isBack) await connection.close({ timeout: 0 })
    node.release(connection)
  }
  const place: Place = { client: connection, server: node.name, begin: 'begin read only; ', leave }
  return await Cursor.open(place, query)
}

/** A cursor in a transaction that is open already; it sees what that has written. */
export async function openCursorIn(client: Pick<SQL, 'unsafe'>, query: CursorQuery): Promise<Cursor> {
  const place: Place = {
    ...{ client, server: 'primary', begin: '' },
    // After an error the transaction has none any more.
    leave: (name) => client.unsafe(`close ${name}`).simple().then(yes, no),
  }
  return await Cursor.open(place, query)
}

const yes = () => true
const no = () => false

/** Where a cursor lives. */
interface Place {
  client: Pick<SQL, 'unsafe'>
  server: string
  /** Statements before the first one of the cursor. */
  begin: string
  leave(name: string): Promise<unknown>
}

/** Names in use. Few are needed, so that there are few statements to prepare. */
const names = new Set<string>()

function freeName(): string {
  for (let number = 1; ; number++) {
    const name = `stream_${number}`
    if (names.has(name)) continue
    names.add(name)
    return name
  }
}

export class Cursor {
  readonly #place: Place
  readonly #query: CursorQuery
  readonly #name = freeName()
  /** Fetched by `open`: a server that fails before can be replaced without anyone noticing. */
  #first: unknown[][] | undefined
  #rows = 0
  #running: SQL.Query<unknown[][]> | undefined
  #closing: Promise<void> | undefined
  readonly #onAbort = () => void this.close()

  static async open(place: Place, query: CursorQuery): Promise<Cursor> {
    const cursor = new Cursor(place, query)
    try {
      await cursor.#declare()
      return cursor
    } catch (error) {
      await cursor.close()
      throw error
    }
  }

  private constructor(place: Place, query: CursorQuery) {
    this.#place = place
    this.#query = query
    query.signal?.addEventListener('abort', this.#onAbort)
  }

  /** The next rows, as arrays in column order; fewer than a chunk at the end. */
  async fetch(): Promise<unknown[][]> {
    const rows = this.#first ?? (await this.#fetch().catch((error) => this.#interrupted(error)))
    this.#first = undefined
    this.#rows += rows.length
    return rows
  }

  /** Ends it at once and gives back what it holds. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #declare(): Promise<void> {
    const { client, begin } = this.#place
    const { text, params } = this.#query
    // The server would plan for the first tenth of the rows, but all are wanted.
    await this.#run(client.unsafe(`${begin}set local cursor_tuple_fraction = 1`).simple())
    await this.#run(client.unsafe(`declare ${this.#name} no scroll cursor for ${text}`, params))
    this.#first = await this.#fetch()
  }

  /** By the simple protocol: the columns of a prepared FETCH would be those of the first cursor of that name. */
  #fetch(): Promise<unknown[][]> {
    return this.#run(this.#place.client.unsafe(`fetch ${this.#query.chunk} from ${this.#name}`).simple().values())
  }

  async #run(query: SQL.Query<unknown[][]>): Promise<unknown[][]> {
    this.#query.signal?.throwIfAborted()
    this.#running = query
    try {
      return await query
    } catch (error) {
      // It failed because it was cancelled.
      this.#query.signal?.throwIfAborted()
      throw error
    } finally {
      this.#running = undefined
    }
  }

  #interrupted(error: unknown): never {
    if (!isConnectionError(error) && !isRecoveryConflict(error)) throw error
    throw new StreamInterruptedError(this.#place.server, this.#rows, error)
  }

  async #close(): Promise<void> {
    this.#query.signal?.removeEventListener('abort', this.#onAbort)
    const running = this.#running?.cancel()
    if (running) await running.then(yes, no)
    await this.#place.leave(this.#name)
    names.delete(this.#name)
  }
}
