import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import { hang } from '../testing/server-processes.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { items, itemsDatabase, logs } from './fixtures/items.ts'

const database = itemsDatabase()
const { db } = database
const byName = db
  .select()
  .from(items)
  .where(eq(items.name, sql.placeholder('name')))
  .prepare('item_by_name')

let server: TestDatabase
beforeAll(async () => {
  // However busy the machine is: which server answers is the question here, not when.
  server = await testDatabase({ database, env: { DATABASE_REPLICA_WAIT_MS: '5000' } })
})
afterAll(() => server.stop())

/** How many statements each server got from `work`. */
async function statementsOf(work: () => Promise<unknown>) {
  const counts = () => database.status().map(({ statements }) => statements)
  const before = counts()
  await work()
  const [primary = 0, replica = 0] = counts().map((count, index) => count - before[index]!)
  return { primary, replica }
}

test('writes go to the primary, reads to the replica', async () => {
  expect(await statementsOf(async () => await db.insert(items).values({ name: 'kettle', rank: 1 }))).toEqual({
    primary: 1,
    replica: 0,
  })
  await server.replicaCaughtUp()
  const read = await statementsOf(async () => {
    expect(await byName.execute({ name: 'kettle' })).toMatchObject([{ name: 'kettle', rank: 1 }])
    expect(await db.query.items.findFirst()).toMatchObject({ name: 'kettle' })
    expect(await db.$count(items)).toBe(1)
  })
  expect(read).toEqual({ primary: 0, replica: 3 })
})

test('the servers are who they are said to be', async () => {
  const isReplica = async (from: typeof db.primary) => (await from.execute(sql`select pg_is_in_recovery() as yes`))[0]
  expect(await isReplica(db.primary)).toEqual({ yes: false })
  expect(await isReplica(db.replica)).toEqual({ yes: true })
})

test('an explicit choice wins', async () => {
  expect(await statementsOf(async () => await db.primary.select().from(items))).toEqual({ primary: 1, replica: 0 })
  expect(await statementsOf(async () => await db.replica.select().from(items))).toEqual({ primary: 0, replica: 1 })
  expect(db.replica.insert(items).values({ name: 'x', rank: 1 }).execute()).rejects.toThrow()
})

test('locking reads go to the primary', async () => {
  expect(await statementsOf(async () => await db.select().from(items).for('update'))).toEqual({
    primary: 1,
    replica: 0,
  })
})

test('everything inside a transaction goes to the primary, and sees what it wrote', async () => {
  await db.transaction(async (tx) => {
    await tx.insert(items).values({ name: 'inside', rank: 2 })
    expect(await tx.select().from(items).where(eq(items.name, 'inside'))).toHaveLength(1)
    expect(await statementsOf(async () => await db.select().from(items))).toEqual({ primary: 1, replica: 0 })
    expect(await statementsOf(async () => await db.select().from(logs))).toEqual({ primary: 0, replica: 1 })
  })
})

test('an error rolls a transaction back, and a savepoint rolls back alone', async () => {
  const failing = db.transaction(async (tx) => {
    await tx.insert(items).values({ name: 'never', rank: 3 })
    throw new Error('changed my mind')
  })
  expect(failing).rejects.toThrow('changed my mind')
  await failing.catch(() => undefined)
  await db.transaction(async (tx) => {
    await tx.insert(items).values({ name: 'kept', rank: 3 })
    const nested = tx.transaction(async (inner) => {
      await inner.insert(items).values({ name: 'dropped', rank: 3 })
      throw new Error('only this part')
    })
    await nested.catch(() => undefined)
  })
  const names = (await db.primary.select().from(items)).map(({ name }) => name)
  expect(names).toContain('kept')
  expect(names).not.toContain('never')
  expect(names).not.toContain('dropped')
})

test('a mistake in a statement is the caller’s, not an outage', async () => {
  const error = await db.execute(sql`select * from nowhere`).catch((reason) => reason)
  expect(String(error.cause)).toContain('nowhere')
  expect(database.status().every(({ healthy }) => healthy)).toBeTrue()
})

test('reads go on while the replica is away, and return to it', async () => {
  const replica = server.cluster.replicas[0]!
  const healthy = () => database.status()[1]!.healthy
  const errors: unknown[] = []
  let stop = false
  const reader = readUntil(
    () => stop,
    (error) => errors.push(error),
  )
  await replica.kill()
  await until(() => !healthy(), { what: 'the replica to be taken out' })
  expect(await statementsOf(async () => await byName.execute({ name: 'kettle' }))).toMatchObject({ replica: 0 })
  await until(healthy, { what: 'the replica to be taken back', timeoutMs: 20_000 })
  stop = true
  await reader
  expect(errors).toEqual([])
  expect((await statementsOf(async () => await byName.execute({ name: 'kettle' }))).replica).toBe(1)
})

async function readUntil(isDone: () => boolean, onError: (error: unknown) => void): Promise<void> {
  while (!isDone()) {
    await byName.execute({ name: 'kettle' }).catch(onError)
    await Bun.sleep(1)
  }
}

test('a query before the start says what is missing', async () => {
  const idle = itemsDatabase()
  expect(idle.db.select().from(items).execute()).rejects.toThrow()
})

test('a replica that hangs costs no read', async () => {
  const resume = hang(server.cluster.replicas[0]!)
  try {
    const reads = Array.from({ length: 50 }, () => byName.execute({ name: 'kettle' }))
    expect((await Promise.all(reads)).every((rows) => rows.length === 1)).toBeTrue()
    expect(database.status()[1]!.healthy).toBeFalse()
  } finally {
    resume()
  }
  await until(() => database.status()[1]!.healthy, { what: 'the replica to be taken back', timeoutMs: 20_000 })
})
