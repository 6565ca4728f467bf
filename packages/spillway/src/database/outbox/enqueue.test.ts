import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import { expectQueries } from '../../testing/expect-queries.ts'
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'
import { items, itemsDatabase } from '../fixtures/items.ts'
import type { DeliveredMessage } from './deliverer.ts'
import { note, textOf } from './fixtures/notes.ts'

const database = itemsDatabase()
const { db } = database
const delivered: DeliveredMessage[] = []
let arrivedAt = 0
database.outbox.deliver(async (messages) => {
  arrivedAt = performance.now()
  delivered.push(...messages)
})

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
})
afterAll(() => server.stop())

/** Resolves when everything that is committed now has been delivered. */
const allDelivered = () => until(async () => (await database.outbox.waiting()).count === 0, { what: 'all deliveries' })
const texts = () => delivered.map(textOf)

beforeEach(async () => {
  await allDelivered()
  delivered.length = 0
})

test('what a transaction enqueues is delivered after its commit, once, and not before', async () => {
  const ids: string[] = []
  await db.transaction(async (tx) => {
    const { id } = await tx.enqueue(note, { text: 'paid "in full" \\ ünïcode \u0000' }, { urgent: true })
    ids.push(id)
    // Long enough for several looks at the table.
    await Bun.sleep(500)
    expect(delivered).toEqual([])
  })
  await allDelivered()
  expect(delivered).toEqual([
    {
      id: ids[0]!,
      body: { text: 'paid "in full" \\ ünïcode \u0000', urgent: true },
      floors: { default: expect.any(String) },
    },
  ])
})

test('what is rolled back is never delivered, with the transaction or with a savepoint', async () => {
  const failing = db.transaction(async (tx) => {
    await tx.enqueue(note, { text: 'never' })
    throw new Error('changed my mind')
  })
  await failing.catch(() => undefined)
  await db.transaction(async (tx) => {
    await tx.enqueue(note, { text: 'kept' })
    const nested = tx.transaction(async (inner) => {
      await inner.enqueue(note, { text: 'dropped' })
      throw new Error('only this part')
    })
    await nested.catch(() => undefined)
    await tx.transaction((inner) => inner.enqueue(note, { text: 'nested' }))
  })
  await allDelivered()
  expect(texts()).toEqual(['kept', 'nested'])
})

test('a transaction that is started over sends what its last attempt has enqueued', async () => {
  let attempts = 0
  await db.transaction(async (tx) => {
    attempts++
    await tx.enqueue(note, { text: `attempt ${attempts}` })
    if (attempts === 3) return
    await tx.execute(sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`)
  })
  await allDelivered()
  expect(texts()).toEqual(['attempt 3'])
})

test('many go in by one statement, and come out in their order', async () => {
  const inputs = Array.from({ length: 1_200 }, (_, index) => ({ text: `"${index}", {\\}` }))
  const enqueued = await db.transaction(async (tx) => {
    const ids = await expectQueries(1, () => tx.enqueueMany(note, inputs, { urgent: false }))
    expect(await tx.enqueueMany(note, [])).toEqual([])
    return ids
  })
  await allDelivered()
  expect(texts()).toEqual(inputs.map(({ text }) => text))
  expect(delivered.map(({ id }) => id)).toEqual(enqueued.map(({ id }) => id))
})

test('an input that is refused puts nothing in, and rolls back its transaction', async () => {
  const refused = db.transaction(async (tx) => {
    await tx.insert(items).values({ name: 'order', rank: 4_711 })
    await tx.enqueueMany(note, [{ text: 'fine' }, { text: '' }])
  })
  expect(refused).rejects.toThrow('a note needs a text')
  await refused.catch(() => undefined)
  expect(await db.primary.select().from(items).where(eq(items.rank, 4_711))).toEqual([])
  await allDelivered()
  expect(delivered).toEqual([])
})

test('the process that commits delivers within a few milliseconds, however long it had nothing to do', async () => {
  const latencies: number[] = []
  for (let round = 0; round < 7; round++) {
    // Until the loop pauses for 200 ms.
    await Bun.sleep(400)
    await db.transaction((tx) => tx.enqueue(note, { text: 'quick' }))
    const committedAt = performance.now()
    await until(() => delivered.length > round)
    latencies.push(arrivedAt - committedAt)
  }
  latencies.sort((a, b) => a - b)
  console.log(`commit to delivery: median ${latencies[3]!.toFixed(1)} ms, longest ${latencies[6]!.toFixed(1)} ms`)
  // By its pauses alone it would be 100.
  expect(latencies[3]!).toBeLessThan(50)
})

test('another database in the same place keeps its messages apart', async () => {
  await server.sql`
    insert into spillway_outbox.messages (id, database, destination, body)
    values (gen_random_uuid(), 'analytics', 'note', '{}')`
  await db.transaction((tx) => tx.enqueue(note, { text: 'ours' }))
  await allDelivered()
  expect(texts()).toEqual(['ours'])
  const left = await server.sql`delete from spillway_outbox.messages returning database`
  expect([...left]).toEqual([{ database: 'analytics' }])
})

test('a database that was not migrated says so', async () => {
  await server.sql`alter schema spillway_outbox rename to elsewhere`
  try {
    const enqueueing = db.transaction((tx) => tx.enqueue(note, { text: 'lost' }))
    const error = await enqueueing.catch((reason) => reason)
    expect(error).toMatchObject({ code: 'OUTBOX_MISSING', hint: expect.stringContaining('spillway migrate') })
    expect(await database.outbox.waiting().catch((reason) => reason.code)).toBe('OUTBOX_MISSING')
  } finally {
    await server.sql`alter schema elsewhere rename to spillway_outbox`
  }
  await db.transaction((tx) => tx.enqueue(note, { text: 'found again' }))
  await allDelivered()
  expect(texts()).toEqual(['found again'])
})

test('a second handler is refused', () => {
  expect(() => database.outbox.deliver(async () => undefined)).toThrow('has a handler already')
})
