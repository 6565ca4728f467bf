/** Beats in a table. @module */
import type { Pool } from 'pg'
import { type Beat, type BeatStore, beatIn, beatKeptMs, type HeardBeat } from './beat.ts'

/**
 * Beats are worth nothing after a crash, so they are never written to the log. Room in its pages keeps a row that is
 * written anew every few seconds where it is.
 */
export const beatTables = [
  'create schema if not exists spillway_tasks',
  `create unlogged table if not exists spillway_tasks.beats (
    app text not null,
    id text not null,
    at timestamptz not null default clock_timestamp(),
    beat json not null,
    primary key (app, id)
  ) with (fillfactor = 50)`,
]

export class PostgresBeats implements BeatStore {
  readonly #pool: Pool
  readonly #app: string

  constructor(pool: Pool, app: string) {
    this.#pool = pool
    this.#app = app
  }

  async publish(beat: Beat): Promise<void> {
    await this.#pool.query(
      `insert into spillway_tasks.beats (app, id, beat) values ($1, $2, $3)
       on conflict (app, id) do update set at = excluded.at, beat = excluded.beat`,
      [this.#app, beat.id, JSON.stringify(beat)],
    )
    // Others sweep as well: nobody waits for who is at it.
    await this.#pool.query(
      `delete from spillway_tasks.beats where (app, id) in (
         select app, id from spillway_tasks.beats where at < clock_timestamp() - interval '${beatKeptMs} ms'
         for update skip locked)`,
    )
  }

  async read(): Promise<HeardBeat[]> {
    const { rows } = await this.#pool.query<{ beat: unknown; age_ms: number }>(
      `select beat, (extract(epoch from clock_timestamp() - at) * 1000)::float8 as age_ms
       from spillway_tasks.beats where app = $1 and at >= clock_timestamp() - interval '${beatKeptMs} ms'`,
      [this.#app],
    )
    return rows.flatMap(({ beat, age_ms: ageMs }) => {
      const heard = beatIn(beat)
      return heard ? { beat: heard, ageMs } : []
    })
  }
}
