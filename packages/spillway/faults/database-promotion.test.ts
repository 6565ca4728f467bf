/** A standby is promoted, and the old primary comes back as if nothing had happened. */
import { afterAll, expect, test } from 'bun:test'
import { chmodSync } from 'node:fs'
import { SQL } from 'bun'
import { primaryUrl } from '../src/database/index.ts'
import { startEmbeddedCluster } from '../src/embedded/index.ts'
import { type Program, startProgram } from '../src/testing/program.ts'
import { hang } from '../src/testing/server-processes.ts'
import { until } from '../src/testing/until.ts'
import { get, itemsApp, newFolder, progress, removeFolders, report } from './drill.ts'
import { startLoad, tally } from './load.ts'
import { startWrites } from './outage.ts'

afterAll(removeFolders)

test('writes go on at the new primary, and stay there', async () => {
  const dataDir = newFolder()
  chmodSync(dataDir, 0o755)
  const cluster = await startEmbeddedCluster({ dataDir })
  const [oldUrl, newUrl] = [cluster.primaryUrl, cluster.replicaUrls[0]!]
  const DATABASE_URL = bothHosts(oldUrl, newUrl)
  let goOn = () => {}
  try {
    await using program = await startProgram(itemsApp, {
      env: { DATABASE_URL, DATABASE_REPLICA_URLS: `${oldUrl},${newUrl}` },
    })
    const writes = startWrites(program)
    const worked = () => writes.attempts.filter(({ status }) => status === 201)
    const failed = () => writes.attempts.filter(({ status }) => status !== 201)
    await until(() => worked().length > 50, { what: 'writes' })
    const reads = startLoad({ url: `${program.url}/api/items/1`, clients: 5, connections: 'kept', restMs: 5 })
    await progress(reads)

    goOn = hang(cluster.primary)
    await until(() => failed().length > 10, { what: 'writes to fail' })
    await using standby = new SQL(newUrl, { max: 1 })
    await standby`select pg_promote()`
    const promotedAt = performance.now()
    const first = await until(() => worked().find(({ atMs }) => atMs > promotedAt), { what: 'a write' })
    await until(async () => (await servers(program))['primary'], { what: 'the primary to be healthy' })
    await progress(reads)

    goOn()
    goOn = () => {}
    await using old = new SQL(oldUrl, { max: 1 })
    await until(async () => (await old`select 1`).length === 1, { what: 'the old primary' })
    // Two servers take writes now. Every process of ours has looked at both when this one has been taken out as a replica.
    await until(async () => (await servers(program))['replica-1'] === false, { what: 'the old primary to be left' })
    const returnedAt = performance.now()
    await until(() => worked().filter(({ atMs }) => atMs > returnedAt + 1_500).length > 50, { what: 'more writes' })
    await Promise.all([writes.stop(), reads.stop()])

    const namesOn = async (sql: SQL) =>
      new Set((await sql`select name from items`).map((row: { name: string }) => row.name))
    const [onOld, onNew] = [await namesOn(old), await namesOn(standby)]
    const after = worked().filter(({ atMs }) => atMs > promotedAt)
    const before = worked().filter(({ atMs }) => atMs <= promotedAt)
    report('promotion', {
      writesAfterItMs: Math.round(first.atMs - promotedAt),
      written: after.length,
      lostOfThoseBefore: before.filter(({ name }) => !onNew.has(name)).length,
      failedWrites: failed().length,
      reads: reads.answered,
      failedReads: tally(reads.failures),
    })
    expect(first.atMs - promotedAt).toBeLessThan(2_000)
    expect(after.filter(({ name }) => !onNew.has(name) || onOld.has(name))).toEqual([])
    expect(failed().filter(({ status, retryAfter }) => status !== 503 || Number(retryAfter) < 1)).toEqual([])
    expect(reads.failures).toEqual([])
    // Who comes new, and has never seen the other, takes the one that was promoted.
    expect(await primaryUrl(DATABASE_URL)).toBe(newUrl)
    expect(program.output).toContain('a server takes writes though another was promoted after it')
    expect(await program.stop()).toBe(0)
  } finally {
    goOn()
    await cluster.stop()
  }
})

function bothHosts(one: string, other: string): string {
  const { host } = new URL(one)
  return one.replace(host, `${host},${new URL(other).host}`)
}

/** Which of the servers are healthy. */
async function servers(program: Program): Promise<Record<string, boolean>> {
  const { servers: all } = (await (await get(program, '/readyz')).json()) as {
    servers: { name: string; healthy: boolean }[]
  }
  return Object.fromEntries(all.map(({ name, healthy }) => [name, healthy]))
}
