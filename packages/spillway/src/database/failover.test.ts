import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import { createLogger, platformSettings, readSettings, runInContext } from '../foundation/index.ts'
import { type SlowProxy, slowProxy } from '../testing/slow-proxy.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { consistencyToken } from './consistency.ts'
import { items, itemsDatabase } from './fixtures/items.ts'
import { lsnUnknowable } from './lsn.ts'
import { migrate } from './migrate.ts'
import { primaryUrl } from './primary-url.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ replicas: 2 })
  await migrate(server.primaryUrl, itemsDatabase().migrations)
  await server.sql`create sequence numbers`
  await server.replicaCaughtUp()
})
afterAll(() => server.stop())

const open = new Set<{ stop(): Promise<void> }>()
afterEach(async () => {
  for (const one of [...open].reverse()) await one.stop()
  open.clear()
})

async function proxyOf(target: string): Promise<SlowProxy> {
  const proxy = await slowProxy({ target })
  open.add(proxy)
  return proxy
}

interface Lines {
  level: string
  msg: string
}

/** A database of its own on these servers, and what it logs. */
function connect(primary: string, replicaUrls: string[] = [], env: Record<string, string> = {}) {
  const database = itemsDatabase()
  const settings = readSettings(platformSettings, { NODE_ENV: 'test', ...env })
  const lines: Lines[] = []
  const logger = createLogger('test', 'silent')
  for (const level of ['info', 'warn', 'error'] as const) {
    logger[level] = (...given: unknown[]) => void lines.push({ level, msg: String(given.at(-1)) })
  }
  database.start({ primaryUrl: primary, replicaUrls, applicationName: 'failover', settings, logger })
  open.add(database)
  const { db } = database
  const write = () => db.insert(items).values({ name: 'written', rank: 1 }).execute()
  const read = () => db.select().from(items).where(eq(items.id, 1)).execute()
  const status = (name: string) => database.status().find((one) => one.name === name)!
  return { database, db, write, read, status, lines }
}

/** The reason down the chain of causes; Drizzle wraps what we throw, and we what Bun does. */
const reasonOf = (error: unknown): unknown => {
  const { code, cause } = error as { code?: string; cause?: unknown }
  return typeof code === 'string' && !code.startsWith('ERR_') ? code : cause && reasonOf(cause)
}
const codeOf = (work: Promise<unknown>) => work.then(() => undefined, reasonOf)

/** Ends the connections of the pool that are in use or were, but the monitor's. @returns how many. */
async function endPool(): Promise<number> {
  const [row] = await server.sql`
    select count(pg_terminate_backend(pid))::int as ended from pg_stat_activity where application_name = 'failover'`
  return row.ended
}

