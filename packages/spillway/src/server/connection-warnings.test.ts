import { afterAll, beforeAll, expect, test } from 'bun:test'
import { platformSettings, readSettings } from '../foundation/index.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { connectionWarnings } from './connection-warnings.ts'
import type { DatabaseServers } from './database-servers.ts'

let server: TestDatabase
let available = 0
beforeAll(async () => {
  server = await testDatabase()
  const [row] = await server.sql`
    select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      - current_setting('reserved_connections')::int as available`
  available = row.available
})
afterAll(() => server.stop())

const on = (replicaUrls: string[] = []) => ({ primaryUrl: server.primaryUrl, replicaUrls }) as DatabaseServers

async function warnings(databases: DatabaseServers[], processes: number, env: Record<string, string> = {}) {
  const settings = readSettings(platformSettings, { DATABASE_POOL_MAX: '1', ...env })
  return await connectionWarnings(databases, settings, { count: processes })
}

test('the pools of all processes must fit', async () => {
  expect(await warnings([on()], available)).toEqual([])
  expect(await warnings([on()], available + 1)).toEqual([expect.stringContaining(`open ${available + 1} connections`)])
})

test('databases on one server share its connections', async () => {
  expect(await warnings([on(), on()], available)).toEqual([
    expect.stringContaining(`open ${2 * available} connections to 127.0.0.1:`),
  ])
})

test('the pools of tasks are counted where they are', async () => {
  const settings = readSettings(platformSettings, { DATABASE_POOL_MAX: '1' })
  const tasks = { url: server.primaryUrl, connections: 3 }
  const warnings = await connectionWarnings([on()], settings, { count: available - 2, tasks })
  expect(warnings).toEqual([expect.stringContaining(`open ${available + 1} connections`)])
})

test('replicas are counted each, with the connection that watches them', async () => {
  expect(await warnings([on([server.replicaUrl])], available)).toHaveLength(2)
})

test('a replica that is away is no reason to fail, and PgBouncer is another matter', async () => {
  expect(await warnings([on(['postgres://u:p@127.0.0.1:1/none'])], 1)).toEqual([])
  expect(await warnings([on()], available + 1, { DATABASE_PGBOUNCER: 'on' })).toEqual([])
})
