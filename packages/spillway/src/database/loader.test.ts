import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { runInContext } from '../foundation/index.ts'
import { expectQueries } from '../testing/expect-queries.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { items, itemsDatabase } from './fixtures/items.ts'
import { groupLoader, loader } from './loader.ts'

const database = itemsDatabase()
const { db } = database
let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await server.sql`insert into items (name, rank) select 'item ' || i, i % 3 from generate_series(1, 3000) i`
  await server.replicaCaughtUp()
})
afterAll(() => server.stop())

const batches: number[][] = []
beforeEach(() => void batches.splice(0))
const itemById = loader(
  (ids: number[]) => {
    batches.push(ids)
    return db.select().from(items).where(inArray(items.id, ids))
  },
  { key: (row) => row.id },
)
const itemsOfRank = groupLoader(
  (ranks: number[]) =>
    db
      .select()
      .from(items)
      .where(sql`${inArray(items.rank, ranks)} and ${items.id} <= 10`)
      .orderBy(asc(items.id)),
  { key: (row) => row.rank },
)
let contexts = 0
const inContext = <Result>(work: () => Promise<Result>) => runInContext({ id: `context-${contexts++}` }, work)

describe('what is asked for in one turn', () => {
  test('is one query, each key once, answered in order', async () => {
    const loaded = await expectQueries(1, () => Promise.all([3, 1, 3, 999_999].map(itemById)))
    expect(loaded.map((row) => row?.name)).toEqual(['item 3', 'item 1', 'item 3', undefined])
    expect(batches).toEqual([[3, 1, 999_999]])
    expect((await itemById.many(new Set([2, 1]))).map((row) => row?.id)).toEqual([2, 1])
  })

  test('waits for what goes on without waiting for something outside', async () => {
    const after = async (steps: number, id: number) => {
      for (let step = 0; step < steps; step++) await undefined
      return await itemById(id)
    }
    await expectQueries(1, () => Promise.all([after(0, 1), after(3, 2), after(20, 3)]))
  })

  test('goes out in thousands', async () => {
    const all = await itemById.many(Array.from({ length: 2_500 }, (_, index) => index + 1))
    expect(all.every((row, index) => row?.id === index + 1)).toBeTrue()
    expect(batches.map(({ length }) => length)).toEqual([1_000, 1_000, 500])
  })
})

test('rows of many are grouped by key, in the order of the query', async () => {
  const [one, none, two] = await expectQueries(1, () => itemsOfRank.many([1, 7, 2]))
  expect(one!.map(({ id }) => id)).toEqual([1, 4, 7, 10])
  expect(two!.map(({ id }) => id)).toEqual([2, 5, 8])
  expect(none).toEqual([])
})

test('a context loads a row once; another one, and a script, anew', async () => {
  const twice = async () => [await itemById(5), await itemById(5)]
  await expectQueries(1, twice)
  await expectQueries(1, twice)
  batches.splice(0)
  await twice()
  expect(batches).toEqual([[5], [5]])
})

describe('after a write of the same context it is loaded anew', () => {
  // A new context knows nothing of what another has written, and may read from the replica.
  beforeEach(() => server.replicaCaughtUp())
  const rename = (name: string) => db.update(items).set({ name }).where(eq(items.id, 6))
  const name = async () => (await itemById(6))?.name

  test('when that has ended', async () => {
    await inContext(async () => {
      await name()
      await rename('renamed')
      expect(await name()).toBe('renamed')
    })
  })

  test('when it ended while the row was being loaded', async () => {
    await inContext(async () => {
      const [old] = await Promise.all([name(), rename('renamed meanwhile')])
      expect(old).toStartWith('renamed')
      expect(await name()).toBe('renamed meanwhile')
    })
  })

  test('when it was in a transaction, as of its commit', async () => {
    await inContext(async () => {
      await db.transaction(async (tx) => {
        await tx.update(items).set({ name: 'committed' }).where(eq(items.id, 6))
        // On `db`, so it doesn't see what isn't committed.
        expect(await name()).toBe('renamed meanwhile')
      })
      expect(await name()).toBe('committed')
    })
  })
})

test('a failure is told to all who wait, and not remembered', async () => {
  let isBroken = true
  const flaky = loader(
    async (ids: number[]) => {
      if (isBroken) throw new Error('broken')
      return ids.map((id) => ({ id }))
    },
    { key: (row) => row.id },
  )
  await inContext(async () => {
    const failed = await Promise.allSettled([flaky(1), flaky(2), flaky(1)])
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    isBroken = false
    expect(await flaky(1)).toEqual({ id: 1 })
  })
})

test('keys may be texts and bigints', async () => {
  const byName = loader((names: string[]) => db.select().from(items).where(inArray(items.name, names)), {
    key: (row) => row.name,
  })
  const byBigint = loader(
    (ids: bigint[]) =>
      db
        .select({ id: sql<bigint>`${items.id}::bigint`.mapWith(BigInt) })
        .from(items)
        .where(inArray(sql`${items.id}::bigint`, ids)),
    { key: (row) => row.id },
  )
  expect((await byName('item 9'))?.id).toBe(9)
  expect(await byBigint(9n)).toEqual({ id: 9n })
})

test('rows that can’t be told apart are an error', async () => {
  const code = (loading: Promise<unknown>) => loading.catch((error) => error.code)
  const rows = (all: { id: unknown }[]) =>
    loader(async (_: number[]) => all as { id: number }[], { key: (row) => row.id })
  expect(await code(rows([{ id: 1 }, { id: 1 }])(1))).toBe('LOADER_ROW_UNEXPECTED')
  expect(await code(rows([{ id: '1' }])(1))).toBe('LOADER_ROW_UNEXPECTED')
})

test('a prepared query takes its keys as one array', async () => {
  const byIds = db
    .select()
    .from(items)
    .where(sql`${items.id} = any(${sql.placeholder('ids')}::int[])`)
    .prepare('items_by_ids')
  const prepared = loader((ids: number[]) => byIds.execute({ ids: `{${ids.join()}}` }), { key: (row) => row.id })
  expect((await prepared.many([2, 1])).map((row) => row?.name)).toEqual(['item 2', 'item 1'])
})
