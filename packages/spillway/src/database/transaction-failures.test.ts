/** Every way in which a transaction can end badly: what its caller is told, what is kept, and that nothing stays open. */
import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import type { Socket } from 'bun'
import { eq, sql } from 'drizzle-orm'
import { createLogger, platformSettings, readSettings } from '../foundation/index.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { items, itemsDatabase } from './fixtures/items.ts'

const database = itemsDatabase()
const { db } = database
let server: TestDatabase
beforeAll(async () => {
  const env = { DATABASE_IDLE_TRANSACTION_TIMEOUT_MS: '1500', DATABASE_STATEMENT_TIMEOUT_MS: '5000' }
  server = await testDatabase({ database, env })
  await server.sql`insert into items (name, rank) select 'item ' || i, 0 from generate_series(1, 50) i`
  // A commit that takes its time, for rows whose rank says so.
  await server.sql.unsafe(`
    create function slow_commit() returns trigger language plpgsql as $$ begin perform pg_sleep(3); return null; end $$;
    create constraint trigger slow_commit after update on items deferrable initially deferred
      for each row when (new.rank = 99) execute function slow_commit()`)
})
afterAll(() => server.stop())

/** No connection is in use, and none is inside a transaction. */
afterEach(async () => {
  const inTransaction = async () => {
    const [row] = await server.sql`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`
    return row.count as number
  }
  await until(() => database.status()[0]!.pool.used === 0, { what: 'every connection to be back' })
  await until(async () => (await inTransaction()) === 0, { what: 'every transaction to have ended' })
})

type Db = Pick<typeof db, 'execute' | 'update' | 'select'>
const setRank = async (on: Db, id: number, rank: number) => {
  await on.update(items).set({ rank }).where(eq(items.id, id))
}
const rankOf = async (id: number) => (await db.primary.select().from(items).where(eq(items.id, id)))[0]!.rank
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => error,
  )
const backendOf = async (on: Pick<typeof db, 'execute'>) => {
  const [row] = await on.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  return row!.pid
}
const kill = (pid: number) => server.sql`select pg_terminate_backend(${pid})`

test('a transaction starts over when a migration has changed a type that its statement was prepared with', async () => {
  await server.sql`create table plans (id int, value int)`
  const reading = () =>
    db.transaction(async (tx) => [
      ...(await tx.execute(sql`select pg_backend_pid() as pid, * from plans where id = ${1}`)),
    ])
  // So often that every connection of the pool has prepared it.
  for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 10 }, reading))
  await server.sql`alter table plans alter column value type text`
  await Promise.all(Array.from({ length: 10 }, reading))
})

test('work that never settles is ended by the server, and its caller is told', async () => {
  const hanging = db.transaction(async (tx) => {
    await setRank(tx, 1, 1)
    await new Promise(() => {})
  })
  expect(await failureOf(hanging)).toMatchObject({ code: 'TRANSACTION_TIMEOUT' })
  expect(await rankOf(1)).toBe(0)
})

test('a transaction that takes longer than its timeout is cancelled in the middle of a statement', async () => {
  let attempts = 0
  let pid = 0
  const slow = db.transaction(
    async (tx) => {
      attempts++
      pid = await backendOf(tx)
      await setRank(tx, 2, 1)
      await tx.execute(sql`select pg_sleep(60)`)
    },
    { timeoutMs: 100 },
  )
  expect(await failureOf(slow)).toMatchObject({
    code: 'TRANSACTION_TIMEOUT',
    message: expect.stringContaining('100 ms'),
  })
  expect(attempts).toBe(1)
  expect(await rankOf(2)).toBe(0)
  // The statement was stopped, and the connection lives on.
  const [backend] = await server.sql`select state from pg_stat_activity where pid = ${pid}`
  expect(backend.state).toBe('idle')
})

test('the same with several statements under way, and inside a savepoint', async () => {
  const many = db.transaction(
    async (tx) => {
      await tx.transaction(async (inner) => {
        await Promise.all([1, 2, 3].map(async () => await inner.execute(sql`select pg_sleep(0.4)`)))
      })
    },
    { timeoutMs: 100 },
  )
  expect(await failureOf(many)).toMatchObject({ code: 'TRANSACTION_TIMEOUT' })
})

