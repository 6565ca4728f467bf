import { afterAll, beforeAll, expect, test } from 'bun:test'
import { SQL } from 'bun'
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts'
import { resetStatements, slowStatements, statementText } from './slow-statements.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase()
  await server.sql`create table things (id int primary key, name text)`
  await server.sql`insert into things select n, 'thing ' || n from generate_series(1, 1000) n`
})
afterAll(() => server.stop())

test('a database without the extension is told how to get it', async () => {
  expect(await slowStatements(server.sql).catch((error) => error)).toMatchObject({
    code: 'STATEMENTS_NOT_TRACKED',
    hint: expect.stringContaining('create extension pg_stat_statements'),
  })
})

test('statements come with their calls, rows, share of the time and hits, the dearest first', async () => {
  const { sql } = server
  await sql`create extension pg_stat_statements`
  await resetStatements(sql)
  for (let id = 1; id <= 3; id++) await sql`select name from things where id = ${id}`
  await sql.unsafe(`select 'hush' from pg_sleep(0.03)`)

  const { statements, since, seesAll } = await slowStatements(sql)
  expect(seesAll).toBeTrue()
  expect(Date.now() - since.getTime()).toBeLessThan(3_600_000)
  const [first] = statements
  expect(first).toMatchObject({ statement: 'select $1 from pg_sleep($2)', calls: 1, rows: 1, hitRatio: null })
  expect(first?.meanMs).toBeGreaterThanOrEqual(30)
  expect(first?.share).toBeGreaterThan(0.5)
  const byId = statements.find(({ statement }) => statement === 'select name from things where id = $1')
  expect(byId).toMatchObject({ calls: 3, rows: 3 })
  expect(byId?.hitRatio).toBeGreaterThan(0)
})

test('they can be ordered by calls, limited, and left out when they are quick', async () => {
  const { sql } = server
  const { statements } = await slowStatements(sql, { sort: 'calls', limit: 3 })
  expect(statements).toHaveLength(3)
  expect(statements.map(({ calls }) => calls)).toEqual(statements.map(({ calls }) => calls).sort((a, b) => b - a))
  const slow = await slowStatements(sql, { minMs: 25 })
  expect(slow.statements.map(({ statement }) => statement)).toEqual(['select $1 from pg_sleep($2)'])
})

test('the text of one is found by its id', async () => {
  const { statements } = await slowStatements(server.sql, { minMs: 25 })
  expect(await statementText(server.sql, statements[0]!.queryId)).toBe('select $1 from pg_sleep($2)')
  expect(await statementText(server.sql, '12')).toBeUndefined()
})

test('a user who may not read statistics is told so, and may not reset them', async () => {
  const name = `reader_${process.pid}`
  await server.sql.unsafe(`create role ${name} login password 'x'`)
  const url = new URL(server.direct.primaryUrl)
  url.username = name
  url.password = 'x'
  const reader = new SQL({ url: url.href, max: 1 })
  try {
    expect((await slowStatements(reader)).seesAll).toBeFalse()
    expect(await resetStatements(reader).catch((error) => error)).toMatchObject({ code: 'INSPECT_FORBIDDEN' })
  } finally {
    await reader.close()
    await server.sql.unsafe(`drop role ${name}`)
  }
})
