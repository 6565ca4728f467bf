import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { asc, eq, sql } from 'drizzle-orm'
import { runInContext } from '../foundation/index.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { BulkRowError, BulkWriteError } from './bulk-errors.ts'
import { type BulkInsertOptions, bulkInsert } from './bulk-insert.ts'
import { items, itemsDatabase } from './fixtures/items.ts'
import { fullRow, samples, samplesDdl } from './fixtures/samples.ts'

const database = itemsDatabase()
const { db } = database
let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await server.sql.unsafe(samplesDdl).simple()
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.sql`truncate items, depot."all ""kinds""" restart identity`
})

type Sample = typeof samples.$inferInsert
const ways = [{ via: 'copy' }, { via: 'insert' }] as const
const count = () => db.primary.$count(items)
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ name: `item ${from + index}`, rank: from + index }))
const failureOf = (work: Promise<unknown>): Promise<{ message: string; row: number; code: string } & Error> =>
  work.then(
    () => expect.unreachable(),
    (error) => error,
  )

for (const way of ways) {
  test(`values of every kind arrive by ${way.via}`, async () => {
    await bulkInsert(db, samples, [fullRow, { label: 'nothing' }], way)
    const [full, nothing] = await db.primary.select().from(samples).orderBy(asc(samples.id))
    const { changedAt, bytes, numbers, ...rest } = full!
    expect(rest).toEqual({ id: 1, ...fullRow, bytes: undefined, numbers: undefined } as never)
    expect([...bytes!]).toEqual([...fullRow.bytes])
    expect([...numbers!]).toEqual(fullRow.numbers)
    expect(changedAt).toBeInstanceOf(Date)
    expect(nothing).toMatchObject({ id: 2, label: 'nothing', note: null, data: null, stock: 7, code: 'made' })
    expect(nothing!.key).toHaveLength(36)
  })

  test(`rows that differ in what they give get their defaults by ${way.via}`, async () => {
    const rows: Sample[] = [
      { label: 'a', stock: 1 },
      { label: 'b' },
      { label: 'c', stock: 3, note: 'x' },
      { note: null },
    ]
    expect(await bulkInsert(db, samples, rows, way)).toEqual({ inserted: 4, returned: [] })
    const stored = await db.primary.select({ label: samples.label, stock: samples.stock }).from(samples)
    expect(stored.toSorted((a, b) => String(a.label).localeCompare(String(b.label)))).toEqual([
      { label: 'a', stock: 1 },
      { label: 'b', stock: 7 },
      { label: 'c', stock: 3 },
      { label: null, stock: 7 },
    ])
  })

  test(`a broken row far behind leaves nothing behind, and is named by ${way.via}`, async () => {
    const rows = [...numbered(0, 2_400), { name: 'bad', rank: 'many' as never }, ...numbered(0, 10)]
    const error = await failureOf(bulkInsert(db, items, rows, { ...way, batch: 1_000 }))
    expect(error).toBeInstanceOf(way.via === 'copy' ? BulkRowError : BulkWriteError)
    expect(error.message).toContain(way.via === 'copy' ? 'Row 2400: ' : 'rows 2000 to 2410')
    expect(error.message).toContain('"many"')
    expect(await count()).toBe(0)
    expect(database.status()[0]!.pool.used).toBe(0)
  })

  test(`text that PostgreSQL can’t store or that is too long is an error by ${way.via}, never cut`, async () => {
    const nul = await failureOf(bulkInsert(db, samples, [{ label: 'a' }, { note: 'a\0b' }], way))
    expect(nul).toMatchObject({ code: 'BULK_ROW_INVALID', row: 1 })
    expect(nul.message).toContain('"note" contains a NUL character')
    const long = await failureOf(bulkInsert(db, samples, [{ label: 'thirteen char' }], way))
    expect(long.message).toStartWith('Row 0: value too long')
    expect(await db.primary.$count(samples)).toBe(0)
  })
}

test('values that have no text are named with their row and column', async () => {
  const failure = async (row: object) => (await failureOf(bulkInsert(db, samples, [{}, row as Sample]))).message
  expect(await failure({ at: new Date(Number.NaN) })).toStartWith('Row 1: "at" can\'t be encoded: ')
  expect(await failure({ note: sql`now()` })).toContain('it is SQL')
  expect(await failure({ note: { a: 1 } })).toContain('"note"')
  expect(await failure({ id: 5 })).toContain('"id" is always generated')
})

test('rows can come from a generator, in batches that each commit', async () => {
  async function* source() {
    yield* numbered(0, 2_500)
    throw new Error('the file ends here')
  }
  const done: number[] = []
  const work = bulkInsert(db, items, source(), {
    batch: 1_000,
    commit: 'each batch',
    onProgress: (rows) => done.push(rows),
  })
  expect((await failureOf(work)).message).toBe('the file ends here')
  expect(done).toEqual([1_000, 2_000])
  expect(await count()).toBe(2_000)
  expect((await failureOf(bulkInsert(db, items, source()))).message).toBe('the file ends here')
  expect(await count()).toBe(2_000)
})

