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
import { DatabaseUnreachableError } from './errors.ts'

export interface AppliedMigration {
  name: string
  durationMs: number
}

interface Migration {
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

/**
 * Brings a database up to date. Several processes may call this at once: one works, the others wait and find it done.
 *
 * @param onApply called before each migration runs, for progress.
 * @returns the migrations that this call applied.
 * @throws {SpillwayError} `MIGRATION_FAILED`, `MIGRATION_CHANGED`, `DATABASE_UNREACHABLE`.
 */
export async function migrate(
  url: string,
  folder: string,
  onApply?: (name: string) => void,
): Promise<AppliedMigration[]> {
  return await onOneConnection(url, async (connection) => {
    const migrations = await readMigrations(folder)
    await lock(connection)
    try {
      await connection`
        create table if not exists spillway_migrations (
          name text primary key, hash text not null, applied_at timestamptz not null default now()
        )`
      const pending = await unapplied(connection, migrations)
      const applied: AppliedMigration[] = []
      for (const migration of pending) {
        onApply?.(migration.name)
        const startedAt = performance.now()
        await apply(connection, migration)
        applied.push({ name: migration.name, durationMs: performance.now() - startedAt })
      }
      return applied
    } finally {
      await connection`select pg_advisory_unlock(${lockKey})`
    }
  })
}

/** The names of migrations that `migrate` would apply; the database is left as it is. */
export async function pendingMigrations(url: string, folder: string): Promise<string[]> {
  return await onOneConnection(url, async (connection) => {
    const migrations = await readMigrations(folder)
    const [found] = await connection`select to_regclass('spillway_migrations') is not null as exists`
    if (!found.exists) return migrations.map(({ name }) => name)
    return (await unapplied(connection, migrations)).map(({ name }) => name)
  })
}

/** Advisory locks belong to a session, so all of it runs on one connection. */
async function onOneConnection<Result>(
  url: string,
  work: (connection: ReservedSQL) => Promise<Result>,
): Promise<Result> {
  const sql = new SQL({ url, max: 1, connectionTimeout: 10, connection: { application_name: 'spillway migrate' } })
  try {
    const connection = await reach(sql, url)
    try {
      return await work(connection)
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
 * Tries again and again rather than waiting inside PostgreSQL: a session that waits for a lock holds a snapshot,
 * for which another's CREATE INDEX CONCURRENTLY would wait in turn, for ever.
 */
async function lock(connection: ReservedSQL): Promise<void> {
  for (;;) {
    const [row] = await connection`select pg_try_advisory_lock(${lockKey}) as taken`
    if (row.taken) return
    await Bun.sleep(lockPollMs)
  }
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

async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  return await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8')
      return {
        name: file.slice(0, -'.sql'.length),
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
