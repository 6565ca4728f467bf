/**
 * Reads the feed for the watchers of this process: every process hears every change.
 *
 * @module
 */

import type { BackgroundConnection } from '../background/connection.ts'
import { type Lsn, parseLsn } from '../lsn.ts'
import type { LoggedChange } from './decode.ts'

/** What the feed has for a reader. */
export interface FeedNews {
  batches: { position: number; changes: LoggedChange[] }[]
  /** Changes were missed: the reader was away for longer than they are kept, or the server has lost some. */
  hasGap: boolean
  /** Where the reader is now. */
  position: number
  /** A position of the primary's log at which all of this is committed. */
  lsn: Lsn
}

interface FeedRow extends Record<string, unknown> {
  end: number
  pruned: number
  lsn: string
  timeline: string
  batches: string | null
}

const batchesMax = 50

/** The log's position is read after the snapshot was taken, so all that is seen here is committed at it. */
const readFeed = `
  select lease.position::float8 as end, state.pruned::float8 as pruned,
    pg_current_wal_insert_lsn()::text as lsn, left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) as timeline,
    (select json_agg(json_build_array(batch.position, batch.changes) order by batch.position)::text from (
      select position, changes from spillway_changes.feed where position > $1::bigint order by position limit ${batchesMax}
    ) batch) as batches
  from spillway_changes.leases lease, spillway_changes.state state where lease.name = 'relay'`

/** Beyond any position, for a reader that starts at the end. */
const nowhere = Number.MAX_SAFE_INTEGER

export class ChangeFeed {
  readonly #connection: BackgroundConnection
  #position: number | undefined
  #timeline: string | undefined

  /** @param position where to go on; a new reader starts at the end. */
  constructor(connection: BackgroundConnection, position?: number) {
    this.#connection = connection
    this.#position = position
  }

  /** What came since the last call. */
  async read(): Promise<FeedNews> {
    const from = this.#position
    const [row] = await this.#connection.query<FeedRow>(readFeed, [from ?? nowhere])
    if (!row) throw new Error('the change log has no relay: run `spillway migrate`')
    const lsn = parseLsn(row.lsn)
    const isOther = this.#timeline !== undefined && this.#timeline !== row.timeline
    this.#timeline = row.timeline
    if (from === undefined) return this.#arrive({ position: row.end, batches: [], hasGap: false, lsn })
    // A server that took over may lack the last batches, and have others under their numbers.
    if (isOther || from > row.end || from < row.pruned) {
      return this.#arrive({ position: row.end, batches: [], hasGap: true, lsn })
    }
    const batches = (JSON.parse(row.batches ?? '[]') as [number, LoggedChange[]][]).map(([position, changes]) => ({
      position,
      changes,
    }))
    return this.#arrive({ position: batches.at(-1)?.position ?? from, batches, hasGap: false, lsn })
  }

  #arrive(news: FeedNews): FeedNews {
    this.#position = news.position
    return news
  }
}
