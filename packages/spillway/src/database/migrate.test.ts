import { afterAll, beforeAll, expect, test } from 'bun:test'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { migrate, pendingMigrations } from './migrate.ts'

let server: TestDatabase
let folder: string
beforeAll(async () => {
  server = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'spillway-migrations-'))
  await cp(new URL('./fixtures/migrations', import.meta.url), folder, { recursive: true })
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

test('several processes that migrate at once apply each migration once, a concurrent index included', async () => {
  expect(await pendingMigrations(server.primaryUrl, folder)).toEqual(['0000_items', '0001_rank_index'])
  const applied = await Promise.all([1, 2, 3].map(() => migrate(server.primaryUrl, folder)))
  expect(applied.flat().map(({ name }) => name)).toEqual(['0000_items', '0001_rank_index'])
  expect(await pendingMigrations(server.primaryUrl, folder)).toEqual([])
  const [index] = await server.sql`select indisvalid from pg_index where indexrelid = 'items_rank_idx'::regclass`
  expect(index.indisvalid).toBeTrue()
})

test('a migration outside a transaction that was interrupted before it was noted is begun again', async () => {
  await server.sql`delete from spillway_migrations where name = '0001_rank_index'`
  expect((await migrate(server.primaryUrl, folder)).map(({ name }) => name)).toEqual(['0001_rank_index'])
})

test('a migration that fails keeps nothing and says what to do', async () => {
  const path = join(folder, '0002_broken.sql')
  await Bun.write(path, 'CREATE TABLE half (id int);\n--> statement-breakpoint\nCREATE TABLE nonsense (;')
  expect(migrate(server.primaryUrl, folder)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
  await migrate(server.primaryUrl, folder).catch(() => undefined)
  const [half] = await server.sql`select to_regclass('half') as found`
  expect(half.found).toBeNull()
  await Bun.write(path, 'CREATE TABLE half (id int);')
  expect((await migrate(server.primaryUrl, folder)).map(({ name }) => name)).toEqual(['0002_broken'])
})

test('a migration that was changed after it ran is refused', async () => {
  await Bun.write(join(folder, '0000_items.sql'), 'CREATE TABLE other (id int);')
  expect(migrate(server.primaryUrl, folder)).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' })
})

test('several databases in one place keep their histories apart', async () => {
  const another = join(folder, 'another')
  await mkdir(another)
  await Bun.write(join(another, '0000_items.sql'), 'CREATE TABLE visits (id int);')
  const options = { database: 'analytics' }
  expect(await pendingMigrations(server.primaryUrl, another, 'analytics')).toEqual(['analytics/0000_items'])
  expect((await migrate(server.primaryUrl, another, options)).map(({ name }) => name)).toEqual(['analytics/0000_items'])
  expect(await migrate(server.primaryUrl, another, options)).toEqual([])
})

test('an unreachable database is one clear error without its password', async () => {
  const error = await migrate('postgres://someone:hush@127.0.0.1:1/none', folder).catch((reason) => reason)
  expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE' })
  expect(error.message).toContain('127.0.0.1:1/none as "someone"')
  expect(error.message).not.toContain('hush')
})
