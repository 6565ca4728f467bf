/**
 * Two processes over one file, with databases whose replica is behind: what one has written and invalidated, the other
 * loads although nobody has told it yet.
 */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { items, itemsDatabase } from '../database/fixtures/items.ts'
import { floorsOf } from '../database/index.ts'
import { createLogger, runInContext } from '../foundation/index.ts'
import { lagging } from '../testing/lagging.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { Backend } from './backend.ts'
import { Cache } from './cache.ts'
import { silentBus } from './memory-tier.ts'
import { SqliteTier } from './sqlite/tier.ts'

const database = itemsDatabase()
const { db } = database
const logger = createLogger('test', 'silent')
const folder = mkdtempSync(join(tmpdir(), 'spillway-floors-'))
const backends: Backend[] = []

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await server.sql`insert into items (name, rank) select 'item ' || i, 0 from generate_series(1, 64) i`
  await server.replicaCaughtUp()
  await until(async () => (await rankOf(1)) === 0)
})
afterAll(async () => {
  for (const backend of backends) await backend.close()
  rmSync(folder, { recursive: true, force: true })
  await server.stop()
})

/** The bus delivers nothing: as if each of them were a moment before hearing. */
function newProcess(hooks: { floors?: ReturnType<typeof floorsOf> }): Cache {
  const tier = new SqliteTier({ path: join(folder, 'cache.db') })
  const backend = new Backend({ tier, bus: silentBus, logger, ...hooks })
  backends.push(backend)
  const cache = new Cache({ name: 'items' })
  cache.start(backend, logger)
  return cache
}

const rankOf = async (id: number) => (await db.select().from(items).where(eq(items.id, id)))[0]?.rank
const request = <Result>(work: () => Promise<Result>) => runInContext({ id: crypto.randomUUID() }, work)

/** One writes and invalidates, the other loads. */
async function writeAndLoad(writer: Cache, reader: Cache, id: number, rank: number): Promise<number | undefined> {
  const key = `item:${id}:${rank}`
  const tags = [`item:${id}`]
  await request(async () => {
    await db.update(items).set({ rank }).where(eq(items.id, id))
    await writer.invalidate(...tags)
  })
  return await request(() => reader.remember<number | undefined>(key, () => rankOf(id), { tags }))
}

test('who loads after an invalidation that it has not heard of loads the new row', async () => {
  const floors = floorsOf([database])
  const [writer, reader] = [newProcess({ floors }), newProcess({ floors })]
  await server.cluster.replicas[0]!.pause()
  expect(await writeAndLoad(writer, reader, 1, 1)).toBe(1)
  await server.cluster.replicas[0]!.resume()
})

test('without the floors it loads the old one: the test above can fail', async () => {
  const [writer, reader] = [newProcess({}), newProcess({})]
  await server.replicaCaughtUp()
  await until(async () => (await rankOf(1)) === 1)
  await server.cluster.replicas[0]!.pause()
  expect(await writeAndLoad(writer, reader, 1, 2)).toBe(1)
  await server.cluster.replicas[0]!.resume()
})

test('however far the replica is behind, and by the replica when it is not', async () => {
  const floors = floorsOf([database])
  const [writer, reader] = [newProcess({ floors }), newProcess({ floors })]
  const stop = lagging(server.cluster.replicas[0]!, { maxMs: 200 })
  const before = database.status().map(({ statements }) => statements)
  const rounds = async (id: number) => {
    const ranks = Array.from({ length: 40 }, (_, index) => index + 10)
    for (const rank of ranks) expect(await writeAndLoad(writer, reader, id, rank)).toBe(rank)
  }
  await Promise.all(Array.from({ length: 16 }, (_, index) => rounds(index + 1)))
  await stop()
  const served = database.status().map(({ statements }, index) => statements - before[index]!)
  console.log(`loads after invalidations: ${served[1]} of 640 by a replica that stops and goes on`)
  await until(
    async () => {
      const replica = database.status()[1]!.statements
      expect(await writeAndLoad(writer, reader, 60, Math.floor(performance.now()))).toBeDefined()
      return database.status()[1]!.statements > replica
    },
    { what: 'a load by the replica, which keeps up' },
  )
})
