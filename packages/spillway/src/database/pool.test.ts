import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { itemsDatabase } from './fixtures/items.ts'

const database = itemsDatabase()
const { db } = database
let server: TestDatabase
beforeAll(async () => {
  const env = {
    DATABASE_POOL_MAX: '2',
    DATABASE_ACQUIRE_TIMEOUT_MS: '150',
    DATABASE_STATEMENT_TIMEOUT_MS: '300',
    DATABASE_IDLE_TRANSACTION_TIMEOUT_MS: '400',
  }
  server = await testDatabase({ database, env })
})
afterAll(() => server.stop())

const primary = () => database.status()[0]!
/** The reason down the chain of causes; Drizzle wraps what we throw. */
const codeOf = (error: unknown): unknown => {
  const { code, cause } = error as { code?: string; cause?: unknown }
  return typeof code === 'string' && !code.startsWith('ERR_') ? code : cause && codeOf(cause)
}
const failureOf = (work: Promise<unknown>) => work.then(() => undefined, codeOf)

test('a transaction that finds no free connection fails in bounded time, and the pool recovers', async () => {
  const gate = Promise.withResolvers<void>()
  const holders = [1, 2].map(() =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select 1`)
      await gate.promise
    }),
  )
  await until(() => primary().pool.used === 2)
  expect(await failureOf(db.transaction(async () => undefined))).toBe('DATABASE_POOL_TIMEOUT')
  gate.resolve()
  await Promise.all(holders)
  expect(primary().pool).toMatchObject({ used: 0, idle: 2, waiting: 0 })
  await db.transaction(async (tx) => await tx.execute(sql`select 1`))
})

test('statements beyond what the pool can queue wait, and time out with a clear error', async () => {
  const slow = Array.from({ length: 33 }, () => failureOf(db.primary.execute(sql`select pg_sleep(0.25)`)))
  await until(() => primary().pool.waiting === 1)
  expect(await slow[32]).toBe('DATABASE_POOL_TIMEOUT')
  await Promise.all(slow)
  expect(primary().pool).toMatchObject({ used: 0, waiting: 0 })
})

test('statements run no longer than the statement timeout', async () => {
  const error = await db.primary.execute(sql`select pg_sleep(5)`).catch((reason) => reason)
  expect(String(error.cause)).toContain('statement timeout')
  await until(async () => {
    const [row] =
      await server.sql`select count(*)::int as count from pg_stat_activity where query like '%pg_sleep(5)%' and state = 'active' and pid <> pg_backend_pid()`
    return row.count === 0
  })
})

test('a transaction that pauses too long is ended, and its connection is not lost', async () => {
  const idle = db.transaction(async (tx) => {
    await tx.execute(sql`select 1`)
    await until(async () => {
      const [row] =
        await server.sql`select count(*)::int as count from pg_stat_activity where state = 'idle in transaction'`
      return row.count === 0
    })
    await tx.execute(sql`select 1`)
  })
  expect(await failureOf(idle)).toBe('TRANSACTION_TIMEOUT')
  expect(primary().pool.used).toBe(0)
  await db.transaction(async (tx) => await tx.execute(sql`select 1`))
})

test('connections carry the name of their program', async () => {
  const [row] = await db.primary.execute<{ name: string }>(sql`select current_setting('application_name') as name`)
  expect(row!.name).toStartWith('test_')
})

test('statements don’t wait for ever behind transactions that hold every connection', async () => {
  const gate = Promise.withResolvers<void>()
  const holders = [1, 2].map(() =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select 1`)
      await gate.promise
    }),
  )
  await until(() => primary().pool.used === 2)
  expect(await failureOf(db.primary.execute(sql`select 1`).then())).toBe('DATABASE_POOL_TIMEOUT')
  const waiting = db.primary.execute(sql`select 1`).then()
  gate.resolve()
  await Promise.all([...holders, waiting])
})
