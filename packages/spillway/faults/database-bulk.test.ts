import { afterAll, beforeAll, expect, test } from 'bun:test'
import { asc } from 'drizzle-orm'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { itemsDatabase } from '../src/database/fixtures/items.ts'
import { bulkInsert, stream } from '../src/database/index.ts'
import { type TestDatabase, testDatabase } from '../src/testing/test-database.ts'
import { report } from './drill.ts'

const total = 300_000
/** Held at once, the texts alone would be 300 MB. */
const body = 'x'.repeat(1_000)
const growthMaxMb = 200

const pages = pgTable('pages', { id: integer('id').primaryKey(), body: text('body').notNull() })
const database = itemsDatabase()
let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await server.sql`create unlogged table pages (id integer primary key, body text not null)`
})
afterAll(() => server.stop())

/** By how many megabytes the process grows while `work` runs. */
async function growthOf(work: (sample: () => void) => Promise<void>): Promise<number> {
  Bun.gc(true)
  const before = process.memoryUsage.rss()
  let peak = before
  await work(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  })
  return Math.round((peak - before) / 1e6)
}

function* manyPages() {
  for (let id = 1; id <= total; id++) yield { id, body: body + id }
}

test('300,000 rows are written and read in constant memory', async () => {
  const { db } = database
  const writing = await growthOf(async (sample) => {
    const { inserted } = await bulkInsert(db, pages, manyPages(), { onProgress: sample })
    expect(inserted).toBe(total)
  })
  const reading = await growthOf(async (sample) => {
    let id = 0
    for await (const page of stream(db.primary.select().from(pages).orderBy(asc(pages.id)))) {
      id++
      if (page.id !== id || page.body !== body + id) throw new Error(`row ${id} is ${page.id}`)
      if (id % 1_000 === 0) sample()
    }
    expect(id).toBe(total)
  })
  report('growth in MB', { writing, reading })
  expect(writing).toBeLessThan(growthMaxMb)
  expect(reading).toBeLessThan(growthMaxMb)
})
