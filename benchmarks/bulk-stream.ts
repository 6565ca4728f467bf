/** Reads the whole table in a process of its own, so that what it grows by is the reading's; one line of JSON. */
import { stream } from 'spillway/database'
import { openProducts } from './bulk-products.ts'

const [url = '', way] = process.argv.slice(2)
const { database, db, products } = openProducts(url)
await db.execute('select 1')
Bun.gc(true)
const before = process.memoryUsage.rss()
let peak = before
let rows = 0
const sample = () => {
  peak = Math.max(peak, process.memoryUsage.rss())
}

const startedAt = performance.now()
if (way === 'stream')
  for await (const _ of stream(db.select().from(products))) {
    if (++rows % 1_000 === 0) sample()
  }
else rows = (await db.select().from(products)).length
const seconds = (performance.now() - startedAt) / 1_000
sample()
console.log(JSON.stringify({ rowsPerSecond: rows / seconds, growthMiB: (peak - before) / 2 ** 20 }))
await database.stop()
