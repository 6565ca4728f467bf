import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { Probe } from './probe.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase()
})
afterAll(() => server.stop())

test('a probe that is closed while it asks fails, and opens nothing any more', async () => {
  const probe = new Probe(server.primaryUrl, { applicationName: 'closed', timeoutMs: 5_000, prepare: false })
  await probe.ask()
  const asking = probe.ask().catch((error: unknown) => error)
  await probe.close()
  expect(await asking).toBeInstanceOf(Error)
  expect(await probe.ask().catch((error: unknown) => error)).toBeInstanceOf(Error)
})
