/** Effects that happen once, though a task may run more often. @module */
import { SQL } from 'bun'
import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/index.ts'
import { PermanentTaskError, TaskUsageError } from './errors.ts'
import { jsonOf } from './storable.ts'

type Schema = Record<string, unknown>
export type Effect<Result, S extends Schema> = (tx: Transaction<S>) => Promise<Result>
/** Where effects are: any database of an app. */
export type EffectDatabase<S extends Schema> = Pick<Database<S>, 'db'>

/** The schema's name is none that a role could have: `search_path` begins with that of the role. */
const effectTables = [
  'create schema if not exists spillway_tasks',
  `create table if not exists spillway_tasks.effects (
    key text primary key,
    result json,
    at timestamptz not null default now()
  )`,
  'create index if not exists effects_at on spillway_tasks.effects using brin (at)',
]

/** Creates what `once` remembers in. Several processes may call it at once. */
export async function installEffects(url: string): Promise<void> {
  const client = new SQL({ url, max: 1 })
  try {
    await client.begin(async (tx) => {
      // `if not exists` doesn't wait for who is creating the same.
      await tx`select pg_advisory_xact_lock(${schemaLock})`
      for (const statement of effectTables) await tx.unsafe(statement)
    })
  } finally {
    await client.close()
  }
}

/** Held by who creates something in the schema. Any fixed number. */
export const schemaLock = 7_311_942_882

/**
 * How long it is known that an effect has happened, from when it was last asked for: a dead letter can be tried again for
 * a month after its last attempt.
 */
const effectsKeptDays = 62

/** The row of the effect is written first: a twin of the task waits there until this one has committed or not. */
export async function once<Result, S extends Schema>(
  database: EffectDatabase<S> | undefined,
  key: string,
  effect: Effect<Result, S>,
): Promise<Result> {
  if (!database) {
    throw new TaskUsageError('`once` has no database to remember in.', 'Give the app a database, or name one.')
  }
  return await database.db.transaction(async (tx) => {
    const isFirst = await tx.execute(
      sql`insert into spillway_tasks.effects (key) values (${key}) on conflict do nothing returning key`,
    )
    if (isFirst.length === 0) {
      const [done] = await tx.execute(
        sql`update spillway_tasks.effects set at = now() where key = ${key} returning result`,
      )
      // What was stored below, as JSON gives it back.
      return ((done as { result: unknown } | undefined)?.result ?? undefined) as Result
    }
    const result = await effect(tx)
    if (result !== undefined) {
      const text = kept(key, result)
      await tx.execute(sql`update spillway_tasks.effects set result = ${text}::text::json where key = ${key}`)
    }
    return result
  })
}

/** @throws {PermanentTaskError} when a later call could not get it, which rolls the effect back. */
function kept(key: string, result: unknown): string {
  const what = `The result of the effect "${key}"`
  const text = jsonOf(what, result)
  if (text !== undefined) return text
  throw new PermanentTaskError(`${what} can't be kept as JSON: it is a ${typeof result}.`, {
    hint: 'Later calls get the first result: return something that JSON can hold, or nothing.',
  })
}

/** Forgets effects whose tasks are long gone. @returns how many. */
export async function forgetEffects({ db }: { db: Pick<Database['db'], 'execute'> }): Promise<number> {
  const gone = await db.execute(
    sql`delete from spillway_tasks.effects where at < now() - ${effectsKeptDays} * interval '1 day' returning 1`,
  )
  return gone.length
}
