/** Tasks on PostgreSQL, in a schema of their own. @module */
import {
  createPostgresBackend,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
  type Processor,
  type Queue,
  runMigrations,
  type Worker,
  withBackend,
} from 'bullmq'
import pg from 'pg'

import { hostUrls, messageOf, SpillwayError } from '../../foundation/index.ts'

import type { BeatStore } from '../monitor/beat.ts'
import { beatTables, PostgresBeats } from '../monitor/postgres-beats.ts'
import { schemaLock } from '../once.ts'

import { PostgresLedger, scheduleTables } from '../schedule/postgres-ledger.ts'
import { PostgresWorkflows, workflowTables } from '../workflow/postgres-store.ts'
import type { TaskBackend, TaskWorkerOptions } from './backend.ts'
import { primaryClient } from './primary-client.ts'

export interface PostgresTasksOptions {
  /** Of the primary, or several hosts of which one is; not of a PgBouncer: workers hear of new tasks by NOTIFY. */
  url: string
  /** For people; without user and password. */
  place: string
  /** In `pg_stat_activity`. */
  applicationName: string
  /** Connections for statements; each queue that is worked on takes one more. @default 4 */
  poolMax?: number
}

const onPostgres = withBackend(createBackend)

const connectTimeoutMs = 2_000
/** Who enqueues is told sooner than a worker, whose statements may meet a server that is busy. */
const statementTimeoutMs = { on: 5_000, off: 30_000 }

export class PostgresTasks implements TaskBackend {
  readonly kind = 'postgres'
  readonly parts = { size: 1_000, underWay: 1 }
  readonly place: string
  readonly workflows: PostgresWorkflows
  readonly #options: Required<PostgresTasksOptions>
  #enqueuing: pg.Pool | undefined
  #working: pg.Pool | undefined

  constructor(options: PostgresTasksOptions) {
    this.#options = { poolMax: 4, ...options }
    this.place = options.place
    this.workflows = new PostgresWorkflows(() => this.#working ?? this.#openEnqueuing())
  }

  queue(name: string): Queue {
    return asQueue(new onPostgres.Queue(name, { connection: connectionOf(this.#openEnqueuing()) }))
  }

  /**
   * Workers don't wait until the disk has what they note: when the server crashes, the last of it is lost as a whole, and
   * tasks that had just ended run again, as they may.
   */
  worker(name: string, processor: Processor, options: TaskWorkerOptions): Worker {
    this.#working ??= this.#open('off')
    // The one that listens for its tasks.
    this.#working.options.max++
    return asWorker(new onPostgres.Worker(name, processor, { ...options, connection: connectionOf(this.#working) }))
  }

  beats(app: string): BeatStore {
    return new PostgresBeats(this.#openEnqueuing(), app)
  }

  ledger(app: string): PostgresLedger {
    const queueOn = (client: pg.PoolClient, name: string) =>
      asQueue(new onPostgres.Queue(name, { connection: poolOf(client), skipMetasUpdate: true }))
    return new PostgresLedger({ pool: this.#openEnqueuing(), app, queueOn })
  }

  async close(): Promise<void> {
    await Promise.all([this.#enqueuing?.end(), this.#working?.end()])
  }

  #openEnqueuing(): pg.Pool {
    this.#enqueuing ??= this.#open('on')
    return this.#enqueuing
  }

  #open(synchronousCommit: 'on' | 'off'): pg.Pool {
    const { url, applicationName, poolMax } = this.#options
    const pool = new pg.Pool({
      max: poolMax,
      connectionString: hostUrls(url)[0],
      ...(hostUrls(url).length > 1 && { Client: primaryClient(url) }),
      application_name: applicationName,
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: statementTimeoutMs[synchronousCommit],
      keepAlive: true,
      options: `-c search_path=bullmq -c synchronous_commit=${synchronousCommit}`,
    })
    // Whoever has sent a statement hears of it; an idle connection that ends is replaced.
    pool.on('error', () => undefined)
    return pool
  }
}

/**
 * Creates what the queue needs in the database, or brings it up to date. Several may call it at once.
 *
 * @throws {SpillwayError} `TASKS_MIGRATION_FAILED`
 */
export async function migratePostgresTasks(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await runMigrations(client)
    // `if not exists` doesn't wait for who is creating the same.
    await client.query(`begin; select pg_advisory_xact_lock(${schemaLock})`)
    for (const statement of [...scheduleTables, ...beatTables, ...workflowTables]) await client.query(statement)
    await client.query('commit')
  } catch (cause) {
    throw new SpillwayError('TASKS_MIGRATION_FAILED', `The task queue's tables can't be made: ${messageOf(cause)}`, {
      hint: 'The account needs the right to create a schema in this database; or set REDIS_TASKS_URL.',
      cause,
    })
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * The engine's, with a `promote` that holds the job from the first look on. The engine's own looks without a lock: a job
 * that somebody else has promoted in between would be put back into its queue, though it runs by now or has ended.
 */
function createBackend(...options: Parameters<typeof createPostgresBackend>): PostgresQueueBackend {
  const backend = createPostgresBackend(...options)
  const [queue] = options
  const promoteHeld = `select promote(held.queue, held.id)
    from (select queue, id from job where queue = $1 and id = $2 and state = 'delayed' for update) held`
  backend.promote = async (id) => {
    await backend.connection.waitUntilReady()
    const { rows } = await backend.connection.pool.query(promoteHeld, [queue, id])
    if (rows.length === 0) throw new Error(`Job ${id} is not delayed.`)
  }
  return backend
}

/** A pool of one client, which stays its owner's: what the engine does is part of the client's transaction. */
function poolOf(client: pg.PoolClient): PostgresConnectionOptions {
  const query = client.query.bind(client)
  const release = () => undefined
  const pool = { query, connect: async () => ({ query, release }), end: async () => undefined, on: () => pool }
  // As with a real one, it is the methods that count.
  return pool as unknown as PostgresConnectionOptions
}

/** The engine takes any pool that has its methods; its type asks for an index signature that `pg` doesn't declare. */
const connectionOf = (pool: pg.Pool) => pool as unknown as PostgresConnectionOptions

/** They differ in the type of their backend alone, which nobody asks them for. */
const asQueue = (queue: unknown) => queue as Queue
const asWorker = (worker: unknown) => worker as Worker
