import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { runCommand, startProgram } from '../testing/program.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'

const app = join(import.meta.dir, 'fixtures/two-databases-app.ts')
let one: TestDatabase
let other: TestDatabase
beforeAll(async () => {
  one = await testDatabase()
  other = await testDatabase()
})
afterAll(async () => {
  await one.stop()
  await other.stop()
})

const tablesOf = async ({ sql }: TestDatabase) =>
  (await sql`select tablename from pg_tables where schemaname = 'public' order by 1`).map(
    ({ tablename }: { tablename: string }) => tablename,
  )

test('a further database with settings of its own is another place, for reads, writes, migrations and health', async () => {
  const env = {
    DATABASE_URL: one.primaryUrl,
    DATABASE_REPLICA_URLS: one.replicaUrl,
    ANALYTICS_DATABASE_URL: other.primaryUrl,
    ANALYTICS_DATABASE_REPLICA_URLS: other.replicaUrl,
  }
  expect(JSON.parse((await runCommand(['migrate', app, '--check', '--json'], { env })).stdout)).toEqual({
    pending: ['0000_items', '0001_rank_index', 'analytics/0000_items'],
  })
  await using program = await startProgram(app, { env })
  expect(program.output).toContain('analytics')
  expect(await (await fetch(`${program.url}/both`, { method: 'POST' })).json()).toEqual({ items: 1, visits: 1 })
  expect(await (await fetch(`${program.url}/both`, { method: 'POST' })).json()).toEqual({ items: 2, visits: 2 })
  const ready = (await (await fetch(`${program.url}/readyz`)).json()) as {
    servers: { database: string; name: string }[]
  }
  expect(ready.servers.map(({ database, name }) => `${database} ${name}`)).toEqual([
    'default primary',
    'default replica-1',
    'analytics primary',
    'analytics replica-1',
  ])
  expect(await tablesOf(one)).toEqual(['items', 'logs', 'spillway_migrations'])
  expect(await tablesOf(other)).toEqual(['spillway_migrations', 'visits'])
  expect((await runCommand(['migrate', app, '--check'], { env })).exitCode).toBe(0)
  expect(await program.stop()).toBe(0)
})

test('without settings it lives in the main one, with a history of its own', async () => {
  const shared = await testDatabase()
  try {
    const env = { DATABASE_URL: shared.primaryUrl, DATABASE_REPLICA_URLS: shared.replicaUrl, WEB_WORKERS: '1' }
    await using program = await startProgram(app, { env })
    expect(await (await fetch(`${program.url}/both`, { method: 'POST' })).json()).toEqual({ items: 1, visits: 1 })
    expect(await tablesOf(shared)).toEqual(['items', 'logs', 'spillway_migrations', 'visits'])
    expect((await runCommand(['migrate', app, '--check'], { env })).exitCode).toBe(0)
    expect(await program.stop()).toBe(0)
  } finally {
    await shared.stop()
  }
})

test('its settings are shown and checked as the others are', async () => {
  const env = { ANALYTICS_DATABASE_URL: 'postgres://me:hush@db/analytics' }
  const { stdout } = await runCommand(['settings', app], { env })
  expect(stdout).toMatch(/^ANALYTICS_DATABASE_URL +postgres:\/\/me:•••@db\/analytics/m)
  expect(stdout).toMatch(/^ANALYTICS_DATABASE_REPLICA_URLS/m)
  const wrong = await runCommand(['settings', app], { env: { ANALYTICS_DATABASE_URL: 'mysql://db' } })
  expect(wrong.exitCode).toBe(1)
  expect(wrong.stderr).toContain('ANALYTICS_DATABASE_URL: expected a PostgreSQL URL, got (secret); for example')
})
