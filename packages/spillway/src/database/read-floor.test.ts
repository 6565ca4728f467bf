import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import {
  createLogger,
  type Floors,
  noFloors,
  platformSettings,
  readSettings,
  runInContext,
} from '../foundation/index.ts'
import { slowProxy } from '../testing/slow-proxy.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { shelfDatabase } from './changes/fixtures/shelf.ts'
import { writtenPositions } from './consistency.ts'
import { items, itemsDatabase } from './fixtures/items.ts'
import { formatPosition, lsnUnknowable, parseLsn, parsePosition } from './lsn.ts'
import { floorsOf, readAtLeast } from './read-floor.ts'
import { stream } from './stream.ts'

const database = shelfDatabase()
const { db } = database
/** The same, of a process that hears of no changes: its reads follow nothing by themselves. */
const deaf = itemsDatabase()
const silent = createLogger('test', 'silent')
const [watched, consumed]: [Floors[], { rank: number | undefined; floors: Floors }[]] = [[], []]
database.changes.watch((_, { floors }) => watched.push(floors))
database.changes.consume('floors', async (changes, { floors }) => {
  for (const change of changes)
    if (change.operation === 'update') consumed.push({ rank: await rankOf(id, deaf), floors })
})

let server: TestDatabase
let id: number
beforeAll(async () => {
  server = await testDatabase({ database })
  const [row] = await server.sql`insert into items (name, rank) values ('kettle', 0) returning id`
  id = row.id
  start(deaf, server.primaryUrl)
  await server.replicaCaughtUp()
  await until(async () => (await rankOf(id)) === 0 && database.status()[1]!.servesReads)
})
afterAll(async () => {
  await deaf.stop()
  await server.stop()
})

function start(another: typeof deaf, primaryUrl: string): void {
  const settings = readSettings(platformSettings, {
    NODE_ENV: 'test',
    DATABASE_PGBOUNCER: process.env['SPILLWAY_TEST_PGBOUNCER'] === '1' ? 'on' : 'off',
  })
  const { replicaUrls } = server
  another.start({ primaryUrl, replicaUrls, applicationName: 'another', settings, logger: silent })
}
const replica = () => server.cluster.replicas[0]!
afterEach(() => replica().resume())

const rankOf = async (id: number, { db } = database as Pick<typeof deaf, 'db'>) =>
  (await db.select().from(items).where(eq(items.id, id)))[0]?.rank
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
const isOnReplica = async () => (await db.execute(sql`select pg_is_in_recovery() as yes`))[0]!['yes']

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
  await until(() => elsewhere(async () => (await readAtLeast(floors, isOnReplica)).value))
})

test('a position that the primary has not got, as after a restore, does not keep replicas from serving', async () => {
  await server.replicaCaughtUp()
  const floors = { default: formatPosition(lsnUnknowable) }
  await until(() => elsewhere(async () => (await readAtLeast(floors, isOnReplica)).value))
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
  const proxy = await slowProxy({ target: server.primaryUrl })
  const through = itemsDatabase()
  start(through, proxy.url)
  const rank = () => rankOf(id, through)
  const nested = async (floors: Floors) => {
    const outer = await readAtLeast(noFloors, () => readAtLeast(floors, rank))
    expect(outer.isBehind).toBe(outer.value.isBehind)
    return outer.value
  }
  try {
    await server.replicaCaughtUp()
    await replica().pause()
    const floors = await writeUnseen(10)
    expect(await nested(floors)).toEqual({ value: 10, isBehind: false })
    proxy.cut()
    const isOld = async () => Bun.deepEquals(await nested(floors), { value: 9, isBehind: true })
    await until(isOld, { what: 'the replica to answer with what it has' })
    await proxy.restore()
    const isNew = async () => Bun.deepEquals(await nested(floors), { value: 10, isBehind: false })
    await until(isNew, { what: 'the primary to be back' })
  } finally {
    await through.stop()
    await proxy.stop()
  }
})
