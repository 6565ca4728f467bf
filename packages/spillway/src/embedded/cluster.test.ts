import { afterAll, describe, expect, test } from 'bun:test'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SQL } from 'bun'
import { startTether } from '../foundation/tether.ts'
import { until } from '../testing/until.ts'
import { type EmbeddedEvent, findEmbeddedUrls, startEmbeddedCluster } from './index.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'spillway-embedded-'))
// As root the servers run as another account, which must be able to enter; else the data would go elsewhere.
chmodSync(dataDir, 0o755)
afterAll(() => rmSync(dataDir, { recursive: true }))

const events: EmbeddedEvent[] = []
const tether = startTether()
afterAll(() => tether.stop())
const start = () => startEmbeddedCluster({ dataDir, tether, onEvent: (event) => events.push(event) })

describe('an embedded cluster', () => {
  test('is made at the first start: a primary, and a replica that sees its writes', async () => {
    const cluster = await start()
    expect(cluster.created).toBe(true)
    expect(events.map(({ kind }) => kind)).toContain('initialising')
    await using primary = new SQL(cluster.primaryUrl)
    await using replica = new SQL(cluster.replicaUrls[0]!)
    await primary`create table note (text text)`
    await primary`insert into note values ('kept')`
    const seen = await until(async () => (await replica`select text from note`)[0]?.text, { what: 'the row' })
    expect(seen).toBe('kept')
    expect(await rejection(replica`insert into note values ('lost')`)).toContain('read-only')
    await cluster.stop()
  })

  test('keeps its data and its addresses, and needs no recovery', async () => {
    const before = JSON.parse(readFileSync(join(dataDir, 'postgres/cluster.json'), 'utf8')).ports
    const cluster = await start()
    expect(cluster.created).toBe(false)
    expect(new URL(cluster.primaryUrl).port).toBe(String(before.primary))
    await using primary = new SQL(cluster.primaryUrl)
    expect((await primary`select text from note`)[0].text).toBe('kept')
    expect(readFileSync(join(dataDir, 'postgres/primary.log'), 'utf8')).not.toContain('not properly shut down')
    await cluster.stop()
  })

  test('knows Korean: letter cases, ILIKE and trigrams', async () => {
    const cluster = await start()
    await using primary = new SQL(cluster.primaryUrl)
    await primary`create extension pg_trgm`
    const [row] = await primary`
      select lower('ÄÉ') as lower, '한국어 상품' ilike '%국어 상%' as found, similarity('한국어 상품', '한국 상품') as alike`
    expect(row.lower).toBe('äé')
    expect(row.found).toBe(true)
    expect(row.alike).toBeGreaterThan(0.5)
    await cluster.stop()
  })

  test('is found by other processes while it runs, and only then', async () => {
    expect(findEmbeddedUrls(dataDir)).toBeUndefined()
    const { primaryUrl, replicaUrls, stop } = await start()
    expect(findEmbeddedUrls(dataDir)).toEqual({ primaryUrl, replicaUrls })
    await stop()
    expect(findEmbeddedUrls(dataDir)).toBeUndefined()
  })

  test('refuses a second start on its folder, and says who has it', async () => {
    const cluster = await start()
    expect(await rejection(start())).toContain(`is in use by process ${process.pid}`)
    await cluster.stop()
  })

  test('keeps the password to its owner', () => {
    expect(statSync(join(dataDir, 'postgres/cluster.json')).mode & 0o777).toBe(0o600)
  })

  test('lets a replica be paused and resumed', async () => {
    const cluster = await start()
    await using primary = new SQL(cluster.primaryUrl)
    await using replica = new SQL(cluster.replicaUrls[0]!)
    const count = async (sql: SQL) => Number((await sql`select count(*) from note`)[0].count)
    const before = await count(primary)
    await cluster.replicas[0]!.pause()
    await primary`insert into note values ('later')`
    const [{ lsn }] = await primary`select pg_current_wal_lsn()::text as lsn`
    const received = async () => (await replica`select pg_last_wal_receive_lsn() >= ${lsn}::pg_lsn as all`)[0].all
    await until(received, { what: 'the replica to receive the write' })
    expect(await count(replica)).toBe(before)
    await cluster.replicas[0]!.resume()
    await until(async () => (await count(replica)) === before + 1, { what: 'the replica to replay' })
    await cluster.stop()
  })

  test('takes another port when the remembered one is taken, and says so', async () => {
    const { ports } = JSON.parse(readFileSync(join(dataDir, 'postgres/cluster.json'), 'utf8'))
    using _squatter = Bun.listen({ hostname: '127.0.0.1', port: ports.primary, socket: { data() {} } })
    events.length = 0
    const cluster = await start()
    expect(new URL(cluster.primaryUrl).port).not.toBe(String(ports.primary))
    expect(events.find(({ kind }) => kind === 'port-changed')?.message).toContain(`Port ${ports.primary}`)
    await cluster.stop()
  })

  test('tells why the server does not start, with the end of its log', async () => {
    const settings = join(dataDir, 'postgres/primary/postgresql.auto.conf')
    const before = readFileSync(settings)
    writeFileSync(settings, "shared_preload_libraries = 'no_such_library'\n")
    const reason = await rejection(start())
    expect(reason).toContain('The embedded primary does not start')
    expect(reason).toContain('no_such_library')
    writeFileSync(settings, before)
    await (await start()).stop()
  })

  test('says so when the data folder cannot be made', async () => {
    const reason = await rejection(startEmbeddedCluster({ dataDir: '/dev/null/data' }))
    expect(reason).toContain("/dev/null/data/postgres can't be used")
  })
})

async function rejection(promise: PromiseLike<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('it did not fail')
}
