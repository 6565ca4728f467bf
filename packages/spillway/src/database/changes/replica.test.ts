import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { createLogger, platformSettings, readSettings } from '../../foundation/index.ts'
import { type SlowProxy, slowProxy } from '../../testing/slow-proxy.ts'
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'
import { items } from '../fixtures/items.ts'
import { itemChanges, shelfDatabase } from './fixtures/shelf.ts'

const database = shelfDatabase()
const { db } = database
const rankOf = async (id: number) => (await db.select().from(items).where(eq(items.id, id)))[0]?.rank

let server: TestDatabase
let primary: SlowProxy
beforeAll(async () => {
  server = await testDatabase({ database })
  primary = await slowProxy({ target: server.primaryUrl })
  // Started anew, with a primary that is away for as long as a test wants.
  await database.stop()
  const { replicaUrls } = server
  const settings = readSettings(platformSettings, {
    NODE_ENV: 'test',
    DATABASE_PGBOUNCER: process.env['SPILLWAY_TEST_PGBOUNCER'] === '1' ? 'on' : 'off',
  })
  const logger = createLogger('test', 'silent')
  database.start({ primaryUrl: primary.url, replicaUrls, applicationName: 'behind', settings, logger })
})
afterEach(async () => {
  await primary.restore()
  await server.cluster.replicas[0]!.resume()
})
afterAll(async () => {
  await server.stop()
  await primary.stop()
})

/** What a read gives that begins as soon as the change has been heard of. */
const readOnHearing = () =>
  new Promise<number | undefined>((resolve, reject) => {
    const end = database.changes.on(itemChanges, (change) => {
      if (change.operation !== 'update') return
      end()
      rankOf(change.new.id).then(resolve, reject)
    })
  })

test('who has heard of a change reads it, however far the replica is behind', async () => {
  const [{ id }] = await server.sql`insert into items (name, rank) values ('kettle', 1) returning id`
  await server.replicaCaughtUp()
  await until(async () => (await rankOf(id)) === 1)
  const replica = server.cluster.replicas[0]!
  await replica.pause()
  const read = readOnHearing()
  await server.sql`update items set rank = 2 where id = ${id}`
  expect(await read).toBe(2)
  const explicit = await db.replica.select().from(items).where(eq(items.id, id))
  expect(explicit[0]?.rank, 'the replica is behind: the test above can fail').toBe(1)
})

test('a replica that keeps up goes on serving reads', async () => {
  const [{ id }] = await server.sql`insert into items (name, rank) values ('lamp', 0) returning id`
  await until(async () => (await rankOf(id)) === 0)
  const served = () => database.status().map(({ statements }) => statements)
  const [primary = 0, replica = 0] = served()
  for (let rank = 1; rank <= 50; rank++) {
    const read = readOnHearing()
    await server.sql`update items set rank = ${rank} where id = ${id}`
    expect(await read).toBe(rank)
  }
  const [primaryAfter = 0, replicaAfter = 0] = served()
  console.log(`reads on hearing: ${replicaAfter - replica} by the replica, ${primaryAfter - primary} by the primary`)
  expect(replicaAfter - replica).toBeGreaterThan(25)
})

test('while the primary is away reads go on, and what was made of old data counts as changed when it is back', async () => {
  const [{ id }] = await server.sql`insert into items (name, rank) values ('clock', 1) returning id`
  await until(async () => (await rankOf(id)) === 1)
  await server.replicaCaughtUp()
  const replica = server.cluster.replicas[0]!
  await replica.pause()
  const read = readOnHearing()
  await server.sql`update items set rank = 2 where id = ${id}`
  expect(await read).toBe(2)
  let isTold = false
  const end = database.changes.watch((changes) => {
    isTold ||= changes.some(({ operation }) => operation === 'many')
  })
  primary.cut()
  await until(async () => (await rankOf(id)) === 1, { what: 'the replica to answer with what it has' })
  expect(isTold).toBe(false)
  await primary.restore()
  await until(() => isTold, { what: 'everything to count as changed', timeoutMs: 20_000 })
  end()
  await replica.resume()
  await until(async () => (await rankOf(id)) === 2, { what: 'the new value' })
})
