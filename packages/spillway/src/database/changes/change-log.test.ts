import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { SQL } from 'bun'
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'
import { itemChanges, shelfDatabase } from './fixtures/shelf.ts'
import type { Change } from './watch.ts'

const database = shelfDatabase()
const heard: Change[] = []
database.changes.watch((changes) => heard.push(...changes))

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
})
afterAll(() => server.stop())

/** Resolves when everything that is committed now has been heard. */
async function allHeard(): Promise<void> {
  const [item] = await server.sql`insert into items (name, rank) values ('marker', -1) returning id`
  const isMarker = (change: Change) => 'new' in change && change.new['id'] === item.id
  await until(() => heard.some(isMarker), { what: 'the marker to be heard' })
  heard.splice(heard.findIndex(isMarker), 1)
}

beforeEach(async () => {
  await allHeard()
  heard.length = 0
})

test('changes of any client are heard, with the declared columns before and after', async () => {
  const { sql } = server
  const [{ id }] = await sql`insert into items (name, rank) values ('kettle', 1) returning id`
  await sql`update items set rank = 2 where id = ${id}`
  await sql`delete from items where id = ${id}`
  await allHeard()
  expect(heard).toEqual([
    { table: 'items', operation: 'insert', new: { id, rank: 1 } },
    { table: 'items', operation: 'update', old: { id, rank: 1 }, new: { id, rank: 2 } },
    { table: 'items', operation: 'delete', old: { id, rank: 2 } },
  ])
})

test('a row that stays as it is and an ignored column are no change, an undeclared column is one', async () => {
  const { sql } = server
  const [{ id }] = await sql`insert into items (name, rank) values ('kettle', 1) returning id`
  await allHeard()
  heard.length = 0
  await sql`update items set rank = 1 where id = ${id}`
  await sql`update items set made_at = now() + interval '1 day' where id = ${id}`
  await allHeard()
  expect(heard).toEqual([])
  await sql`update items set name = 'teapot' where id = ${id}`
  await allHeard()
  expect(heard).toEqual([{ table: 'items', operation: 'update', old: { id, rank: 1 }, new: { id, rank: 1 } }])
})

test('a primary key that changes is told with both values', async () => {
  const { sql } = server
  const [{ id }] = await sql`insert into items (name, rank) overriding system value values ('kettle', 1) returning id`
  await sql`update items set id = default where id = ${id}`
  await allHeard()
  expect(heard[1]).toMatchObject({ operation: 'update', old: { id }, new: { id: id + 1 } })
})

test('what is rolled back is never heard, nor is it with a savepoint', async () => {
  const { sql } = server
  const failing = sql.begin(async (transaction) => {
    await transaction`insert into items (name, rank) values ('never', 1)`
    throw new Error('changed my mind')
  })
  await failing.catch(() => undefined)
  await sql.begin(async (transaction) => {
    await transaction`insert into items (name, rank) values ('kept', 7)`
    const nested = transaction.savepoint(async (inner) => {
      await inner`insert into items (name, rank) values ('dropped', 8)`
      throw new Error('only this part')
    })
    await nested.catch(() => undefined)
  })
  await allHeard()
  expect(heard).toMatchObject([{ operation: 'insert', new: { rank: 7 } }])
})

test('a transaction that stays open holds up nobody else’s changes', async () => {
  const { sql } = server
  const open = await sql.reserve()
  await open`begin`
  await open`insert into items (name, rank) values ('patient', 1)`
  const [{ id }] = await sql`insert into items (name, rank) values ('quick', 2) returning id`
  await allHeard()
  expect(heard).toMatchObject([{ new: { id, rank: 2 } }])
  await open`commit`
  open.release()
  await allHeard()
  expect(heard).toMatchObject([{ new: { rank: 2 } }, { new: { rank: 1 } }])
})

test('a change of very many rows is heard as one, and so is what follows it in the transaction', async () => {
  const { sql } = server
  await sql.begin(async (transaction) => {
    await transaction`insert into items (name, rank) select 'item ' || i, 0 from generate_series(1, 100000) i`
    await transaction`update items set rank = 5 where rank = 0`
  })
  await allHeard()
  expect(heard).toEqual([{ table: 'items', operation: 'many' }])
})

test('the transaction after one with very many rows tells each of its own', async () => {
  const { sql } = server
  const one = await sql.reserve()
  await one`update items set rank = rank + 1 where name like 'item %'`
  await one`update items set rank = 77 where name = 'item 5'`
  one.release()
  await allHeard()
  expect(heard).toMatchObject([{ operation: 'many' }, { operation: 'update', new: { rank: 77 } }])
})

test('very many rows that a savepoint takes back do not count', async () => {
  await server.sql.begin(async (transaction) => {
    const nested = transaction.savepoint(async (inner) => {
      await inner`insert into items (name, rank) select 'dropped', 8 from generate_series(1, 2000)`
      throw new Error('only this part')
    })
    await nested.catch(() => undefined)
    await transaction`insert into items (name, rank) values ('kept', 9)`
  })
  await allHeard()
  expect(heard).toMatchObject([{ operation: 'insert', new: { rank: 9 } }])
})

test('a truncated table is told as a whole', async () => {
  await server.sql`truncate items`
  await allHeard()
  expect(heard).toEqual([{ table: 'items', operation: 'many' }])
})

test('a role that may write the table and nothing else is heard, whatever its search_path', async () => {
  const { sql } = server
  await sql.unsafe(`
    create role clerk_${process.pid} login password 'clerk';
    grant insert, select on items to clerk_${process.pid};
    create schema evil authorization clerk_${process.pid}`)
  const url = new URL(server.cluster.primaryUrl)
  url.pathname = new URL(server.primaryUrl).pathname
  url.username = `clerk_${process.pid}`
  url.password = 'clerk'
  const clerk = new SQL({ url: url.href, max: 1 })
  try {
    // Would run with the rights of the function's owner if the function found it.
    await clerk.unsafe(`
      create function evil.trap(integer, integer) returns boolean language plpgsql as $$ begin raise 'trapped'; end $$;
      create operator evil.> (leftarg = integer, rightarg = integer, function = evil.trap);
      create operator evil.= (leftarg = integer, rightarg = integer, function = evil.trap);
      create type evil.text as (trapped integer);
      set search_path = evil, public, pg_catalog`)
    await clerk`insert into items (name, rank) values ('by the clerk', 3)`
    await allHeard()
    expect(heard).toMatchObject([{ operation: 'insert', new: { rank: 3 } }])
    const denied = await clerk`select * from spillway_changes.log`.catch((error: unknown) => error)
    expect(String(denied)).toContain('permission denied')
  } finally {
    await clerk.close()
    await sql.unsafe(`drop owned by clerk_${process.pid}; drop role clerk_${process.pid}`)
  }
})

test('a handler that throws costs the others nothing', async () => {
  const ranks: unknown[] = []
  const ends = [
    database.changes.watch(() => {
      throw new Error('not my day')
    }),
    database.changes.on(itemChanges, (change) => 'new' in change && ranks.push(change.new.rank)),
  ]
  await server.sql`insert into items (name, rank) values ('lamp', 42)`
  await allHeard()
  for (const end of ends) end()
  expect(ranks).toContain(42)
})

test('it goes on after its connections were cut', async () => {
  const { sql } = server
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name like '% changes'
    and datname = current_database()`
  await sql`insert into items (name, rank) values ('lamp', 43)`
  await allHeard()
  expect(heard).toMatchObject([{ new: { rank: 43 } }])
})
