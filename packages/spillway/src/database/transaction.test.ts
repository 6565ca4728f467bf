import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { items, itemsDatabase } from './fixtures/items.ts'

const database = itemsDatabase()
const { db } = database
let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database, env: { DATABASE_ACQUIRE_TIMEOUT_MS: '60000' } })
  await server.sql`insert into items (name, rank) select 'item ' || i, 0 from generate_series(1, 210) i`
})
afterAll(() => server.stop())

const bump = sql`${items.rank} + 1`
const rankOf = async (id: number) => (await db.primary.select().from(items).where(eq(items.id, id)))[0]!.rank
const used = () => database.status()[0]!.pool.used

test('two hundred transactions that deadlock in pairs all finish', async () => {
  const lockBoth = (first: number, second: number) =>
    db.transaction(async (tx) => {
      for (const id of [first, second]) await tx.update(items).set({ rank: bump }).where(eq(items.id, id))
    })
  const pairs = Array.from({ length: 100 }, (_, index) => [11 + 2 * index, 12 + 2 * index] as const)
  await Promise.all(pairs.flatMap(([a, b]) => [lockBoth(a, b), lockBoth(b, a)]))
  const [sum] = await server.sql`select sum(rank)::int as total from items where id > 10`
  expect(sum.total).toBe(400)
  expect(used()).toBe(0)
})

test('two hundred serializable transactions on one row all finish', async () => {
  const before = database.retries
  const count = async () =>
    await db.transaction(
      async (tx) => {
        const [row] = await tx.select().from(items).where(eq(items.id, 3))
        await tx
          .update(items)
          .set({ rank: row!.rank + 1 })
          .where(eq(items.id, 3))
      },
      { isolation: 'serializable' },
    )
  await Promise.all(Array.from({ length: 200 }, count))
  console.log(`200 serializable: ${database.retries - before} retries`)
  expect(await rankOf(3)).toBe(200)
  expect(used()).toBe(0)
})

test('retries come to an end', async () => {
  let attempts = 0
  const conflict = db.transaction(
    async (tx) => {
      attempts++
      await tx.execute(sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`)
    },
    { retries: 2 },
  )
  expect(await conflict.catch((error) => error)).toBeInstanceOf(Error)
  expect(attempts).toBe(3)
})

test('other errors are not tried again', async () => {
  let attempts = 0
  const failing = db.transaction(async () => {
    attempts++
    throw new Error('no')
  })
  expect(await failing.catch((error) => error.message)).toBe('no')
  expect(attempts).toBe(1)
})

test('what follows a commit runs after it, once, in order, and only for what was kept', async () => {
  const seen: unknown[] = []
  await db.transaction(async (tx) => {
    await tx.update(items).set({ rank: 7 }).where(eq(items.id, 4))
    tx.onCommit(async () => seen.push(await rankOf(4)))
    await tx
      .transaction(async (inner) => {
        inner.onCommit(() => seen.push('dropped'))
        throw new Error('only this part')
      })
      .catch(() => undefined)
    await tx.transaction(async (inner) => inner.onCommit(() => seen.push('nested')))
    expect(seen).toEqual([])
  })
  expect(seen).toEqual([7, 'nested'])
  await db
    .transaction(async (tx) => {
      tx.onCommit(() => seen.push('never'))
      throw new Error('rolled back')
    })
    .catch(() => undefined)
  expect(seen).toEqual([7, 'nested'])
})

test('a callback that fails is told as such: the data are in, the others run, no connection is lost', async () => {
  let others = 0
  const work = db.transaction(async (tx) => {
    await tx.update(items).set({ rank: 9 }).where(eq(items.id, 5))
    tx.onCommit(() => {
      throw new Error('mail server away')
    })
    tx.onCommit(() => others++)
  })
  expect(await work.catch((error) => error.code)).toBe('ON_COMMIT_FAILED')
  expect(await rankOf(5)).toBe(9)
  expect(others).toBe(1)
  expect(used()).toBe(0)
})