test('in a transaction it is part of it', async () => {
  const committed: string[] = []
  await db.transaction(async (tx) => {
    tx.onCommit(() => committed.push('yes'))
    expect(await bulkInsert(tx, items, numbered(0, 1_500))).toEqual({ inserted: 1_500, returned: [] })
    expect(await tx.$count(items)).toBe(1_500)
    expect(committed).toEqual([])
  })
  expect(committed).toEqual(['yes'])
  const undone = db.transaction(async (tx) => {
    await bulkInsert(tx, items, numbered(0, 1_500))
    throw new Error('changed my mind')
  })
  await failureOf(undone)
  expect(await count()).toBe(1_500)
})

test('a read that follows sees the rows, though replicas may lag', async () => {
  for (let round = 0; round < 20; round++)
    await runInContext({ id: `request-${round}` } as never, async () => {
      await bulkInsert(db, items, numbered(0, 300))
      expect(await db.$count(items)).toBe((round + 1) * 300)
    })
})

test('returned columns come in the order of the rows, and are mapped as Drizzle maps them', async () => {
  const rows: Sample[] = numbered(0, 2_300).map(({ name }, index) =>
    index % 3 ? { label: name } : { label: name, stock: index },
  )
  const { inserted, returned } = await bulkInsert(db, samples, rows, {
    returning: { label: samples.label, big: samples.big, stock: samples.stock },
  })
  expect(inserted).toBe(2_300)
  expect(returned.map(({ label }) => label)).toEqual(rows.map(({ label }) => label!))
  expect(returned[4]).toEqual({ label: 'item 4', big: null, stock: 7 })
  const first: { label: string | null; big: bigint | null; stock: number } | undefined = returned[0]
  expect(first?.stock).toBe(0)
})

test('rows whose key is taken are left out, or update', async () => {
  await bulkInsert(db, samples, [{ label: 'item 1', note: 'old', amount: '1.00' }])
  const rows = numbered(0, 2_000).map(({ name }) => ({ label: name, note: 'new', amount: '2.00' }))
  expect((await bulkInsert(db, samples, rows, { onConflict: 'ignore' })).inserted).toBe(1_999)
  const byLabel = (label: string) => db.primary.select().from(samples).where(eq(samples.label, label))
  const [before] = await byLabel('item 1')
  expect(before).toMatchObject({ note: 'old', amount: '1.00' })
  const onConflict = { target: samples.label, update: [samples.amount] }
  expect((await bulkInsert(db, samples, rows, { onConflict })).inserted).toBe(2_000)
  const [after] = await byLabel('item 1')
  expect(after).toMatchObject({ id: before!.id, note: 'old', amount: '2.00' })
  expect(after!.changedAt!.getTime()).toBeGreaterThanOrEqual(before!.changedAt!.getTime())
})

test('of rows with one key the last wins, in one batch as in several', async () => {
  const rows = [
    ...numbered(0, 5).map(({ name }) => ({ label: name, note: 'first', stock: 1 })),
    ...numbered(0, 5).map(({ name }) => ({ label: name, note: 'second', stock: 2 })),
    { label: null, note: 'without a key' },
    { label: null, note: 'without a key' },
  ]
  const options = { onConflict: { target: samples.label, update: [samples.stock] } } satisfies BulkInsertOptions<never>
  for (const batch of [1_000, 3, 1]) {
    await server.sql`truncate depot."all ""kinds"""`
    await bulkInsert(db, samples, rows, { ...options, batch })
    const stored = await db.primary
      .select({ note: samples.note, stock: samples.stock })
      .from(samples)
      .orderBy(samples.label)
    expect(stored.slice(0, 5)).toEqual(Array(5).fill({ note: 'first', stock: 2 }))
    expect(stored).toHaveLength(7)
  }
})

test('upserts of the same rows in different orders don’t deadlock', async () => {
  const rows = numbered(0, 600).map(({ name }) => ({ label: name }))
  const onConflict = { target: samples.label, update: [samples.note] }
  const writers = Array.from({ length: 12 }, (_, writer) => {
    const own = rows.map((row) => ({ ...row, note: `writer ${writer}` })).toSorted(() => Math.random() - 0.5)
    return db.transaction((tx) => bulkInsert(tx, samples, own, { onConflict }), { retries: 0 })
  })
  await Promise.all(writers)
  const notes = await db.primary.selectDistinct({ note: samples.note }).from(samples)
  expect(notes).toHaveLength(1)
})

test('no rows are no work, and a batch needs a size', async () => {
  expect(await bulkInsert(db, items, [])).toEqual({ inserted: 0, returned: [] })
  expect((await failureOf(bulkInsert(db, items, [], { batch: 0 }))).code).toBe('BULK_BATCH_INVALID')
})

test('a session that ends in the middle leaves nothing behind, and no connection is lost', async () => {
  async function* source() {
    yield* numbered(0, 2_500)
    await server.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()
        and application_name not like '% monitor'`
    yield* numbered(0, 2_500)
  }
  for (const way of ways) {
    const error = await failureOf(bulkInsert(db, items, source(), { ...way, batch: 1_000 }))
    expect(error.code).toBe('DATABASE_UNAVAILABLE')
    expect(database.status()[0]!.pool.used).toBe(0)
    expect(await count()).toBe(0)
  }
})

test('a duplicate key names its row or its batch, and the key', async () => {
  const rows = [...numbered(0, 200).map(({ name }) => ({ label: name })), { label: 'item 7' }]
  const error = await failureOf(bulkInsert(db, samples, rows))
  expect(error).toMatchObject({ code: 'BULK_ROW_INVALID', row: 200 })
  expect(error.message).toContain('(label)=(item 7)')
})
