/**
 * Applies SQL migrations, once each and in the order of their names, under an advisory lock.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ReservedSQL, SQL } from 'bun'
import { messageOf, SpillwayError } from '../foundation/index.ts'
import { installChangeLog, logWithoutColumns, type Watched } from './changes/index.ts'
import { DatabaseUnreachableError } from './errors.ts'
import { installOutbox } from './outbox/index.ts'

export interface AppliedMigration {
  name: string
  durationMs: number
}

interface Migration {
  /** Of its file; that of a further database begins with the database's name, as in `analytics/0000_visits`. */
  name: string
  hash: string
  /** Statements, as drizzle-kit separates them. */
  statements: string[]
  /**
   * False for files that open with `-- spillway: no transaction`, as `CREATE INDEX CONCURRENTLY` needs. One that was
   * interrupted is begun again, so it must first drop what it makes.
   */
  inTransaction: boolean
}

/** Any fixed number: all programs that migrate one database must take the same lock. */
const lockKey = 7_311_942_881
const lockPollMs = 100

export interface MigrateOptions {
  /** The database's name in the app. Several may live in one place: each has a history of its own. Default `default`. */
  database?: string
  /** Called before each migration runs, for progress. */
  onApply?: (name: string) => void
  /** The tables whose changes are told: their triggers are brought in line. Without it they are left as they are. */
  watched?: readonly Watched[]
}

/**
 * Brings a database up to date. Several processes may call this at once: one works, the others wait and find it done.
 *
 * @returns the migrations that this call applied.
 * @throws {SpillwayError} `MIGRATION_FAILED`, `MIGRATION_CHANGED`, `DATABASE_UNREACHABLE`.
 */
export async function migrate(
  url: string,
  folder: string,
  { database = 'default', onApply, watched }: MigrateOptions = {},
): Promise<AppliedMigration[]> {
  const migrations = await readMigrations(folder, database)
  return await connected(url, (connection, sql) =>
    locked(sql, async (ensureLocked) => {
      await connection`
        create table if not exists spillway_migrations (
          name text primary key, hash text not null, applied_at timestamptz not null default now()
        )`
      const pending = await unapplied(connection, migrations)
      if (watched && pending.length > 0) await logWithoutColumns(connection, database)
      const applied: AppliedMigration[] = []
      for (const migration of pending) {
        onApply?.(migration.name)
        const startedAt = performance.now()
        await ensureLocked()
        await apply(connection, migration)
        applied.push({ name: migration.name, durationMs: performance.now() - startedAt })
      }
      if (watched) await installChangeLog(connection, { database, watched })
      await installOutbox(connection)
      return applied
    }),
  )
}

/** The names of migrations that `migrate` would apply; the database is left as it is. */
export async function pendingMigrations(url: string, folder: string, database = 'default'): Promise<string[]> {
  const migrations = await readMigrations(folder, database)
  return await connected(url, async (connection) => {
    const [found] = await connection`select to_regclass('spillway_migrations') is not null as exists`
    if (!found.exists) return migrations.map(({ name }) => name)
    return (await unapplied(connection, migrations)).map(({ name }) => name)
  })
}

async function connected<Result>(
  url: string,
  work: (connection: ReservedSQL, sql: SQL) => Promise<Result>,
): Promise<Result> {
  const sql = new SQL({
    url,
    // One for the work, one for the lock.
    max: 2,
    // Named statements don't work behind PgBouncer.
    prepare: false,
    connectionTimeout: 10,
    connection: { application_name: 'spillway migrate' },
  })
  try {
    const connection = await reach(sql, url)
    try {
      return await work(connection, sql)
    } finally {
      connection.release()
    }
  } finally {
    await sql.close({ timeout: 1 })
  }
}

async function reach(sql: SQL, url: string): Promise<ReservedSQL> {
  try {
    const connection = await sql.reserve()
    await connection`select 1`
    return connection
  } catch (cause) {
    throw new DatabaseUnreachableError(url, cause)
  }
}

/**
 * Holds the lock in a transaction of its own: behind PgBouncer a session's lock would stay with whatever connection took
 * it. CREATE INDEX CONCURRENTLY waits for snapshots, so this transaction must have none: a statement sent by the extended
 * protocol would leave its portal open, and a snapshot with it; simple ones don't.
 */
async function locked<Result>(sql: SQL, work: (ensureLocked: () => Promise<void>) => Promise<Result>): Promise<Result> {
  const holder = await sql.reserve()
  try {
    await lock(holder)
    return await work(async () => {
      await holder`select 1`.simple()
    })
  } finally {
    // Where this fails the connection is gone, and the lock with it.
    await holder`rollback`.catch(() => undefined)
    holder.release()
  }
}

/** Tries again and again: whoever waits for a lock inside PostgreSQL holds a snapshot. */
async function lock(holder: ReservedSQL): Promise<void> {
  for (;;) {
    await holder`begin`
    const [row] = await holder`select pg_try_advisory_xact_lock(${lockKey}) as taken`
    if (row.taken) break
    await holder`rollback`
    await Bun.sleep(lockPollMs)
  }
  // It does nothing for as long as the migrations take. Older servers don't know all of these.
  await holder`
    select set_config(name, '0', true) from pg_settings
    where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')`.simple()
}

async function unapplied(connection: ReservedSQL, migrations: Migration[]): Promise<Migration[]> {
  const rows: { name: string; hash: string }[] = await connection`select name, hash from spillway_migrations`
  const hashes = new Map(rows.map(({ name, hash }) => [name, hash]))
  const changed = migrations.find(({ name, hash }) => hashes.has(name) && hashes.get(name) !== hash)
  if (changed) {
    throw new SpillwayError('MIGRATION_CHANGED', `${changed.name} was changed after it was applied to this database.`, {
      hint: 'Restore the file from git and write the change as a new migration.',
    })
  }
  return migrations.filter(({ name }) => !hashes.has(name))
}

async function apply(connection: ReservedSQL, migration: Migration): Promise<void> {
  const { name, hash, statements, inTransaction } = migration
  try {
    if (inTransaction) await connection`begin`
    for (const statement of statements) await connection.unsafe(statement)
    await connection`insert into spillway_migrations (name, hash) values (${name}, ${hash})`
    if (inTransaction) await connection`commit`
  } catch (cause) {
    if (inTransaction) await connection`rollback`
    const hint = inTransaction
      ? 'Nothing of it was kept. Mend the file and run `spillway migrate` again.'
      : 'It runs outside a transaction, so a part of it may be there. Let the file begin with DROP … IF EXISTS of what it makes, and run again.'
    throw new SpillwayError('MIGRATION_FAILED', `${name}: ${messageOf(cause)}`, { hint, cause })
  }
}

async function readMigrations(folder: string, database: string): Promise<Migration[]> {
  const prefix = database === 'default' ? '' : `${database}/`
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  return await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8')
      return {
        name: prefix + file.slice(0, -'.sql'.length),
        hash: createHash('sha256').update(text).digest('hex'),
        statements: text
          .split('--> statement-breakpoint')
          .map((part) => part.trim())
          .filter(Boolean),
        inTransaction: !/^--\s*spillway:\s*no transaction\b/m.test(text),
      }
    }),
  )
}
