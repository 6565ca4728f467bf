/** The ledger of schedules in PostgreSQL: a row for each app, and tasks added in the transaction that writes it. @module */
import type { Queue } from 'bullmq'
import type pg from 'pg'
import type { LedgerMove, LedgerPage, ScheduleEntries, ScheduleLedger } from './ledger.ts'

/** Beside the engine's own tables: what is written together must be in one database. */
export const scheduleTables = [
  'create schema if not exists spillway_tasks',
  `create table if not exists spillway_tasks.schedules (
    app text primary key,
    entries jsonb not null default '{}'
  )`,
]

interface PostgresLedgerOptions {
  pool: pg.Pool
  app: string
  /** Opens a queue by its full name, all of whose statements go through the client. */
  queueOn: (client: pg.PoolClient, name: string) => Queue
}

type Row = { entries: ScheduleEntries; now: number }

const columns = 'entries, extract(epoch from clock_timestamp())::float8 * 1000 as now'

export class PostgresLedger implements ScheduleLedger {
  readonly #options: PostgresLedgerOptions

  constructor(options: PostgresLedgerOptions) {
    this.#options = options
  }

  async read(): Promise<LedgerPage> {
    const { pool, app } = this.#options
    const found = await pool.query<Row>(`select ${columns} from spillway_tasks.schedules where app = $1`, [app])
    if (found.rows[0]) return pageOf(found.rows[0])
    await pool.query('insert into spillway_tasks.schedules (app) values ($1) on conflict do nothing', [app])
    return await this.read()
  }

  async move(decide: (page: LedgerPage) => Promise<LedgerMove | undefined>): Promise<void> {
    const client = await this.#options.pool.connect()
    let failure: Error | undefined
    try {
      // A process that is suspended in between must not keep the others waiting.
      await client.query(`begin; set local idle_in_transaction_session_timeout = '5s'; set local lock_timeout = '10s'`)
      await this.#moveOn(client, decide)
      await client.query('commit')
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error))
      throw error
    } finally {
      // After a failure nobody knows what state the connection is in.
      client.release(failure)
    }
  }

  async close(): Promise<void> {}

  async #moveOn(client: pg.PoolClient, decide: (page: LedgerPage) => Promise<LedgerMove | undefined>): Promise<void> {
    const { app, queueOn } = this.#options
    const text = `select ${columns} from spillway_tasks.schedules where app = $1 for update`
    const { rows } = await client.query<Row>(text, [app])
    const move = rows[0] && (await decide(pageOf(rows[0])))
    if (!move) return
    for (const [name, jobs] of Map.groupBy(move.jobs, ({ queue }) => queue)) {
      const queue = queueOn(client, name)
      await queue.addBulk(jobs.map((job) => ({ name: job.name, data: job.data, opts: job.options })))
    }
    const entries = JSON.stringify(move.entries)
    await client.query('update spillway_tasks.schedules set entries = $2 where app = $1', [app, entries])
  }
}

function pageOf({ entries, now }: Row): LedgerPage {
  return { entries, nowMs: Math.floor(now) }
}
