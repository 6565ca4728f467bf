import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createLogger } from 'spillway/foundation'
import { createPipeline } from 'spillway/http'
import { expectQueries, type TestDatabase, testDatabase } from 'spillway/testing'
import app from './app.ts'
import { database } from './database.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
})
afterAll(() => server.stop())

const logger = createLogger('test', 'silent')
const { fetch } = createPipeline({ routes: app.http, logger, pageCacheBytes: 0 })

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(new Request(`http://notes.test${path}`, init))
  // biome-ignore lint/suspicious/noExplicitAny: the checks below say what is expected of it.
  return { status: response.status, body: (await response.json()) as any }
}

const add = (text: string) => ask('/api/notes', { method: 'POST', body: JSON.stringify({ text }) })

test('notes are listed the newest first, page by page, each page with one query', async () => {
  for (const text of ['one', 'two', 'three']) expect(await add(text)).toMatchObject({ status: 201, body: { text } })
  await server.replicaCaughtUp()

  const first = await expectQueries(1, () => ask('/api/notes?limit=2'))
  expect(first.body.items).toMatchObject([{ text: 'three' }, { text: 'two' }])
  const second = await ask(`/api/notes?limit=2&cursor=${first.body.next_cursor}`)
  expect(second.body).toMatchObject({ items: [{ text: 'one' }], next_cursor: null })
})

test('what is wrong is answered with 400', async () => {
  expect(await add(' ')).toMatchObject({ status: 400, body: { errors: [{ field: 'text' }] } })
  expect(await ask('/api/notes?limit=0')).toMatchObject({ status: 400, body: { errors: [{ field: 'limit' }] } })
  expect(await ask('/api/notes?cursor=edited')).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } })
})
