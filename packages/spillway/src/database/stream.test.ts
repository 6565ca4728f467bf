import { afterAll, beforeAll, expect, test } from 'bun:test'
import { asc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { hang, killWhole } from '../testing/server-processes.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { bulkInsert } from './bulk-insert.ts'
import { items, itemsDatabase } from './fixtures/items.ts'
import { fullRow, samples, samplesDdl } from './fixtures/samples.ts'
import { stream } from './stream.ts'

const total = 2_500
const database = itemsDatabase()
const { db } = database
let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await server.sql.unsafe(samplesDdl).simple()
  await server.sql`insert into items (name, rank) select 'item ' || i, i + 1 from generate_series(1, ${total}) i`
  await bulkInsert(db, samples, [{ ...fullRow, numbers: null }, {}])
  await server.replicaCaughtUp()
})
afterAll(() => server.stop())

const all = db.select().from(items).orderBy(asc(items.id))
/** Where the test looks at that server; otherwise a replica that is late would leave it to the primary. */
const onReplica = db.replica.select().from(items).orderBy(asc(items.id))
const used = () => database.status().map(({ pool }) => pool.used)
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable(),
    (error): { message: string; code?: string; cause?: { message: string } } => error,
  )
const drain = async (rows: AsyncIterable<unknown>) => {
  for await (const _ of rows);
}

/** Sessions of this suite on one of the servers that are doing something or are inside a transaction. */
async function busySessions(url: string): Promise<number> {
  const client = new Bun.SQL({ url, max: 1 })
  const [row] = await client`
    select count(*)::int as busy from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      and application_name not like '% monitor' and state <> 'idle'`
  await client.close()
  return row.busy
}
const nothingLeft = async () => {
  expect(used()).toEqual([0, 0])
  const isQuiet = async () =>
    (await busySessions(server.direct.primaryUrl)) + (await busySessions(server.direct.replicaUrl)) === 0
  await until(isQuiet, { what: 'no session inside a transaction' })
}

const next = alias(items, 'next')
const shapes = {
  'a table': () => all,
  'every kind of column': () => db.select().from(samples).orderBy(asc(samples.id)),
  'a join': () => db.select().from(items).leftJoin(next, eq(next.id, items.rank)).orderBy(asc(items.id)),
  'nested objects with parameters': () =>
    db
      .select({ name: items.name, next: { name: next.name, at: next.madeAt }, twice: sql<number>`${items.rank} * 2` })
      .from(items)
      .leftJoin(next, eq(next.id, items.rank))
      .where(sql`${items.rank} > ${40} and ${items.name} <> ${'item 50'}`)
      .orderBy(asc(items.id)),
  'a relational query': () => db.query.items.findMany({ orderBy: asc(items.id), columns: { id: true, madeAt: true } }),
}

for (const [shape, query] of Object.entries(shapes)) {
  test(`streams the rows of ${shape} as the query gives them`, async () => {
    const expected: unknown[] = await query()
    for (const chunk of [1_000, 500, 7]) {
      const rows: unknown[] = []
      for await (const row of stream<unknown>(query(), { chunk })) rows.push(row)
      expect(rows).toEqual(expected)
    }
    await nothingLeft()
  })
}

test('rows have the type that the query infers', async () => {
  for await (const { id, madeAt } of stream(all)) {
    const typed: { id: number; madeAt: Date } = { id, madeAt }
    expect(typed.madeAt).toBeInstanceOf(Date)
    break
  }
})

test('it goes where the query would go, and sees what was written before', async () => {
  const role = async (from: Pick<typeof db, 'select'>) => {
    for await (const { isReplica } of stream(from.select({ isReplica: sql<boolean>`pg_is_in_recovery()` }).from(items)))
      return isReplica
  }
  await until(async () => await role(db), { what: 'the replica to be chosen' })
  expect(await role(db.replica)).toBeTrue()
  expect(await role(db.primary)).toBeFalse()
  await db.transaction(async () => expect(await role(db)).toBeFalse())
  for (let round = 0; round < 20; round++) {
    await db.insert(items).values({ name: `new ${round}`, rank: -1 })
    const rows = await Array.fromAsync(stream(db.select().from(items).where(eq(items.rank, -1))))
    expect(rows).toHaveLength(round + 1)
  }
  await db.delete(items).where(eq(items.rank, -1))
})

test('in a transaction it sees what that has written, beside other statements and streams', async () => {
  await db
    .transaction(async (tx) => {
      await tx.insert(items).values({ name: 'inside', rank: -5 })
      const query = tx.select().from(items).orderBy(asc(items.rank))
      let seen = 0
      for await (const row of stream(query, { chunk: 10 })) {
        if (seen === 0) expect(row.name).toBe('inside')
        if (++seen > 25) break
        if (seen % 10 === 0)
          for await (const inner of stream(query, { chunk: 3 })) {
            expect(inner.name).toBe('inside')
            break
          }
      }
      expect(await tx.$count(items)).toBe(total + 1)
      tx.rollback()
    })
    .catch(() => undefined)
  await nothingLeft()
})

test('leaving the loop gives the connection back before the next line', async () => {
  for await (const { id } of stream(onReplica)) {
    expect(used()).toEqual([0, 1])
    if (id === 1_200) break
  }
  await nothingLeft()
  const thrown = (async () => {
    for await (const { id } of stream(onReplica)) if (id === 10) throw new Error('no more')
  })()
  expect((await failureOf(thrown)).message).toBe('no more')
  await nothingLeft()
})

