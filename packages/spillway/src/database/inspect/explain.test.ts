import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts'
import { explain } from './explain.ts'
import { inquire } from './inquiry.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase()
  const { sql } = server
  await sql`create table visits (id int primary key, person int not null, page varchar(20) not null, note text not null)`
  await sql`
    insert into visits select n, n % 20000, 'page ' || n % 1000, repeat('x', 300) || n from generate_series(1, 40000) n`
  await sql`create table pairs as select n % 100 as a, n % 100 as b from generate_series(1, 20000) n`
  await sql`analyze visits, pairs`
})
afterAll(() => server.stop())

const messages = async (...[statement, options]: [string, Parameters<typeof explain>[2]?]) =>
  (await explain(server.sql, statement, options)).notes.map(({ kind, message, fix }) => ({ kind, message, fix }))

test('a plan that reads what it returns gets no notes', async () => {
  const { plan, notes, isAnalyzed, isGeneric } = await explain(server.sql, 'select * from visits where id = 5;')
  expect(plan).toMatchObject({ 'Node Type': 'Index Scan', 'Index Name': 'visits_pkey' })
  expect({ notes, isAnalyzed, isGeneric }).toEqual({ notes: [], isAnalyzed: false, isGeneric: false })
  expect(await messages('select * from visits where id > 10')).toEqual([])
  expect(await messages('select count(*) from visits')).toEqual([])
})

test('a sequential scan for few rows of a large table is noted, with an index that may help', async () => {
  const few = "select * from visits where page = 'page 7' and person > 19000"
  expect(await messages(few)).toMatchObject([
    { kind: 'sequential-scan', fix: 'create index concurrently on visits (page, person)' },
  ])
  const [measured] = await messages(few, { analyze: true })
  expect(measured?.message).toBe('It reads all 40,000 rows of visits to find 2.')
  expect(await messages("select * from visits where note like '%99'")).toMatchObject([{ fix: undefined }])
  expect(await messages("select * from visits where person = 3 or page = 'x'")).toMatchObject([{ fix: undefined }])
})

test('with parameters and no values the plan is one for any values', async () => {
  const { isGeneric, plan } = await explain(server.sql, 'select * from visits where person = $1 and page = $2')
  expect(isGeneric).toBeTrue()
  expect(plan.Filter).toContain('$1')
  const given = await explain(server.sql, 'select * from visits where person = $1', { params: ['3'] })
  expect(given.isGeneric).toBeFalse()
  expect(given.plan.Filter).toContain('= 3')
})

test('a sort that went to disk, skipped rows and rows that an index could have spared are noted when measured', async () => {
  expect(await messages('select * from visits order by note', { analyze: true })).toMatchObject([{ kind: 'spilled' }])
  const page = 'select id from visits order by id limit 20 offset 30000'
  expect(await messages(page, { analyze: true })).toMatchObject([
    { kind: 'offset', message: expect.stringContaining('30,000 rows only to skip them') },
  ])
  const thrown = "select * from visits where id > 0 and note = 'none' order by id limit 1"
  const kinds = (await messages(thrown, { analyze: true })).map(({ kind }) => kind)
  expect(kinds).toEqual([expect.stringMatching(/sequential-scan|rows-thrown-away/)])
})

test('a wrong guess of the planner is noted where it begins', async () => {
  const correlated = 'select * from pairs x join pairs y using (a) where x.a = 5 and x.b = 5 and y.a + y.b = 10'
  const guesses = (await messages(correlated, { analyze: true })).filter(({ kind }) => kind === 'misestimated')
  expect(guesses.length).toBeGreaterThan(0)
  expect(guesses[0]).toMatchObject({ fix: 'analyze pairs' })
  const stopped = await messages('select * from visits limit 5', { analyze: true })
  expect(stopped).toEqual([])
})

test('nothing can be changed by it', async () => {
  const { sql } = server
  const fails = (statement: string, options?: Parameters<typeof explain>[2]) =>
    explain(sql, statement, options).then(
      () => 'explained',
      (error) => error.code,
    )
  expect(await fails('delete from visits')).toBe('explained')
  expect(await fails('delete from visits', { analyze: true })).toBe('EXPLAIN_WRITES')
  expect(await fails('with gone as (delete from visits returning 1) select * from gone', { analyze: true })).toBe(
    'EXPLAIN_WRITES',
  )
  for (const statement of [
    'select 1; delete from visits',
    'select 1; commit; delete from visits',
    'select $1::int; commit; delete from visits',
    "select $1 is null; commit; delete from visits where e'\\'' <> ';'",
    "select e'a'\n'x\\'', $1; commit; delete from visits; --'",
    'drop table visits',
    'analyze delete from visits',
    '(analyze) delete from visits',
  ]) {
    expect(await fails(statement)).toBe('EXPLAIN_REFUSED')
  }
  expect(await fails('select $1::int', { analyze: true })).toBe('EXPLAIN_NEEDS_VALUES')
  expect((await sql`select count(*)::int as count from visits`)[0].count).toBe(40_000)
})

test("it doesn't run longer than it may", async () => {
  const endless = explain(server.sql, 'select pg_sleep(60)', { analyze: true, timeoutMs: 50 })
  expect(await endless.catch((error) => error)).toMatchObject({ code: 'INSPECT_TIMEOUT' })
  expect(await inquire(server.sql, async (tx) => (await tx`select 1 as one`)[0].one)).toBe(1)
})
