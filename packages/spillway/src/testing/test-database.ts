/**
 * A real PostgreSQL for tests: one cluster (primary and replica) a test run, one database a suite.
 *
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SQL } from 'bun'
import { type Database, migrate } from '../database/index.ts'
import { type EmbeddedCluster, startEmbeddedCluster } from '../embedded/index.ts'
import { createLogger, type Logger, platformSettings, readSettings } from '../foundation/index.ts'
import { until } from './until.ts'

export interface TestDatabase {
  /** A client of the primary. */
  readonly sql: SQL
  readonly primaryUrl: string
  readonly replicaUrl: string
  readonly cluster: EmbeddedCluster
  /** Resolves when the replica has replayed what the primary has written until now. */
  replicaCaughtUp(): Promise<void>
  /** Closes the clients and drops the database; the cluster goes on for the next suite. */
  stop(): Promise<void>
}

interface TestDatabaseOptions {
  /** Migrated, and started with the primary and the replica. */
  database?: Database
  /** Settings of its pools, as in the environment. */
  env?: Record<string, string>
  /** Gets its log lines; without it they are dropped. */
  logger?: Logger
}

let running: Promise<{ cluster: EmbeddedCluster; folder: string }> | undefined
let count = 0
const silent = createLogger('test', 'silent')

/**
 * @example
 * const test = await testDatabase({ database })
 * afterAll(() => test.stop())
 */
export async function testDatabase({
  database,
  env = {},
  logger = silent,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  running ??= startCluster()
  const { cluster } = await running
  const name = `test_${process.pid}_${count++}`
  const admin = new SQL({ url: cluster.primaryUrl, max: 1 })
  await admin.unsafe(`create database ${name}`)
  const primaryUrl = withDatabase(cluster.primaryUrl, name)
  const replicaUrl = withDatabase(cluster.replicaUrls[0]!, name)
  if (database) await migrate(primaryUrl, database.migrations)

  const replicaCaughtUp = async () => {
    const [{ written }] = await admin`select pg_current_wal_insert_lsn()::text as written`
    const replica = new SQL({ url: cluster.replicaUrls[0]!, max: 1 })
    const replayed = async () =>
      (await replica`select pg_last_wal_replay_lsn() >= ${written}::pg_lsn as done`)[0].done as boolean
    await until(replayed, { what: 'the replica to catch up' })
    await replica.close()
  }
  await replicaCaughtUp()

  const settings = readSettings(platformSettings, { NODE_ENV: 'test', ...env })
  database?.start({ primaryUrl, replicaUrls: [replicaUrl], applicationName: name, settings, logger })
  const sql = new SQL({ url: primaryUrl, max: 4 })
  return {
    ...{ sql, primaryUrl, replicaUrl, cluster, replicaCaughtUp },
    async stop() {
      await database?.stop()
      await sql.close({ timeout: 0 })
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.close()
    },
  }
}

/** Stops the cluster that `testDatabase` started, if it did. Call it once, when the test run ends. */
export async function stopTestCluster(): Promise<void> {
  const stopping = running
  running = undefined
  if (!stopping) return
  const { cluster, folder } = await stopping
  await cluster.stop()
  await rm(folder, { recursive: true, force: true })
}

async function startCluster() {
  const folder = await mkdtemp(join(tmpdir(), 'spillway-test-'))
  return { cluster: await startEmbeddedCluster({ dataDir: folder }), folder }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