describe('a primary', () => {
  test.each([
    ['with replicas', true],
    ['alone', false],
  ])('%s that hangs: what was asked fails, the next fails at once, and writes work again', async (_, hasReplicas) => {
    const proxy = await proxyOf(server.primaryUrl)
    const { write, db, status } = connect(proxy.url, hasReplicas ? server.replicaUrls : [])
    await write()
    proxy.freeze()
    const inTransaction = db.transaction(async (tx) => await tx.insert(items).values({ name: 'x', rank: 1 }))
    expect(await Promise.all([write(), write(), inTransaction].map(codeOf))).toEqual(
      Array(3).fill('DATABASE_UNAVAILABLE'),
    )
    expect(status('primary')).toMatchObject({ healthy: false, pool: { used: 0, waiting: 0 } })
    expect(await codeOf(write())).toBe('DATABASE_UNAVAILABLE')
    await proxy.restore()
    await until(write, { what: 'a write' })
  })

  test('that is cut off refuses writes, while reads go on', async () => {
    const proxy = await proxyOf(server.primaryUrl)
    const { write, read } = connect(proxy.url, server.replicaUrls)
    await runInContext({ id: 'writer' }, write)
    proxy.cut()
    await runInContext({ id: 'writer' }, async () => expect(await codeOf(write())).toBe('DATABASE_UNAVAILABLE'))
    for (let reads = 0; reads < 50; reads++) await runInContext({ id: 'reader' }, read)
    await proxy.restore()
    await until(() => runInContext({ id: 'writer' }, write), { what: 'a write' })
  })

  test('whose one connection was ended is not away', async () => {
    const proxy = await proxyOf(server.primaryUrl)
    const { write, lines } = connect(proxy.url, server.replicaUrls)
    const monitorPid = async () => {
      const [row] = await server.sql`
        select pid from pg_stat_activity where application_name = 'failover monitor'
          and datname = current_database() and query like '%in_recovery%' and state = 'idle'`
      return row?.pid as number | undefined
    }
    await write()
    const before = await until(monitorPid, { what: 'the first question' })
    proxy.freeze()
    // Two of the monitor's intervals: its next question is under way, and will find its connection closed.
    await Bun.sleep(200)
    await server.sql`select pg_terminate_backend(${before})`
    await proxy.restore()
    await until(async () => ![undefined, before].includes(await monitorPid()), { what: 'the next connection' })
    await write()
    expect(lines).toEqual([])
  })

  test('whose connection was ended is asked again, if it was a read', async () => {
    const { db } = connect(server.primaryUrl)
    const slow = db.execute(sql`select 7 as seven from pg_sleep(0.3)`).then((rows) => rows)
    await until(async () => (await endPool()) > 0)
    expect(await slow).toEqual([{ seven: 7 }])
  })

  test('whose connection breaks once a function has written, as a read does, is not made to write it twice', async () => {
    await server.sql`create table orders (id serial)`
    await server.sql`create function place_order() returns int language sql
      as 'insert into orders default values returning id'`
    const proxy = await proxyOf(server.primaryUrl)
    const { db } = connect(proxy.url)
    await db.execute(sql`select 1`)
    const orders = async () => (await server.sql`select count(*)::int as count from orders`)[0].count as number
    // Its answer is still on the way when the connection breaks.
    proxy.delayMs = 300
    const placing = codeOf(db.execute(sql`select place_order()`).then())
    await until(async () => (await orders()) === 1, { what: 'the order' })
    proxy.cut()
    proxy.delayMs = 0
    await proxy.restore()
    expect(await placing).toBe('DATABASE_UNAVAILABLE')
    expect(await orders()).toBe(1)
  })

  test('is not away because we were busy ourselves', async () => {
    const { write, lines } = connect(server.primaryUrl, server.replicaUrls)
    await write()
    for (let pause = 0; pause < 2; pause++) {
      Bun.sleepSync(1_500)
      await write()
    }
    expect(lines).toEqual([])
  })

  test('behind the same URL that is a standby now takes no writes until a primary is there', async () => {
    const proxy = await proxyOf(server.primaryUrl)
    const { db, write, status } = connect(proxy.url)
    await write()
    // Connections stay with the old server, as behind a load balancer, until something breaks them.
    proxy.retarget(server.replicaUrl)
    proxy.cut()
    await proxy.restore()
    await until(async () => (await codeOf(write())) === 'DATABASE_UNAVAILABLE', { what: 'a refusal' })
    expect(await codeOf(db.transaction(async (tx) => await tx.select().from(items)))).toBe('DATABASE_UNAVAILABLE')
    await until(() => !status('primary').healthy)
    proxy.retarget(server.primaryUrl)
    await until(write, { what: 'a write' })
  })

  test('that refuses a write is given up before its monitor has seen it', async () => {
    const proxy = await proxyOf(server.primaryUrl)
    const { write } = connect(proxy.url)
    await write()
    // Only the pool gets to the standby: the monitor still has its connection to the primary.
    proxy.retarget(server.replicaUrl)
    // A connection that was still being made may come after the others have ended.
    await until(async () => (await endPool()) === 0 && (await codeOf(write())) === 'DATABASE_UNAVAILABLE')
    for (let writes = 0; writes < 20; writes++) expect(await codeOf(write())).toBe('DATABASE_UNAVAILABLE')
    proxy.retarget(server.primaryUrl)
    await until(write, { what: 'a write' })
  })

  test('is not given up for a transaction that was begun as read only', async () => {
    const { db, lines } = connect(server.primaryUrl)
    const writeInside = db.transaction(async (tx) => await tx.insert(items).values({ name: 'x', rank: 1 }), {
      accessMode: 'read only',
    })
    const error = await writeInside.catch((reason) => reason)
    expect(String(error.cause)).toContain('read-only transaction')
    expect(lines).toEqual([])
  })
})

describe('several hosts', () => {
  const hosts = () => {
    const [replica, primary] = [new URL(server.replicaUrl), new URL(server.primaryUrl)]
    const url = new URL(server.primaryUrl)
    return url.href.replace(url.host, `${replica.host},${primary.host}`)
  }

  test('are asked which of them is the primary', async () => {
    expect(await primaryUrl(hosts())).toBe(server.primaryUrl)
    const { write, lines } = connect(hosts())
    await Promise.all([write(), write()])
    expect(lines).toEqual([{ level: 'info', msg: 'the primary is another server now' }])
  })

  test('none of which takes writes are an error that tells what each said', async () => {
    const { host } = new URL(server.replicaUrl)
    const url = server.replicaUrl.replace(host, `${host},127.0.0.1:1`)
    const error = await primaryUrl(url, 0).catch((reason) => reason)
    expect(error.code).toBe('DATABASE_NO_PRIMARY')
    expect(error.message).toContain(`${host}/`)
    expect(error.message).toContain('takes no writes')
    expect(error.message).toContain('127.0.0.1:1')
    expect(await codeOf(connect(url).write())).toBe('DATABASE_UNAVAILABLE')
  })
})