test('work that does nothing is ended by its timeout too, and what it does later has no effect', async () => {
  const gate = Promise.withResolvers<void>()
  let late: unknown
  const idle = db.transaction(
    async (tx) => {
      await setRank(tx, 3, 1)
      await gate.promise
      late = await failureOf(setRank(tx, 3, 2))
    },
    { timeoutMs: 100 },
  )
  expect(await failureOf(idle)).toMatchObject({ code: 'TRANSACTION_TIMEOUT' })
  gate.resolve()
  await until(() => late)
  expect(await rankOf(3)).toBe(0)
})

test('a caller that aborts gets its own reason', async () => {
  const caller = new AbortController()
  const work = db.transaction(
    async (tx) => {
      await setRank(tx, 4, 1)
      caller.abort(new Error('client has gone'))
      await tx.execute(sql`select pg_sleep(60)`)
    },
    { signal: caller.signal },
  )
  expect(await failureOf(work)).toMatchObject({ message: 'client has gone' })
  expect(await rankOf(4)).toBe(0)
  expect(await failureOf(db.transaction(async () => 'never', { signal: caller.signal }))).toMatchObject({
    message: 'client has gone',
  })
})

test('a statement that exceeds the statement timeout fails the transaction as any error does', async () => {
  const work = db.transaction(async (tx) => {
    await setRank(tx, 5, 1)
    await tx.execute(sql`set local statement_timeout = 50`)
    await tx.execute(sql`select pg_sleep(60)`)
  })
  expect(String((await failureOf(work)).cause)).toContain('statement timeout')
  expect(await rankOf(5)).toBe(0)
})

test('a connection killed between two statements: started over once, with the effects of one', async () => {
  let attempts = 0
  await db.transaction(async (tx) => {
    await tx
      .update(items)
      .set({ rank: sql`${items.rank} + 1` })
      .where(eq(items.id, 6))
    if (++attempts === 1) await kill(await backendOf(tx))
    await tx.execute(sql`select 1`)
  })
  expect(attempts).toBe(2)
  expect(await rankOf(6)).toBe(1)
})

