/** Database servers die, hang, fall behind and restart under a steady load of reads and writes. */
import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { chmodSync } from 'node:fs'
import { SQL } from 'bun'
import { type EmbeddedCluster, startEmbeddedCluster } from '../src/embedded/index.ts'
import { type Program, startProgram } from '../src/testing/program.ts'
import { hang } from '../src/testing/server-processes.ts'
import { until } from '../src/testing/until.ts'
import { addItem, get, itemsApp, newFolder, progress, removeFolders, report } from './drill.ts'
import { type Load, startLoad, tally } from './load.ts'
import { startWrites, type Writes } from './outage.ts'

let cluster: EmbeddedCluster
let program: Program
let reads: Load
let writers: Writes
beforeAll(async () => {
  const dataDir = newFolder()
  chmodSync(dataDir, 0o755)
  cluster = await startEmbeddedCluster({ dataDir })
  const env = {
    DATABASE_URL: cluster.primaryUrl,
    DATABASE_REPLICA_URLS: cluster.replicaUrls.join(),
    DATABASE_REPLICA_MAX_LAG_SECONDS: '1',
  }
  program = await startProgram(itemsApp, { env })
  await addItem(program, 'first')
  await until(async () => (await (await get(program, '/api/items/1')).json()) !== null, { what: 'it on the replica' })
  reads = startLoad({ url: `${program.url}/api/items/1`, clients: 8, connections: 'kept', restMs: 5 })
  writers = startWrites(program)
  await progress(reads)
})
afterAll(async () => {
  await Promise.all([reads?.stop(), writers?.stop()])
  await program?.[Symbol.asyncDispose]()
  await cluster?.stop()
  removeFolders()
})

// Whatever happened: no read has failed, and every write was answered in bounded time, in a way that tells what to do.
afterEach(async () => {
  await progress(reads)
  await until(() => writers.attempts.at(-1)?.status === 201, { what: 'writes to work' })
  expect(reads.failures).toEqual([])
  const unclear = failed().filter(({ status, retryAfter }) => status !== 503 || Number(retryAfter) < 1)
  expect(unclear).toEqual([])
  expect(Math.max(...writers.attempts.map(({ tookMs }) => tookMs))).toBeLessThan(6_000)
  writers.attempts.length = 0
})

const servesReads = async (name: string) => {
  const { servers } = (await (await get(program, '/readyz')).json()) as {
    servers: { name: string; healthy: boolean; servesReads: boolean }[]
  }
  return servers.find((server) => server.name === name)!.servesReads
}
const failed = () => writers.attempts.filter(({ status }) => status !== 201)
const replica = () => cluster.replicas[0]!

test('a replica that is killed costs no read', async () => {
  const before = reads.answered
  await replica().kill()
  await until(() => servesReads('primary'), { what: 'the primary to serve reads' })
  await until(() => servesReads('replica-1'), { what: 'the replica to be back', timeoutMs: 30_000 })
  report('replica killed', { reads: reads.answered - before, failed: tally(reads.failures) })
  expect(failed()).toEqual([])
})

test('a replica that hangs costs no read', async () => {
  const before = reads.answered
  const goOn = hang(replica())
  try {
    await until(() => servesReads('primary'), { what: 'the primary to serve reads' })
    await progress(reads)
  } finally {
    goOn()
  }
  await until(() => servesReads('replica-1'), { what: 'the replica to be back' })
  const { slowestMs } = reads
  report('replica hung', { reads: reads.answered - before, failed: tally(reads.failures), slowestMs: round(slowestMs) })
  expect(failed()).toEqual([])
})

test('a replica that is too far behind gets no reads until it has caught up', async () => {
  await replica().pause()
  try {
    await until(() => servesReads('primary'), { what: 'the primary to serve reads' })
  } finally {
    await replica().resume()
  }
  await until(() => servesReads('replica-1'), { what: 'the replica to be back' })
  expect(failed()).toEqual([])
})

test('a primary that is killed costs writes until it is back', async () => {
  const before = reads.answered
  await cluster.primary.kill()
  await until(() => failed().length > 0, { what: 'a write to fail' })
  const back = await until(() => answers(cluster.primaryUrl), { what: 'the primary', timeoutMs: 30_000 })
  await writtenSince(back, 'primary killed', before)
})

test('a primary that hangs costs writes until it goes on', async () => {
  const before = reads.answered
  const goOn = hang(cluster.primary)
  await until(() => failed().length > 20, { what: 'writes to fail' }).finally(goOn)
  const { tookMs } = failed().at(-1)!
  await writtenSince(performance.now(), 'primary hung', before)
  // Only those that were under way, or came before it was found out, had to wait.
  expect(tookMs).toBeLessThan(1_000)
})

async function writtenSince(backAt: number, what: string, readsBefore: number): Promise<void> {
  const worked = () => writers.attempts.find(({ atMs, status }) => atMs > backAt && status === 201)
  const first = await until(worked, { what: 'a write' })
  report(what, {
    reads: reads.answered - readsBefore,
    failedReads: tally(reads.failures),
    failedWrites: failed().length,
    slowestFailureMs: round(Math.max(...failed().map(({ tookMs }) => tookMs))),
    writesAfterItsReturnMs: round(first.atMs - backAt),
  })
  expect(first.atMs - backAt).toBeLessThan(2_000)
}

const round = Math.round

/** When the server answered, or undefined. */
async function answers(url: string): Promise<number | undefined> {
  await using sql = new SQL(url, { max: 1, connectionTimeout: 1 })
  await sql`select 1`
  return performance.now()
}
