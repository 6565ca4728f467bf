import { afterAll, beforeAll, expect, test } from 'bun:test'
import { integer, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { shelfServer, startLog } from '../../testing/shelf.ts'
import type { TestDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'
import { items } from '../fixtures/items.ts'
import { migrate } from '../migrate.ts'
import { ChangeLog } from './change-log.ts'
import { changeDecoder, type LoggedChange } from './decode.ts'
import { shelfDatabase } from './fixtures/shelf.ts'
import { installChangeLog, logWithoutColumns } from './install.ts'
import { type Change, type Watched, watch } from './watch.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await shelfServer()
})
afterAll(() => server.stop())

async function install(...watched: Watched[]): Promise<void> {
  await using connection = await server.sql.reserve()
  await installChangeLog(connection, { database: 'default', watched })
}

const triggers = async () =>
  await server.sql`
    select tgrelid::regclass::text as table, tgname, tgrelid, tgfoid, xmin::text from pg_trigger
    where tgname like 'spillway%' order by 1, 2`

const logged = async () => [
  ...(await server.sql`delete from spillway_changes.log returning relation, operation, old, new, columns`),
]

test('what is right is not touched', async () => {
  const before = await triggers()
  const functions = () =>
    server.sql`select xmin::text from pg_proc where pronamespace = 'spillway_changes'::regnamespace`
  const made = await functions()
  const { migrations, changes } = shelfDatabase()
  await migrate(server.primaryUrl, migrations, { watched: changes.watched })
  expect(await triggers()).toEqual(before)
  expect(await functions()).toEqual(made)
  expect(before).toHaveLength(2)
})

test('a declaration that changed replaces the function, one that is gone takes the triggers with it', async () => {
  const { sql } = server
  await install(watch(items, { columns: ['id', 'name'] }))
  await sql`insert into items (name, rank) values ('named', 1)`
  expect(await logged()).toMatchObject([{ new: [expect.any(Number), 'named'] }])
  await install()
  expect(await triggers()).toEqual([])
  await sql`insert into items (name, rank) values ('unheard', 1)`
  expect(await logged()).toEqual([])
})

test('what another database of the app watches on the same server is left alone', async () => {
  await install(watch(items, { columns: ['id'] }))
  await using connection = await server.sql.reserve()
  await installChangeLog(connection, { database: 'analytics', watched: [] })
  expect(await triggers()).toHaveLength(2)
})

test('a table or column that does not exist is a clear error', async () => {
  const nowhere = pgTable('nowhere', { id: integer('id') })
  const more = pgTable('items', { id: integer('id'), colour: text('colour') })
  const missingTable = await install(watch(nowhere, { columns: ['id'] })).catch((error: unknown) => error)
  expect(missingTable).toMatchObject({ code: 'WATCH_INVALID', message: 'There is no table nowhere, which is watched.' })
  const missingColumn = await install(watch(more, { columns: ['id', 'colour'] })).catch((error: unknown) => error)
  expect(missingColumn).toMatchObject({ code: 'WATCH_INVALID' })
})

test('while migrations run, writers are neither broken nor unheard', async () => {
  const { sql } = server
  await sql`create table shelves (id integer primary key, colour text not null, visits integer not null default 0)`
  const shelves = pgTable('shelves', {
    id: integer('id').primaryKey(),
    colour: text('colour'),
    visits: integer('visits'),
  })
  const { changes } = shelfDatabase()
  const before = watch(shelves, { columns: ['id', 'colour'], ignore: ['visits'] })
  await install(...changes.watched, before)
  await using connection = await sql.reserve()
  await logWithoutColumns(connection, 'default')
  await sql`alter table shelves drop column colour`
  await sql`alter table shelves alter column visits type bigint`
  await sql`insert into shelves (id) values (1)`
  await sql`update shelves set visits = 2`
  expect(await logged()).toMatchObject([
    { relation: 'shelves', operation: 'many' },
    { relation: 'shelves', operation: 'many' },
  ])
  await install(...changes.watched, watch(shelves, { columns: ['id'], ignore: ['visits'] }))
  await sql`update shelves set visits = 3`
  await sql`update shelves set id = 2`
  expect(await logged()).toMatchObject([{ operation: 'update', old: [1], new: [2] }])
})

test('a failed migration leaves the triggers without columns, a later one makes them whole', async () => {
  const { migrations, changes } = shelfDatabase()
  await install(...changes.watched)
  await server.sql`delete from spillway_migrations where name = '0001_rank_index'`
  await migrate(server.primaryUrl, migrations, { watched: changes.watched })
  await server.sql`insert into items (name, rank) values ('after', 9)`
  expect(await logged()).toMatchObject([{ operation: 'insert', new: [expect.any(Number), 9] }])
})

test('values arrive as the schema has them, whatever the writer’s session says', async () => {
  const { sql } = server
  const prices = pgTable('price list', {
    id: integer('Id').primaryKey(),
    price: numeric('price', { precision: 12, scale: 2 }),
    since: timestamp('since', { withTimezone: true, precision: 3 }),
    note: text('its "note"'),
  })
  await sql`create table "price list" ("Id" integer primary key, price numeric(12, 2), since timestamptz(3), "its ""note""" text)`
  const priceChanges = watch(prices, { columns: ['id', 'price', 'since', 'note'] })
  await install(priceChanges)
  const log = new ChangeLog('default', [priceChanges])
  const heard: Change[] = []
  log.watch((changes) => heard.push(...changes))
  startLog(log, server)
  const writer = await sql.reserve()
  await writer`set datestyle = 'German'`
  await writer`set timezone = 'Asia/Seoul'`
  const write = async () => writer`
    insert into "price list" values (1, 1234567890.10, '2026-05-01T12:00:00.5Z', 'it''s')
    on conflict ("Id") do update set price = "price list".price + 0.01`
  // It starts at the end of the log, which is somewhere in these.
  await until(async () => {
    await write()
    return heard.length > 0
  })
  const change = heard[0]!
  await log.stop()
  await writer`reset all`
  writer.release()
  const row = 'new' in change ? change.new : {}
  expect(row).toEqual({
    id: 1,
    price: expect.stringMatching(/^1234567890\.\d\d$/),
    since: expect.any(Date),
    note: "it's",
  })
  expect(row['since']).toEqual(new Date('2026-05-01T12:00:00.500Z'))
})

test('a log that held objects is brought up to date, and what waits in it is told as a whole', async () => {
  const { sql } = server
  const { changes } = shelfDatabase()
  await install(...changes.watched)
  await logged()
  await sql`alter table spillway_changes.log drop column columns`
  await sql`alter table spillway_changes.log alter column old type jsonb using null, alter column new type jsonb using null`
  await sql`insert into spillway_changes.log (id, relation, operation, new)
    values (nextval('spillway_changes.ids'), 'items', 'insert', '{"id": 1, "rank": 1}')`
  await install(...changes.watched)
  await sql`insert into items (name, rank) values ('after', 10)`
  const waiting = await logged()
  expect(waiting).toMatchObject([{ new: { id: 1, rank: 1 }, columns: null }, { new: [expect.any(Number), 10] }])
  const decode = changeDecoder(changes.watched)
  const told = waiting.map(
    ({ relation, operation, old, new: now, columns }): LoggedChange => [relation, operation, old, now, columns],
  )
  expect(decode(told)).toMatchObject([
    { table: 'items', operation: 'many' },
    { table: 'items', operation: 'insert', new: { rank: 10 } },
  ])
})
