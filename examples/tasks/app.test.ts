import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createLogger } from 'spillway/foundation'
import { createPipeline } from 'spillway/http'
import type { Schedule } from 'spillway/tasks'
import { type TestTasks, testTasks, until } from 'spillway/testing'
import app from './app.ts'

let work: TestTasks
beforeAll(async () => {
  work = await testTasks({ tasks: app.tasks })
})
afterAll(() => work.stop())

const logger = createLogger('test', 'silent')
const { fetch } = createPipeline({ routes: app.http, logger, pageCacheBytes: 0 })
const ask = (path: string, init?: RequestInit) => fetch(new Request(`http://words.test${path}`, init))

/** What is counted for it in the end. */
async function counted(path: string, body: unknown): Promise<number> {
  const answer = await ask(path, { method: 'POST', body: JSON.stringify(body) })
  expect(answer.status).toBe(202)
  const { count } = (await answer.json()) as { count: string }
  return await until(async () => ((await (await ask(count)).json()) as { words?: number }).words)
}

test('the words of a text are counted', async () => {
  expect(await counted('/api/texts', { text: 'one two  three' })).toBe(3)
})

test('those of a book chapter by chapter', async () => {
  expect(await counted('/api/books', { chapters: ['one two', 'three', 'four five six'] })).toBe(6)
  expect(work.reports.map(({ task }) => task)).toContain('words.add-up')
})

test('every minute the time is told', async () => {
  const [{ timing, task }] = app.schedules as [Schedule]
  expect(timing.next(0)).toBe(60_000)
  expect(await (await task.enqueue({})).result()).toBeNull()
})

test('what is wrong, or not known, is said', async () => {
  expect((await ask('/api/texts', { method: 'POST', body: '{}' })).status).toBe(400)
  expect((await ask('/api/counts/none')).status).toBe(404)
})
