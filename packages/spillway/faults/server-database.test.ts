/** Databases go away and come back while the program serves. */
import { afterAll, describe, expect, test } from 'bun:test'
import { chmodSync } from 'node:fs'
import { SQL } from 'bun'
import { startEmbeddedCluster } from '../src/embedded/index.ts'
import { type Program, runCommand, startProgram } from '../src/testing/program.ts'
import { until } from '../src/testing/until.ts'
import { addItem, get, items, itemsApp, newFolder, progress, removeFolders, report } from './drill.ts'
import { startLoad, tally } from './load.ts'

afterAll(removeFolders)

interface Attempt {
  atMs: number
  status: number
  retryAfter: string | null
  /** In development it has the stack of what wasn't expected. */
  body: string
}

/** One writer that never pauses, and what became of each of its attempts. */
function startWriter(program: Program) {
  const attempts: Attempt[] = []
  let stopping = false
  const running = (async () => {
    while (!stopping) {
      const response = await addItem(program, 'written')
      attempts.push({
        atMs: performance.now(),
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        body: await response.text(),
      })
    }
  })()
  const stop = async () => {
    stopping = true
    await running
  }
  return { attempts, stop }
}

const failedAmong = (attempts: Attempt[]) => attempts.filter(({ status }) => status !== 201)

describe('the primary is killed', () => {
  test('reads go on, writes get 503 with Retry-After and come back by themselves', async () => {
    await using program = await startProgram(itemsApp, { env: { NODE_ENV: 'development' } })
    const { stdout } = await runCommand(['embedded', 'url', itemsApp], { env: { DATA_DIR: program.dataDir } })
    const reads = startLoad({ url: `${program.url}/api/items`, clients: 5, connections: 'kept' })
    for (let kill = 1; kill <= 3; kill++) {
      const writer = startWriter(program)
      await until(() => writer.attempts.some(({ status }) => status === 201), { what: 'a write' })
      await progress(reads)
      const primary = program.processes().find(({ command }) => /postgres -D \S+\/primary /.test(command))!
      process.kill(primary.pid, 'SIGKILL')
      await until(() => failedAmong(writer.attempts).length > 0, { what: 'a write to fail' })
      const answersAgainAt = await until(() => answers(stdout.trim()), { what: 'the primary', timeoutMs: 30_000 })
      const worksAgain = () => writer.attempts.at(-1)!.atMs > answersAgainAt && writer.attempts.at(-1)!.status === 201
      await until(worksAgain, { what: 'writes to work again' })
      await writer.stop()
      const failed = failedAmong(writer.attempts)
      const lastFailedAt = Math.max(answersAgainAt, ...failed.map(({ atMs }) => atMs))
      report('primary killed', {
        writes: writer.attempts.length,
        failed: failed.length,
        failedForMs: Math.round(lastFailedAt - failed[0]!.atMs),
        failedAfterItsReturnMs: Math.round(lastFailedAt - answersAgainAt),
      })
      expect(failed.filter(({ status, retryAfter }) => status !== 503 || Number(retryAfter) < 1)).toEqual([])
      expect(lastFailedAt - answersAgainAt).toBeLessThan(5_000)
    }
    await reads.stop()
    report('reads meanwhile', { answered: reads.answered, failed: tally(reads.failures) })
    expect(reads.failures).toEqual([])
    expect(await program.stop()).toBe(0)
  })
})

describe('the replica is killed', () => {
  test('reads go on, and return to it when it is back', async () => {
    await using program = await startProgram(itemsApp)
    const reads = startLoad({ url: `${program.url}/api/items`, clients: 5, connections: 'kept' })
    for (let kill = 1; kill <= 3; kill++) {
      await progress(reads)
      const replica = program.processes().find(({ command }) => /postgres -D \S+\/replica-1 /.test(command))!
      process.kill(replica.pid, 'SIGKILL')
      await until(async () => (await readsFrom(program)).includes('primary'), { what: 'the primary to serve reads' })
      await until(async () => (await readsFrom(program)).includes('replica-1'), { what: 'the replica to be back' })
    }
    await reads.stop()
    report('replica killed, reads', { answered: reads.answered, failed: tally(reads.failures) })
    expect(reads.failures).toEqual([])
    expect(await program.stop()).toBe(0)
  })
})

describe('a given database', () => {
  test('that is away for a while is a 503, and served again when it is back', async () => {
    const dataDir = newFolder()
    chmodSync(dataDir, 0o755)
    let cluster = await startEmbeddedCluster({ dataDir })
    const [DATABASE_URL, DATABASE_REPLICA_URLS] = [cluster.primaryUrl, cluster.replicaUrls.join()]
    try {
      await using program = await startProgram(itemsApp, { env: { DATABASE_URL, DATABASE_REPLICA_URLS } })
      expect((await addItem(program, 'before')).status).toBe(201)
      const status = async (path: string) => (await fetch(program.url + path)).status
      await cluster.stop()
      await until(async () => (await status('/readyz')) === 503, { what: '/readyz to say so' })
      expect(await status('/api/items')).toBe(503)
      expect((await addItem(program, 'meanwhile')).status).toBe(503)
      expect(await status('/healthz')).toBe(200)

      cluster = await startEmbeddedCluster({ dataDir })
      const backAt = performance.now()
      await until(async () => (await addItem(program, 'after')).status === 201, { what: 'writes' })
      await until(async () => (await status('/readyz')) === 200, { what: '/readyz' })
      report('database away and back', { servedAgainAfterMs: Math.round(performance.now() - backAt) })
      await until(async () => (await items(program)).join() === 'before,after', { what: 'both rows on the replica' })
      expect(await program.stop()).toBe(0)
    } finally {
      await cluster.stop()
    }
  })
})

/** The name of the server that reads go to. */
async function readsFrom(program: Program): Promise<string> {
  const { reads } = (await (await get(program, '/api/servers')).json()) as { reads: string }
  return reads
}

/** When the server answered, or undefined. */
async function answers(url: string): Promise<number | undefined> {
  await using sql = new SQL(url, { max: 1, connectionTimeout: 1 })
  await sql`select 1`
  return performance.now()
}