describe('replicas', () => {
  test('that are slow get less, and their share again when they are quick', async () => {
    const proxies = await Promise.all(server.replicaUrls.map(proxyOf))
    const { read, status } = connect(
      server.primaryUrl,
      proxies.map(({ url }) => url),
    )
    const statements = () => [status('replica-1').statements, status('replica-2').statements] as const
    const share = async (readers: number) => {
      const before = statements()
      const reader = async () => {
        for (let reads = 0; reads < 25; reads++) await read()
      }
      await Promise.all(Array.from({ length: readers }, reader))
      const [one, two] = [statements()[0] - before[0], statements()[1] - before[1]]
      return one / (one + two)
    }
    await share(16)
    proxies[0]!.delayMs = 100
    await share(16)
    const slow = await share(16)
    proxies[0]!.delayMs = 0
    // So few that the other could do it all: only who tries the slow one again finds that it is quick.
    const again = await until(async () => {
      const now = await share(3)
      return now > 0.3 ? now : 0
    })
    console.log(`slow replica: ${Math.round(100 * slow)} % of the reads, then ${Math.round(100 * again)} %`)
    expect(slow).toBeLessThan(0.3)
  })

  test('that are all gone are an error in the log, once, and the primary reads', async () => {
    const proxies = await Promise.all(server.replicaUrls.map(proxyOf))
    const { read, status, lines } = connect(
      server.primaryUrl,
      proxies.map(({ url }) => url),
    )
    await read()
    expect(status('primary').servesReads).toBeFalse()
    for (const proxy of proxies) proxy.cut()
    for (let reads = 0; reads < 20; reads++) await read()
    await until(() => status('primary').servesReads)
    expect(lines.filter(({ level }) => level === 'error')).toEqual([
      { level: 'error', msg: 'no replica can serve reads: all of them go to the primary' },
    ])
    for (const proxy of proxies) await proxy.restore()
    await until(() => status('replica-1').servesReads && status('replica-2').servesReads)
    expect(status('primary').servesReads).toBeFalse()
    await until(() => lines.some(({ msg }) => msg === 'replicas serve reads again'))
  })

  test('that refuse what looked like a read send it to the primary, and the next one goes there at once', async () => {
    const { db, status } = connect(server.primaryUrl, server.replicaUrls)
    const byReplicas = () => status('replica-1').statements + status('replica-2').statements
    const next = async () => Number((await db.execute(sql`select nextval('numbers')`))[0]!['nextval'])
    const first = await next()
    expect(byReplicas()).toBe(1)
    expect(await next()).toBe(first + 1)
    expect(byReplicas()).toBe(1)
    const error = await db.replica.execute(sql`select nextval('numbers')`).catch((reason) => reason)
    expect(String(error.cause)).toContain('read-only')
  })

  test('serve a session again whose position could not be had as the primary went away', async () => {
    const { read, status } = connect(server.primaryUrl, server.replicaUrls)
    const lsn = await runInContext({ id: 'lost' }, async () => {
      consistencyToken('default').raise(lsnUnknowable)
      await read()
      return await consistencyToken('default').settled()
    })
    expect(lsn).toBeLessThan(lsnUnknowable)
    await server.replicaCaughtUp()
    await until(async () => {
      const before = status('primary').statements
      await runInContext({ id: 'next' }, async () => {
        consistencyToken('default').raise(lsn)
        await read()
      })
      return status('primary').statements === before
    })
  })

  test('that are behind by more than the limit are used while the primary is away', async () => {
    const proxy = await proxyOf(server.primaryUrl)
    const { read, status, lines } = connect(proxy.url, [server.replicaUrl], { DATABASE_REPLICA_MAX_LAG_SECONDS: '1' })
    const replica = server.cluster.replicas[0]!
    await replica.pause()
    try {
      await server.sql`insert into items (name, rank) values ('unseen', 1)`
      await until(() => !status('replica-1').servesReads, { what: 'the replica to be too far behind' })
      await read()
      expect(lines.map(({ msg }) => msg)).toContain('no replica can serve reads: all of them go to the primary')
      proxy.cut()
      for (let reads = 0; reads < 20; reads++) await runInContext({ id: 'reader' }, read)
      expect(status('replica-1').servesReads).toBeTrue()
    } finally {
      await replica.resume()
    }
  })
})
