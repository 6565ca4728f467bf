import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import { createLogger, runInContext } from '../foundation/index.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { items, itemsDatabase } from './fixtures/items.ts'
import { explainSlowQuery, slowQueries } from './slow-queries.ts'

const database = itemsDatabase()
const { db } = database
const lines: Record<string, unknown>[] = []
const logger = createLogger('test', 'info', { write: (line) => void lines.push(JSON.parse(line)) })
let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database, logger, env: { SLOW_QUERY_MS: '50', DATABASE_STATEMENT_TIMEOUT_MS: '2000' } })
  await server.sql`insert into items (name, rank) values ('kettle', 1)`
  await server.replicaCaughtUp()
})
afterAll(() => server.stop())
beforeEach(() => void lines.splice(0))

const slowly = sql`pg_sleep(0.06) is not null`
const source = (await Bun.file(import.meta.path).text()).split('\n')
const place = (marker: string) =>
  `${import.meta.path.replace(`${process.cwd()}/`, '')}:${source.findIndex((line) => line.endsWith(` // ${marker}`)) + 1}`

test('a slow query is logged with its place and its server, and without any value', async () => {
  await runInContext({ id: 'request-7' }, async () => {
    const secret = sql`${items.name} <> ${'my password'} and ${items.name} <> 'her password' and ${items.rank} < 12345`
    await db.select().from(items).where(sql`${slowly} and ${secret}`) // slow
  })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({
    level: 'warn',
    msg: 'slow query',
    request_id: 'request-7',
    database: 'default',
    server: 'replica-1',
    place: place('slow'),
    parameters: ['string(11)'],
  })
  expect(lines[0]!['statement']).toContain('"items"."name" <> ? and "items"."name" <> ? and "items"."rank" < ?')
  expect(lines[0]!['ms']).toBeGreaterThanOrEqual(50)
  expect(JSON.stringify([lines, slowQueries()])).not.toMatch(/password|12345/)
})

test('its plan can be had from the server where it ran, for its values', async () => {
  await db.execute(sql`select ${'seen by the planner'}::text, ${slowly} from items limit 1`)
  const [query] = slowQueries()
  expect(query).toMatchObject({ id: lines[0]!['slow_query'], server: 'replica-1', contextId: undefined })
  expect(await explainSlowQuery(query!.id)).toMatch(/^Limit .*\n.*Seq Scan on items/)
})

test('one in a transaction is logged too, and explaining an insert inserts nothing', async () => {
  await db.transaction(async (tx) => {
    await tx.transaction(async (inner) => {
      const name = sql<string>`case when ${slowly} then ${'inserted once'} end`
      await inner.insert(items).values({ name, rank: 3 }) // slow in a transaction
    })
  })
  expect(lines).toMatchObject([{ server: 'primary', place: place('slow in a transaction') }])
  expect(await explainSlowQuery(slowQueries()[0]!.id)).toContain('Insert on items')
  expect(await db.primary.$count(items, eq(items.name, 'inserted once'))).toBe(1)
})

test('one that fails is logged as such', async () => {
  await db.execute(sql`select ${slowly}, 1 / (select 0)`).catch((error) => error)
  expect(lines).toMatchObject([{ msg: 'slow query', failed: true }])
})

test('a second statement in the text is never run by explaining the first', async () => {
  await db.primary.execute(sql`select pg_sleep(0.06); insert into items (name, rank) values ('sneaked in', 1)`)
  const [query] = slowQueries()
  expect(query!.statement).toContain('; insert')
  expect(await explainSlowQuery(query!.id).catch((error) => error.code)).toBe('SLOW_QUERY_UNEXPLAINABLE')
  expect(await explainSlowQuery(0).catch((error) => error.code)).toBe('SLOW_QUERY_UNKNOWN')
})

test('a hundred at once are one line', async () => {
  await Promise.all(Array.from({ length: 100 }, (_, id) => db.execute(sql`select ${slowly}, 'a hundred', ${id}::int`)))
  expect(lines).toHaveLength(1)
})

test('a large parameter is not kept', async () => {
  await db.execute(sql`select ${slowly}, length(${'x'.repeat(100_000)})`)
  expect(lines).toMatchObject([{ parameters: ['string(100000)'] }])
  expect(await explainSlowQuery(slowQueries()[0]!.id).catch((error) => error.code)).toBe('SLOW_QUERY_UNEXPLAINABLE')
})