test('a connection killed during a statement, each time: an error after the second attempt', async () => {
  let attempts = 0
  const work = db.transaction(async (tx) => {
    attempts++
    const pid = await backendOf(tx)
    const sleeping = setRank(tx, 7, 1).then(async () => await tx.execute(sql`select pg_sleep(60)`))
    void sleeping.catch(() => undefined)
    await until(async () => {
      const [row] = await server.sql`select wait_event from pg_stat_activity where pid = ${pid}`
      return row.wait_event === 'PgSleep'
    })
    await kill(pid)
    await sleeping
  })
  expect(await failureOf(work)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  expect(attempts).toBe(2)
  expect(await rankOf(7)).toBe(0)
})

test('a connection killed while its work does nothing ends the transaction at once', async () => {
  let attempts = 0
  const work = db.transaction(async (tx) => {
    attempts++
    await kill(await backendOf(tx))
    await new Promise(() => {})
  })
  expect(await failureOf(work)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  expect(attempts).toBe(2)
})

test('a connection killed during COMMIT: nobody knows, so it is said and not done again', async () => {
  let attempts = 0
  let pid = 0
  const work = db.transaction(async (tx) => {
    attempts++
    pid = await backendOf(tx)
    await setRank(tx, 8, 99)
  })
  const failure = failureOf(work)
  await until(async () => {
    const rows = await server.sql`select 1 from pg_stat_activity where pid = ${pid} and wait_event = 'PgSleep'`
    return rows.length === 1
  })
  await kill(pid)
  expect(await failure).toMatchObject({ code: 'TRANSACTION_OUTCOME_UNKNOWN' })
  expect(attempts).toBe(1)
})

test('a COMMIT whose answer is lost: it was kept once, and the caller is told that nobody knows', async () => {
  const proxy = cutAfterCommit(Number(new URL(server.cluster.primaryUrl).port))
  const url = new URL(server.primaryUrl)
  url.port = String(proxy.port)
  const remote = itemsDatabase()
  const settings = readSettings(platformSettings, {})
  const logger = createLogger('test', 'silent')
  remote.start({ primaryUrl: url.href, replicaUrls: [], applicationName: 'remote', settings, logger })
  let attempts = 0
  const work = remote.db.transaction(async (tx) => {
    attempts++
    await tx
      .update(items)
      .set({ rank: sql`${items.rank} + 1` })
      .where(eq(items.id, 20))
  })
  expect(await failureOf(work)).toMatchObject({ code: 'TRANSACTION_OUTCOME_UNKNOWN' })
  await remote.stop()
  proxy.stop(true)
  await until(async () => (await rankOf(20)) === 1)
  expect(attempts).toBe(1)
})

/** Passes everything on until a client has sent COMMIT: the server gets that, the client no answer. */
function cutAfterCommit(port: number) {
  interface Client {
    server: Promise<Socket<undefined>>
    hasCommitted: boolean
  }
  return Bun.listen<Client>({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      open(client) {
        const data = (_: unknown, part: Uint8Array) => {
          if (client.data.hasCommitted) client.end()
          else client.write(part)
        }
        client.data = {
          server: Bun.connect({ hostname: '127.0.0.1', port, socket: { data } }),
          hasCommitted: false,
        }
      },
      async data(client, part) {
        if (part.includes('COMMIT')) client.data.hasCommitted = true
        ;(await client.data.server).write(part)
      },
      // A server that waits for a log-in to go on lets nobody drop a database.
      async close(client) {
        ;(await client.data.server).end()
      },
    },
  })
}

test('a serialization failure at COMMIT is started over: the server said that nothing was kept', async () => {
  await server.sql.unsafe(`
    create function conflict() returns trigger language plpgsql as $$
      begin raise exception 'again' using errcode = '40001'; end $$;
    create constraint trigger conflict after update on items deferrable initially deferred
      for each row when (new.rank = 77) execute function conflict()`)
  let attempts = 0
  await db.transaction(async (tx) => await setRank(tx, 9, ++attempts === 1 ? 77 : 5))
  expect(attempts).toBe(2)
  expect(await rankOf(9)).toBe(5)
  expect(database.retries).toBeGreaterThan(0)
})

test('work that catches the error of a statement and goes on is told that nothing was kept', async () => {
  let followed = false
  const work = db.transaction(async (tx) => {
    tx.onCommit(() => {
      followed = true
    })
    await setRank(tx, 10, 1)
    await tx.execute(sql`select 1 / 0`).then(undefined, () => undefined)
  })
  expect(await failureOf(work)).toMatchObject({ code: 'TRANSACTION_ABORTED' })
  expect(await rankOf(10)).toBe(0)
  expect(followed).toBeFalse()
})

test('a conflict in a callback after the commit does not run the transaction again', async () => {
  let attempts = 0
  const work = db.transaction(async (tx) => {
    attempts++
    await tx
      .update(items)
      .set({ rank: sql`${items.rank} + 1` })
      .where(eq(items.id, 11))
    tx.onCommit(async () => {
      await db.primary.execute(sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`)
    })
  })
  expect(await failureOf(work)).toMatchObject({ code: 'ON_COMMIT_FAILED' })
  expect(attempts).toBe(1)
  expect(await rankOf(11)).toBe(1)
})

test('a transaction inside of another one on the same database is refused at once', async () => {
  const nested = db.transaction(async (tx) => {
    await setRank(tx, 12, 1)
    await db.transaction(async (inner) => await setRank(inner, 12, 2))
  })
  expect(await failureOf(nested)).toMatchObject({ code: 'TRANSACTION_NESTED' })
  expect(await rankOf(12)).toBe(0)
})

test('after the commit, in callbacks and in what was begun inside, transactions are free', async () => {
  const gate = Promise.withResolvers<void>()
  let later: Promise<void> | undefined
  await db.transaction(async (tx) => {
    tx.onCommit(() => db.transaction(async (inner) => await setRank(inner, 13, 1)))
    later = gate.promise.then(() => db.transaction(async (inner) => await setRank(inner, 14, 1)))
  })
  gate.resolve()
  await later
  expect([await rankOf(13), await rankOf(14)]).toEqual([1, 1])
})

test('a transaction on another database is another matter', async () => {
  const another = itemsDatabase()
  const itsServer = await testDatabase({ database: another })
  try {
    await db.transaction(async (tx) => {
      await setRank(tx, 15, 1)
      await another.db.transaction(async (other) => await other.insert(items).values({ name: 'there', rank: 1 }))
    })
    expect(await rankOf(15)).toBe(1)
    expect(await another.db.primary.$count(items)).toBe(1)
  } finally {
    await itsServer.stop()
  }
})

test('no attempt is begun for which there is no time', async () => {
  let attempts = 0
  const conflict = db.transaction(
    async (tx) => {
      attempts++
      await tx.execute(sql`do $$ begin perform pg_sleep(0.06); raise exception 'again' using errcode = '40001'; end $$`)
    },
    { retries: 1_000, timeoutMs: 200 },
  )
  expect(await failureOf(conflict)).toBeInstanceOf(Error)
  expect(attempts).toBeWithin(1, 5)
})
