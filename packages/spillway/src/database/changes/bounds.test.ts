import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { connectionTo, shelfLog, shelfServer, startLog } from '../../testing/shelf.ts'
import type { TestDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'
import { BackgroundConnection } from '../background/connection.ts'
import type { ChangeLog } from './change-log.ts'
import { Lease } from './lease.ts'
import { type ChangeLogLimits, defaultLimits } from './limits.ts'
import { Relay } from './relay.ts'
import type { Change } from './watch.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await shelfServer()
})
afterAll(() => server.stop())

const running: ChangeLog[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((log) => log.stop()))
})

function listen(limits: Partial<ChangeLogLimits> = {}): Change[] {
  const heard: Change[] = []
  const log = shelfLog(limits)
  log.watch((changes) => heard.push(...changes))
  running.push(log)
  startLog(log, server)
  return heard
}

const insert = (count: number) =>
  server.sql`insert into items (name, rank) select 'item', 1 from generate_series(1, ${count}::int)`
const waiting = async () =>
  (await server.sql`select count(*)::int as count from spillway_changes.log`)[0].count as number
const isMany = (change: Change) => change.operation === 'many'

/** Resolves when `heard` belongs to a process that follows the log. */
async function isListening(heard: Change[]): Promise<void> {
  await until(async () => {
    await insert(1)
    return heard.length > 0
  })
  heard.length = 0
}

test('without a relay the log grows to its bound, writers go on, and a gap is told when it is back', async () => {
  const { sql } = server
  await sql`select setval('spillway_changes.id_limit', last_value + 99) from spillway_changes.ids`
  for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 50 }, () => insert(1)))
  expect(await waiting()).toBeLessThanOrEqual(100)
  const stillOpen = await sql.reserve()
  await stillOpen`begin isolation level repeatable read`
  await stillOpen`update items set rank = 2`
  const heard = listen({ waitingMax: 1_000 })
  const gaps = async () => (await sql`select gap_after from spillway_changes.state`)[0].gap_after
  await until(gaps, { what: 'the gap to be told' })
  await isListening(heard)
  expect(heard.some(isMany)).toBeFalse()
  // What this one has changed was not logged: it must be told after it has committed.
  await stillOpen`commit`
  stillOpen.release()
  await until(() => heard.some(isMany), { what: 'the gap to be told again' })
  await until(async () => (await gaps()) === null)
  heard.length = 0
  await insert(1)
  await until(() => heard.length > 0)
  expect(heard).toMatchObject([{ operation: 'insert' }])
})

test('of a transaction with very many rows the log takes about a thousand, beside other writers too', async () => {
  const { sql } = server
  await sql`delete from spillway_changes.log`
  await sql`select setval('spillway_changes.id_limit', last_value + 100000) from spillway_changes.ids`
  await insert(50_000)
  expect(await waiting()).toBeWithin(1_000, 1_100)
  await sql`delete from spillway_changes.log`
  await Promise.all(Array.from({ length: 4 }, () => insert(20_000)))
  // By chance: ten times as many would be a wonder.
  expect(await waiting()).toBeWithin(1_000, 40_000)
  await sql`delete from spillway_changes.log`
})

test('the bound moves on while the relay lives', async () => {
  const heard = listen({ waitingMax: 5_000 })
  await isListening(heard)
  for (let round = 0; round < 12; round++) {
    heard.length = 0
    await insert(500)
    await until(() => heard.length >= 500)
    expect(heard.some(isMany)).toBeFalse()
  }
})

test('the feed is pruned, and who is further behind is told of a gap', async () => {
  const { sql } = server
  const connection = new BackgroundConnection(connectionTo(server), 'changes')
  const consumer = shelfLog()
  const handled: Change[] = []
  consumer.consume('behind', async (changes) => void handled.push(...changes))
  startLog(consumer, server)
  await until(async () => (await sql`select from spillway_changes.leases where name = 'consumer behind'`).length > 0)
  await consumer.stop()

  const lease = new Lease({ connection, name: 'relay', holder: 'test', leaseMs: 60_000 })
  const turnOf = async (limits: Partial<ChangeLogLimits>) => {
    const relay = new Relay(connection, lease, { ...defaultLimits, ...limits })
    while (await relay.turn());
  }
  const kept = async () => [
    ...(await sql`
      select feed.position > consumer.position as "isNeeded" from spillway_changes.feed, spillway_changes.leases consumer
      where consumer.name = 'consumer behind' order by feed.position`),
  ]
  await insert(5)
  await turnOf({})
  await turnOf({ keptMs: 0 })
  expect(await kept()).not.toBeEmpty()
  expect((await kept()).every(({ isNeeded }) => isNeeded)).toBeTrue()
  await insert(20)
  await turnOf({ keptMs: 0, keptMax: 10 })
  await turnOf({ keptMs: 0, keptMax: 10 })
  expect(await kept()).toHaveLength(1)
  await lease.release()
  await connection.close()

  startLog(consumer, server)
  running.push(consumer)
  await until(() => handled.length > 0)
  expect(handled[0]).toEqual({ table: 'items', operation: 'many' })
})

test('a watcher that was cut off for too long, or finds another log, is told of a gap', async () => {
  const { sql } = server
  const heard = listen()
  await isListening(heard)
  await sql`update spillway_changes.state set pruned = (select position + 1 from spillway_changes.leases where name = 'relay')`
  await until(() => heard.some(isMany), { what: 'the gap after pruning' })
  await sql`update spillway_changes.state set pruned = 0`
  await isListening(heard)
  // As after a failover to a server that lacks the last batches.
  await sql`delete from spillway_changes.feed`
  await sql`update spillway_changes.leases set position = 0 where name = 'relay'`
  await until(() => heard.some(isMany), { what: 'the gap after the failover' })
})

test('a relay whose lease was taken over neither takes nor writes', async () => {
  const { sql } = server
  const connection = new BackgroundConnection(connectionTo(server), 'changes')
  const lease = new Lease({ connection, name: 'relay', holder: 'the old one', leaseMs: 60_000 })
  const relay = new Relay(connection, lease, defaultLimits)
  while (await relay.turn());
  await sql`update spillway_changes.leases set holder = 'the new one' where name = 'relay'`
  const end = async () => (await sql`select position from spillway_changes.leases where name = 'relay'`)[0].position
  const before = await end()
  await insert(3)
  expect(await relay.turn()).toBeFalse()
  expect(await waiting()).toBe(3)
  expect(await end()).toBe(before)
  expect(lease.isHeld).toBeFalse()
  await sql`update spillway_changes.leases set expires_at = '-infinity' where name = 'relay'`
  await connection.close()
})
