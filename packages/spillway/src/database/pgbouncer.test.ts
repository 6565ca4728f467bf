/** Statements of many callers through PgBouncer, where each may run on another connection than the one before. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { createLogger, platformSettings, readSettings, startTether, type Tether } from '../foundation/index.ts'
import { type PgBouncer, pgBouncerBinary, startPgBouncer } from '../testing/pgbouncer.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { itemsDatabase } from './fixtures/items.ts'

describe.skipIf(!pgBouncerBinary())('behind PgBouncer', () => {
  let server: TestDatabase
  let tether: Tether
  let bouncer: PgBouncer
  beforeAll(async () => {
    server = await testDatabase()
    tether = startTether()
    bouncer = await startPgBouncer(server.cluster.primaryUrl, tether)
  })
  afterAll(async () => {
    await bouncer.stop()
    await tether.stop()
    await server.stop()
  })

  /** What 32 callers get who each ask 50 times, by three different texts. */
  async function ask(env: Record<string, string>) {
    const { db, start, stop } = itemsDatabase()
    start({
      primaryUrl: bouncer.through(server.primaryUrl),
      replicaUrls: [],
      applicationName: 'callers',
      settings: readSettings(platformSettings, env),
      logger: createLogger('test', 'silent'),
    })
    const texts = [
      (value: number) => sql`select ${value}::int as value, pg_backend_pid() as backend`,
      (value: number) => sql`select pg_backend_pid() as backend, ${value}::int as value, ${'x'}::text as text`,
      (value: number) => sql`select 'y' as text, ${value}::int + 0 as value, pg_backend_pid() as backend`,
    ]
    const backends = new Set<number>()
    const figures = { right: 0, failed: 0 }
    const caller = async (first: number) => {
      for (let value = first; value < first + 50; value++) {
        const query = db.execute<{ value: number; backend: number }>(texts[value % 3]!(value))
        const [row] = await query.then(undefined, () => [])
        if (row) backends.add(row.backend)
        figures[row?.value === value ? 'right' : 'failed']++
      }
    }
    await Promise.all(Array.from({ length: 32 }, (_, index) => caller(100 * index)))
    await stop()
    return { ...figures, backends: backends.size }
  }

  test('every statement gets its own answer, and the callers share few connections', async () => {
    const { right, failed, backends } = await ask({ DATABASE_PGBOUNCER: 'on' })
    expect({ right, failed }).toEqual({ right: 1600, failed: 0 })
    expect(backends).toBeWithin(2, 6)
  })

  test('without the setting statements do fail: the test above can, too', async () => {
    expect((await ask({ DATABASE_PGBOUNCER: 'off', DATABASE_STATEMENT_TIMEOUT_MS: '0' })).failed).toBeGreaterThan(0)
  })
})
