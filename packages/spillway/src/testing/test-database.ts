/**
 * A real PostgreSQL for tests: one cluster (primary and replica) a test run, one database a suite. With
 * `SPILLWAY_TEST_PGBOUNCER=1` the database under test is reached through PgBouncer.
 *
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SQL } from 'bun'
import { existingToken } from '../database/consistency.ts'
import { type Database, migrate } from '../database/index.ts'
import { type EmbeddedCluster, startEmbeddedCluster } from '../embedded/index.ts'
import {
  createLogger,
  type Logger,
  type PlatformSettings,
  platformSettings,
  readSettings,
  startTether,
} from '../foundation/index.ts'
import { installEffects } from '../tasks/index.ts'
import { type PgBouncer, startPgBouncer } from './pgbouncer.ts'
import { until } from './until.ts'

export interface TestDatabase {
  /** A client of the primary, never through PgBouncer. */
  readonly sql: SQL
  readonly primaryUrl: string
  /** The first replica. */
  readonly replicaUrl: string
  /** The same servers, past a PgBouncer that stands in front of them: to look at sessions, or end them. */
  readonly direct: { readonly primaryUrl: string; readonly replicaUrl: string }
  readonly replicaUrls: string[]
  readonly cluster: EmbeddedCluster
  /** Resolves when every replica has replayed what the primary has written until now. */
  replicaCaughtUp(): Promise<void>
  /** Closes the clients and drops the database; the cluster goes on for the next suite. */
  stop(): Promise<void>
}

interface TestDatabaseOptions {
  /** Migrated, and started with the primary and the replicas. */
  database?: Database
  /** How many; suites that want the same number share a cluster. @default 1 */
  replicas?: number
  /** Settings of its pools, as in the environment. */
  env?: Record<string, string>
  /** Gets its log lines; without it they are dropped. */
  logger?: Logger
}

interface TestServers {
  cluster: EmbeddedCluster
  /** In front of the primary and of the replica. */
  bouncers: [PgBouncer, PgBouncer] | undefined
  stop(): Promise<void>
}

/** By their number of replicas. */
const running = new Map<number, Promise<TestServers>>()
let count = 0
const silent = createLogger('test', 'silent')

/**
 * @example
 * const test = await testDatabase({ database })
 * afterAll(() => test.stop())
 */
export async function testDatabase({
  database,
  replicas = 1,
  env = {},
  logger = silent,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  if (!running.has(replicas)) running.set(replicas, startServers(replicas))
  const { cluster, bouncers } = await running.get(replicas)!
  const settings = readSettings(platformSettings, {
    NODE_ENV: 'test',
    DATABASE_PGBOUNCER: bouncers ? 'on' : 'off',
    ...env,
  })
  const name = `test_${process.pid}_${count++}`
  const admin = new SQL({ url: cluster.primaryUrl, max: 1 })
  await admin.unsafe(`create database ${name}`)
  const directUrl = withDatabase(cluster.primaryUrl, name)
  const primaryUrl = bouncers?.[0].through(directUrl) ?? directUrl
  const replicaUrls = cluster.replicaUrls
    .map((url) => withDatabase(url, name))
    .map((url) => bouncers?.[1].through(url) ?? url)
  const replicaUrl = replicaUrls[0]!
  const direct = { primaryUrl: directUrl, replicaUrl: withDatabase(cluster.replicaUrls[0]!, name) }
  if (bouncers) await admin.unsafe(timeouts(name, settings))
  if (database) {
    const { watched } = database.changes
    await migrate(primaryUrl, database.migrations, { database: database.name, watched })
    await installEffects(direct.primaryUrl)
  }

  const replicaCaughtUp = async () => {
    const [{ written }] = await admin`select pg_current_wal_insert_lsn()::text as written`
    await Promise.all(cluster.replicaUrls.map((url) => replayed(url, written)))
  }
  await replicaCaughtUp()

  database?.start({ primaryUrl, replicaUrls, applicationName: name, settings, logger })
  const sql = new SQL({ url: direct.primaryUrl, max: 4 })
  return {
    ...{ sql, primaryUrl, replicaUrl, replicaUrls, direct, cluster, replicaCaughtUp },
    async stop() {
      // A position that can't be looked up any more would keep the next suite's reads from its replica.
      if (database) await existingToken(database.name)?.settled()
      await database?.stop()
      await sql.close({ timeout: 0 })
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.close()
    },
  }
}

/** Stops the servers that `testDatabase` started, if it did. Call it once, when the test run ends. */
export async function stopTestCluster(): Promise<void> {
  const stopping = [...running.values()]
  running.clear()
  for (const servers of stopping) await (await servers).stop()
}

async function startServers(replicas: number): Promise<TestServers> {
  const folder = await mkdtemp(join(tmpdir(), 'spillway-test-'))
  const cluster = await startEmbeddedCluster({ dataDir: folder, replicas })
  await Promise.all([cluster.primaryUrl, ...cluster.replicaUrls].map(trustMemory))
  const stopCluster = async () => {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
  // Suites with several replicas are about single servers and connections, which PgBouncer would hide.
  if (process.env['SPILLWAY_TEST_PGBOUNCER'] !== '1' || replicas !== 1)
    return { cluster, bouncers: undefined, stop: stopCluster }
  const tether = startTether()
  const bouncers: [PgBouncer, PgBouncer] = [
    await startPgBouncer(cluster.primaryUrl, tether),
    await startPgBouncer(cluster.replicaUrls[0]!, tether),
  ]
  const stop = async () => {
    await Promise.all(bouncers.map((bouncer) => bouncer.stop()))
    await tether.stop()
    await stopCluster()
  }
  return { cluster, bouncers, stop }
}

/** What is written here is for as long as the test run lives: no statement and no replay waits for a busy disk. */
async function trustMemory(url: string): Promise<void> {
  await using sql = new SQL({ url: withDatabase(url, 'postgres'), max: 1 })
  await sql.unsafe('alter system set fsync = off')
  await sql`select pg_reload_conf()`
}

/** Behind PgBouncer the database carries the time limits, as the documentation says. */
function timeouts(name: string, settings: PlatformSettings): string {
  const { DATABASE_STATEMENT_TIMEOUT_MS: statement, DATABASE_IDLE_TRANSACTION_TIMEOUT_MS: idle } = settings
  return `alter database ${name} set statement_timeout = ${statement};
    alter database ${name} set idle_in_transaction_session_timeout = ${idle}`
}

async function replayed(replicaUrl: string, position: string): Promise<void> {
  await using replica = new SQL({ url: replicaUrl, max: 1 })
  const isThere = async () =>
    (await replica`select pg_last_wal_replay_lsn() >= ${position}::pg_lsn as done`)[0].done as boolean
  await until(isThere, { what: 'the replica to catch up' })
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