test('a hundred streams that are left early cost no connection', async () => {
  for (let round = 0; round < 100; round++) for await (const _ of stream(onReplica, { chunk: 10 })) break
  await nothingLeft()
  const [row] = await db.replica.execute<{ count: number }>(
    sql`select count(*)::int as count from pg_prepared_statements`,
  )
  expect(row!.count).toBeLessThan(20)
})

const slow = (from: Pick<typeof db, 'select'>) =>
  from.select({ id: items.id, slept: sql`pg_sleep(case when ${items.id} > 1500 then 60 else 0 end)` }).from(items)

for (const [when, chunk] of [
  ['before the first row', 2_000],
  ['while rows are fetched', 1_000],
] as const) {
  test(`an abort ends what the server does ${when}`, async () => {
    const abort = new AbortController()
    const reason = new Error('the client has gone')
    const loop = drain(stream(slow(db.replica), { signal: abort.signal, chunk }))
    await until(async () => (await busySessions(server.direct.replicaUrl)) === 1, { what: 'the query to run' })
    abort.abort(reason)
    expect(await loop.catch((error) => error)).toBe(reason)
    await nothingLeft()
  })
}

test('an abort while the loop is busy gives the connection back at once, and ends the loop', async () => {
  const abort = new AbortController()
  const loop = (async () => {
    for await (const { id } of stream(onReplica, { signal: abort.signal })) {
      if (id !== 1_000) continue
      abort.abort(new Error('enough'))
      await until(() => used()[1] === 0, { what: 'the connection to be given back' })
    }
  })()
  expect((await failureOf(loop)).message).toBe('enough')
  await nothingLeft()
})

test('a signal that was aborted before opens nothing', async () => {
  const reason = new Error('too late')
  const rows = drain(stream(all, { signal: AbortSignal.abort(reason) }))
  expect(await rows.catch((error) => error)).toBe(reason)
})

test('an abort inside a transaction leaves the connection usable once it is rolled back', async () => {
  const abort = new AbortController()
  const work = db.transaction(async (tx) => {
    const streaming = drain(stream(slow(tx), { signal: abort.signal }))
    await until(async () => (await busySessions(server.direct.primaryUrl)) === 1)
    abort.abort(new Error('enough'))
    await streaming
  })
  expect((await failureOf(work)).message).toBe('enough')
  await nothingLeft()
})

test('a mistake in the query shows the query', async () => {
  const error = await failureOf(
    drain(
      stream(
        db
          .select({ x: sql`1 / (${items.id} - ${1_300})` })
          .from(items)
          .orderBy(items.id),
      ),
    ),
  )
  expect(error.message).toContain('Failed query: select 1 / ("id" - $1)')
  expect(error.cause!.message).toBe('division by zero')
  expect((await failureOf(drain(stream(all, { chunk: 0 })))).code).toBe('STREAM_CHUNK_INVALID')
  await nothingLeft()
})

test('a session that is ended in the middle is told as such, and the next stream works', async () => {
  let rows = 0
  const loop = (async () => {
    for await (const _ of stream(onReplica, { chunk: 100 })) {
      if (++rows !== 150) continue
      await endSessionsOn(server.direct.replicaUrl)
    }
  })()
  const error = await failureOf(loop)
  expect(error).toMatchObject({ code: 'STREAM_INTERRUPTED', rows: 200 })
  expect(error.message).toStartWith('The replica-1 ended the stream after 200 rows: ')
  await nothingLeft()
  expect(await Array.fromAsync(stream(all))).toHaveLength(total)
})

async function endSessionsOn(url: string): Promise<void> {
  const client = new Bun.SQL({ url, max: 1 })
  await client`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'`
  await client.close()
}

test('a replica that is killed interrupts its stream; those that start then come from the primary', async () => {
  const loop = (async () => {
    let rows = 0
    for await (const _ of stream(db.replica.select().from(items), { chunk: 100 })) {
      if (++rows !== 50) continue
      await killWhole(server.cluster.replicas[0]!)
    }
  })()
  expect(await failureOf(loop)).toMatchObject({ code: 'STREAM_INTERRUPTED', rows: 100 })
  expect(used()).toEqual([0, 0])
  expect(await Array.fromAsync(stream(all))).toHaveLength(total)
  await until(() => database.status()[1]!.healthy, { what: 'the replica to be taken back', timeoutMs: 20_000 })
  expect(await Array.fromAsync(stream(db.replica.select().from(items)))).toHaveLength(total)
  await nothingLeft()
})

// PgBouncer answers for a server that hangs, for as long as its own timeouts are.
const isDirect = process.env['SPILLWAY_TEST_PGBOUNCER'] !== '1'

test.if(isDirect)('a replica that hangs holds neither the loop nor a connection', async () => {
  let resume = () => {}
  try {
    let rows = 0
    const loop = (async () => {
      for await (const _ of stream(db.replica.select().from(items), { chunk: 100 }))
        if (++rows === 150) resume = hang(server.cluster.replicas[0]!)
    })()
    expect(await failureOf(loop)).toMatchObject({ code: 'STREAM_INTERRUPTED', rows: 200 })
    expect(used()).toEqual([0, 0])
    expect(await Array.fromAsync(stream(all))).toHaveLength(total)
  } finally {
    resume()
  }
  await until(() => database.status()[1]!.healthy, { what: 'the replica to be taken back', timeoutMs: 20_000 })
  await nothingLeft()
})
