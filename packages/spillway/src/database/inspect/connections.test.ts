import { afterAll, beforeAll, expect, test } from 'bun:test'
import { SQL } from 'bun'
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'
import { connections } from './connections.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase()
})
afterAll(() => server.stop())

test('connections are counted by application and state, idle transactions named', async () => {
  const client = new SQL({ url: server.direct.primaryUrl, max: 1, connection: { application_name: 'forgetful' } })
  const connection = await client.reserve()
  try {
    await connection.unsafe('begin')
    await connection.unsafe("select 'secret'")
    const isIdle = async () => (await connections(server.sql, { idleSeconds: 0 })).idleTransactions.length > 0
    await until(isIdle, { what: 'the transaction to be idle' })
    const { used, available, groups, idleTransactions } = await connections(server.sql, { idleSeconds: 0 })
    expect(available).toBe(195)
    expect(used).toBeGreaterThanOrEqual(2)
    const forgetful = groups.find(({ applicationName }) => applicationName === 'forgetful')
    expect(forgetful).toMatchObject({ state: 'idle in transaction', count: 1 })
    expect(forgetful?.oldestTransactionMs).toBeGreaterThan(0)
    expect(idleTransactions).toMatchObject([{ applicationName: 'forgetful', statement: 'select ?' }])

    expect((await connections(server.sql, { idleSeconds: 3_600 })).idleTransactions).toEqual([])
    await server.sql.unsafe(idleTransactions[0]!.endWith)
    await until(async () => !(await isIdle()), { what: 'the transaction to be ended' })
  } finally {
    await client.close({ timeout: 0 })
  }
})

test('the primary knows its standby and slot, the replica its own lag', async () => {
  await server.replicaCaughtUp()
  const primary = await connections(server.sql)
  expect(primary.replay).toBeNull()
  expect(primary.standbys).toMatchObject([{ name: expect.stringContaining('replica-1'), state: 'streaming' }])
  expect(primary.slots).toMatchObject([{ name: 'replica_1', active: true, walStatus: 'reserved' }])

  const replica = new SQL({ url: server.direct.replicaUrl, max: 1 })
  const report = await connections(replica)
  await replica.close()
  expect(report.standbys).toEqual([])
  expect(report.replay?.lagBytes).toBeGreaterThanOrEqual(0)
})

test('a replica that stops replaying is seen to fall behind', async () => {
  const replica = new SQL({ url: server.direct.replicaUrl, max: 1 })
  try {
    await replica`select pg_wal_replay_pause()`
    await server.sql`create table grows as select n from generate_series(1, 10000) n`
    await until(async () => ((await connections(replica)).replay?.lagBytes ?? 0) > 100_000, {
      what: 'lag on the replica',
    })
    await until(async () => ((await connections(server.sql)).standbys[0]?.lagBytes ?? 0) > 100_000, { what: 'its lag' })
  } finally {
    await replica`select pg_wal_replay_resume()`
    await replica.close()
  }
})

test('a user who may not see the others counts them all the same', async () => {
  const name = `counter_${process.pid}`
  await server.sql.unsafe(`create role ${name} login password 'x'`)
  const url = new URL(server.direct.primaryUrl)
  url.username = name
  url.password = 'x'
  const counter = new SQL({ url: url.href, max: 1 })
  try {
    const { used, groups, seesAll } = await connections(counter)
    expect(seesAll).toBeFalse()
    expect(groups).toContainEqual(expect.objectContaining({ state: 'hidden' }))
    const isCounted = async () => (await connections(server.sql)).used === (await connections(counter)).used
    expect(used).toBeGreaterThan(0)
    await until(isCounted, { what: 'both to count the same' })
  } finally {
    await counter.close()
    await server.sql.unsafe(`drop role ${name}`)
  }
})
