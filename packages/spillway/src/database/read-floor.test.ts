import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { type Floors, noFloors, runInContext } from '../foundation/index.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { shelfDatabase } from './changes/fixtures/shelf.ts'
import { writtenPositions } from './consistency.ts'
import { items } from './fixtures/items.ts'
import { formatPosition, lsnUnknowable, parseLsn, parsePosition } from './lsn.ts'
import { floorsOf, readAtLeast } from './read-floor.ts'
import { stream } from './stream.ts'

const database = shelfDatabase()
const { db } = database
const [watched, consumed]: [Floors[], { rank: number | undefined; floors: Floors }[]] = [[], []]
database.changes.watch((_, { floors }) => watched.push(floors))
database.changes.consume('floors', async (changes, { floors }) => {
  for (const change of changes) if (change.operation === 'update') consumed.push({ rank: await rankOf(id), floors })
})

let server: TestDatabase
let id: number
beforeAll(async () => {
  server = await testDatabase({ database })
  const [row] = await server.sql`insert into items (name, rank) values ('kettle', 0) returning id`
  id = row.id
  await server.replicaCaughtUp()
  await until(async () => (await rankOf(id)) === 0 && database.status()[1]!.servesReads)
})
afterAll(() => server.stop())
const replica = () => server.cluster.replicas[0]!
afterEach(() => replica().resume())

const rankOf = async (id: number) => (await db.select().from(items).where(eq(items.id, id)))[0]?.rank
/** In a context of its own, as requests and tasks have them. */
const elsewhere = <Result>(work: () => Promise<Result>) => runInContext({ id: crypto.randomUUID() }, work)
const here = async (): Promise<Floors> => {
  const [row] = await server.sql`select pg_current_wal_insert_lsn()::text as lsn`
  return { default: formatPosition(parseLsn(row.lsn)) }
}
/** By another client, so that nobody here has written or heard anything yet. */
async function writeUnseen(rank: number): Promise<Floors> {
  await server.sql`update items set rank = ${rank} where id = ${id}`
  return await here()
}
const byReplica = () => database.status()[1]!.statements

test('positions order as text', () => {
  const texts = ['0/0', '0/FF', '0/100', 'A/0', '10/0', 'FFFFFFFF/FFFFFFFF'].map((text) =>
    formatPosition(parseLsn(text)),
  )
  expect(texts.toSorted()).toEqual(texts)
  expect(texts.map(parsePosition).map(formatPosition)).toEqual(texts)
})

test('what a context has written is what others must see, in other contexts and outside of any', async () => {
  await replica().pause()
  const written = await elsewhere(async () => {
    expect(await writtenPositions()).toBeUndefined()
    await db.update(items).set({ rank: 1 }).where(eq(items.id, id))
    return await database.seen()
  })
  expect(await elsewhere(() => readAtLeast(written, () => rankOf(id)))).toEqual({ value: 1, isBehind: false })
  expect((await readAtLeast(written, () => rankOf(id))).value).toBe(1)
  expect(await elsewhere(async () => (await db.replica.select().from(items))[0]!.rank), 'it can fail').toBe(0)
})

test('a floor ends with its reads: the context has nothing to tell its successor, and reads where it may', async () => {
  const floors = await here()
  await elsewhere(async () => {
    await readAtLeast(floors, async () => {
      expect((await floorsOf([database]).current())['default']! >= floors['default']!).toBe(true)
      // An outer one holds inside, also when a lower one is asked for there.
      await readAtLeast({ default: formatPosition(1n) }, async () => {
        expect((await database.seen())['default']! >= floors['default']!).toBe(true)
      })
    })
    expect(await writtenPositions()).toBeUndefined()
  })
})

test('a replica that has come so far serves the reads', async () => {
  const floors = await here()
  await server.replicaCaughtUp()
  const before = byReplica()
  await until(async () => {
    await elsewhere(() => readAtLeast(floors, () => rankOf(id)))
    return byReplica() > before
  })
})

test('a position that the primary has not got, as after a restore, does not keep replicas from serving', async () => {
  await server.replicaCaughtUp()
  const before = byReplica()
  const floors = { default: formatPosition(lsnUnknowable) }
  await until(async () => {
    await elsewhere(() => readAtLeast(floors, () => rankOf(id)))
    return byReplica() > before
  })
  // Nor does it let one serve that lacks what the primary has now.
  await replica().pause()
  const [, { value }] = [await writeUnseen(7), await elsewhere(() => readAtLeast(floors, () => rankOf(id)))]
  expect(value).toBe(7)
})

test('a stream sees it too', async () => {
  await replica().pause()
  const floors = await writeUnseen(8)
  const { value } = await elsewhere(() =>
    readAtLeast(floors, async () => {
      for await (const { rank } of stream(db.select().from(items).where(eq(items.id, id)))) return rank
      return undefined
    }),
  )
  expect(value).toBe(8)
})

test('watchers and consumers are told how far others must be, and a consumer reads what it is told', async () => {
  await until(async () => {
    const rows = await server.sql`select from spillway_changes.leases where name = 'consumer floors'`
    return rows.length > 0
  })
  await replica().pause()
  consumed.length = 0
  watched.length = 0
  const before = await here()
  await writeUnseen(9)
  await until(() => consumed.length > 0 && watched.length > 0, { what: 'the change to be told' })
  expect(consumed[0]!.rank).toBe(9)
  for (const told of [consumed[0]!.floors, watched[0]!]) {
    expect(Object.keys(told)).toEqual(['default'])
    expect(told['default']! >= before['default']!).toBe(true)
  }
})

test('while the primary is away reads go on, and are said to be behind', async () => {
  await server.replicaCaughtUp()
  await until(async () => (await db.replica.select().from(items))[0]!.rank === 9)
  await replica().pause()
  const floors = await writeUnseen(10)
  await server.cluster.primary.kill()
  const nested = () => elsewhere(() => readAtLeast(noFloors, () => readAtLeast(floors, () => rankOf(id))))
  const behind = await until(async () => {
    const outer = await nested()
    expect(outer.isBehind).toBe(outer.value.isBehind)
    return outer.isBehind ? outer.value : undefined
  })
  expect(behind.value).toBe(9)
  await until(() => database.status()[0]!.healthy, { what: 'the primary to be back', timeoutMs: 20_000 })
  expect((await nested()).value).toEqual({ value: 10, isBehind: false })
})
