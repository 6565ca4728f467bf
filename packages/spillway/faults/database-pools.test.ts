/** More work than connections, over HTTP; and the whole database suite behind PgBouncer. */
import { afterAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { pgBouncerBinary } from '../src/testing/pgbouncer.ts'
import { type Program, startProgram } from '../src/testing/program.ts'
import { until } from '../src/testing/until.ts'
import { addItem, get, itemsApp, removeFolders, report } from './drill.ts'

afterAll(removeFolders)

/** As `/readyz` tells of the primary. */
async function usedConnections(program: Program): Promise<number> {
  const { servers } = (await (await get(program, '/readyz')).json()) as { servers: { pool: { used: number } }[] }
  return servers[0]!.pool.used
}

describe('every connection is taken', () => {
  const env = {
    WEB_WORKERS: '1',
    DATABASE_POOL_MAX: '2',
    DATABASE_ACQUIRE_TIMEOUT_MS: '300',
  }

  test('those who find none get 503 with Retry-After while the others go on, and the pool recovers', async () => {
    await using program = await startProgram(itemsApp, { env })
    const holders = [1, 2].map(() => get(program, '/api/hold?ms=6000'))
    await until(async () => (await usedConnections(program)) === 2, { what: 'both connections to be taken' })

    const refused = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const askedAt = performance.now()
        const response = await get(program, '/api/hold?ms=0')
        return { response, ms: performance.now() - askedAt }
      }),
    )
    // The holders are still at work: the answers above didn't wait for them.
    expect(await usedConnections(program)).toBe(2)
    expect(refused.map(({ response }) => response.status)).toEqual(Array(50).fill(503))
    expect(refused.every(({ response }) => response.headers.has('retry-after'))).toBeTrue()
    report('pool exhausted', {
      refused: refused.length,
      slowestMs: Math.round(Math.max(...refused.map(({ ms }) => ms))),
    })
    expect((await addItem(program, 'refused')).status).toBe(503)
    expect((await get(program, '/healthz')).status).toBe(200)
    expect((await get(program, '/api/items')).status).toBe(200)

    expect((await Promise.all(holders)).map(({ status }) => status)).toEqual([200, 200])
    expect(await usedConnections(program)).toBe(0)
    expect((await addItem(program, 'served')).status).toBe(201)
    expect(await program.stop()).toBe(0)
  })

  test('clients that give up leave no connection in use', async () => {
    await using program = await startProgram(itemsApp, { env })
    const clients = new AbortController()
    const asked = [1, 2].map(() =>
      fetch(`${program.url}/api/hold?ms=1000`, { signal: clients.signal, keepalive: false }),
    )
    const outcomes = Promise.allSettled(asked)
    await until(async () => (await usedConnections(program)) === 2, { what: 'both connections to be taken' })
    clients.abort()
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await until(async () => (await usedConnections(program)) === 0, { what: 'both connections to be back' })
    expect((await addItem(program, 'served')).status).toBe(201)
  })
})

const isInstalled = pgBouncerBinary() !== undefined
if (!isInstalled) console.warn('SKIPPED: the database suite behind PgBouncer, for pgbouncer is not installed')

test.skipIf(!isInstalled)(
  'the whole database suite passes behind PgBouncer in transaction mode, without named statements',
  async () => {
    const suite = Bun.spawn([process.execPath, 'test', '--timeout', '60000', 'packages/spillway/src/database'], {
      cwd: join(import.meta.dir, '../../..'),
      env: { ...process.env, SPILLWAY_TEST_PGBOUNCER: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const output = await suite.stderr.text()
    const count = (what: string) => Number(new RegExp(`^ *(\\d+) ${what}$`, 'm').exec(output)?.[1])
    report('behind PgBouncer', { passed: count('pass'), failed: count('fail') })
    if ((await suite.exited) !== 0) throw new Error(output)
    expect(count('pass')).toBeGreaterThan(60)
  },
  240_000,
)
