/**
 * Brings tables and triggers of the change log in line with what is watched. Run under the migrations' lock.
 *
 * @module
 */
import type { ReservedSQL } from 'bun'
import { messageOf, SpillwayError } from '../../foundation/index.ts'
import { changeLogTables, logWithArrays } from './tables.ts'
import { columnFreeFunction, literal, quote, type TableTriggers, triggersOf } from './triggers.ts'
import type { Watched } from './watch.ts'

/** What one database of an app watches. */
export interface ChangeLogDefinition {
  /** The database's name in the app: what another one watches on the same server is left alone. */
  database: string
  watched: readonly Watched[]
}

interface InstalledFunction {
  name: string
  /** Of the definition that it was made from. */
  hash: string
  /** The table that it logs, as `Watched.name`; empty when it has no trigger any more. */
  table: string
  /** The table for SQL. */
  relation: string | null
}

/** Rows of changes that wait for a relay. What is over that is not logged, and told as a gap. */
export const waitingMax = 500_000

/** A trigger is made between two writing transactions; waiting writers queue behind it, so not for long at a time. */
const lockTimeout = '2s'
const attempts = 15

/**
 * Makes what is missing, replaces what has changed, removes what is no longer watched. What is right is not touched.
 *
 * @throws {SpillwayError} `WATCH_INVALID` for a table or column that doesn't exist, `CHANGE_LOG_FAILED`.
 */
export async function installChangeLog(connection: ReservedSQL, definition: ChangeLogDefinition): Promise<void> {
  const { watched, database } = definition
  if (watched.length === 0 && !(await isInstalled(connection))) return
  try {
    await createTables(connection)
    const installed = await installedFunctions(connection, database)
    for (const one of watched) {
      await ensureColumns(connection, one)
      const triggers = triggersOf(one)
      const present = installed.find(({ name }) => name === triggers.functionName)
      if (present?.hash !== triggers.hash || !present.relation) await install(connection, triggers, database)
    }
    const wanted = new Set(watched.map((one) => triggersOf(one).functionName))
    for (const old of installed) if (!wanted.has(old.name)) await remove(connection, old)
  } catch (cause) {
    if (cause instanceof SpillwayError) throw cause
    throw new SpillwayError('CHANGE_LOG_FAILED', `The change log can't be installed: ${messageOf(cause)}`, {
      hint: 'The role that migrates must own the watched tables and may create schemas (grant create on database …).',
      cause,
    })
  }
}

/**
 * Before migrations change watched tables: triggers tell only that something has changed, and name no column that
 * could go away. `installChangeLog` makes them whole again.
 */
export async function logWithoutColumns(connection: ReservedSQL, database: string): Promise<void> {
  if (!(await isInstalled(connection))) return
  for (const { name, table } of await installedFunctions(connection, database)) {
    if (table) await replaceFunction(connection, { name, text: columnFreeFunction(name, table), mark: `${database} -` })
  }
}

async function isInstalled(connection: ReservedSQL): Promise<boolean> {
  const [row] = await connection`select to_regclass('spillway_changes.state') is not null as yes`
  return row.yes
}

async function createTables(connection: ReservedSQL): Promise<void> {
  if (await isInstalled(connection)) return await upgradeTables(connection)
  await connection`begin`
  try {
    for (const statement of changeLogTables) await connection.unsafe(statement)
    await connection`select setval('spillway_changes.id_limit', ${waitingMax})`
    await connection`commit`
  } catch (error) {
    await connection`rollback`
    throw error
  }
}

/** Functions of before go on writing what they wrote; it is told as `many`. */
async function upgradeTables(connection: ReservedSQL): Promise<void> {
  const hasColumns = await connection`
    select from pg_attribute where attrelid = 'spillway_changes.log'::regclass and attname = 'columns'`
  if (hasColumns.length === 0) await betweenWriters(connection, [logWithArrays])
}

/** Functions carry a comment of database and hash. */
async function installedFunctions(connection: ReservedSQL, database: string): Promise<InstalledFunction[]> {
  return await connection`
    select function.proname as name, split_part(comment.description, ' ', 2) as hash,
      coalesce(case namespace.nspname when 'public' then '' else namespace.nspname || '.' end || relation.relname, '') as table,
      format('%I.%I', namespace.nspname, relation.relname) as relation
    from pg_proc function
    join pg_description comment on comment.objoid = function.oid and comment.classoid = 'pg_proc'::regclass
    left join pg_trigger trigger on trigger.tgfoid = function.oid and trigger.tgname = 'spillway_changes'
      and trigger.tgparentid = 0
    left join pg_class relation on relation.oid = trigger.tgrelid
    left join pg_namespace namespace on namespace.oid = relation.relnamespace
    where function.pronamespace = 'spillway_changes'::regnamespace and split_part(comment.description, ' ', 1) = ${database}`
}

async function ensureColumns(
  connection: ReservedSQL,
  { name, schema, table, columns, ignored }: Watched,
): Promise<void> {
  const rows: { attname: string }[] = await connection`
    select attname from pg_attribute
    where attrelid = to_regclass(${`${quote(schema)}.${quote(table)}`}) and attnum > 0 and not attisdropped`
  const present = new Set(rows.map(({ attname }) => attname))
  const missing = [...columns.map(({ column }) => column.name), ...ignored].filter((column) => !present.has(column))
  if (missing.length === 0) return
  const what = rows.length === 0 ? `There is no table ${name}` : `${name} has no column ${missing.join(', ')}`
  throw new SpillwayError('WATCH_INVALID', `${what}, which is watched.`, {
    hint: 'Write the migration that makes it, or correct `watched` in defineDatabase.',
  })
}

async function install(connection: ReservedSQL, triggers: TableTriggers, database: string): Promise<void> {
  const { functionName: name, createFunction: text, hash } = triggers
  await replaceFunction(connection, { name, text, mark: `${database} ${hash}` })
  await betweenWriters(connection, triggers.createTriggers)
}

async function replaceFunction(
  connection: ReservedSQL,
  { name, text, mark }: { name: string; text: string; mark: string },
): Promise<void> {
  await connection.unsafe(text)
  // Triggers need no right to execute; nobody else should attach the function to a table of their own.
  await connection.unsafe(`revoke all on function spillway_changes.${quote(name)} from public`)
  await connection.unsafe(`comment on function spillway_changes.${quote(name)} is ${literal(mark)}`)
}

async function remove(connection: ReservedSQL, { name, relation }: InstalledFunction): Promise<void> {
  const drops = relation
    ? ['spillway_changes', 'spillway_truncate'].map((trigger) => `drop trigger if exists ${trigger} on ${relation}`)
    : []
  await betweenWriters(connection, [...drops, `drop function if exists spillway_changes.${quote(name)}`])
}

/** Runs statements that lock a table in one transaction, again and again until its writers leave a gap. */
async function betweenWriters(connection: ReservedSQL, statements: string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await connection`begin`
    try {
      await connection.unsafe(`set local lock_timeout = '${lockTimeout}'`)
      for (const statement of statements) await connection.unsafe(statement)
      await connection`commit`
      return
    } catch (error) {
      await connection`rollback`
      if (attempt >= attempts || !isLockTimeout(error)) throw error
    }
  }
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && error.errno === '55P03'
}
