/**
 * Many rows at once, in one command: `npm run benchmark:bulk -- [--rows 1000000] [--rounds 3] [--write]`.
 *
 * Each way writes into the empty table in turn, round by round, on an embedded server without a replica.
 *
 * @module
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SQL } from 'bun'
import { bulkInsert } from 'spillway/database'
import { startEmbeddedCluster } from 'spillway/embedded'
import { createTable, openProducts, productAt, productRows } from './bulk-products.ts'
import { bulkMarkers, bulkSection, type Reading, type Way } from './bulk-report.ts'
import { describeMachine } from './machine.ts'
import { writePage } from './report.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
})
const rowCount = Number(values.rows)
const rounds = Number(values.rounds)
/** One by one takes a while; these are enough to know the rate. */
const singleCount = 5_000

await using cleanUp = new AsyncDisposableStack()
const folder = await mkdtemp(join(tmpdir(), 'spillway-bulk-'))
cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
// PostgreSQL may run as another user, who has to get through to its data.
await chmod(folder, 0o755)
const cluster = await startEmbeddedCluster({ dataDir: join(folder, 'data'), replicas: 0 })
cleanUp.defer(() => cluster.stop())
const sql = new SQL({ url: cluster.primaryUrl, max: 1 })
cleanUp.defer(() => sql.close())
await sql.unsafe(createTable)
const { database, db, products } = openProducts(cluster.primaryUrl)
cleanUp.defer(() => database.stop())

const file = await copyFile()
const onConflict = { target: products.id, update: [products.price, products.stock] }
const ways: Record<string, () => Promise<number>> = {
  '`psql`, `COPY` from a file': () => copyByPsql(),
  '**`bulkInsert`**, by COPY': () => inserted(bulkInsert(db, products, productRows(rowCount))),
  '**`bulkInsert`**, by `unnest`': () => inserted(bulkInsert(db, products, productRows(rowCount), { via: 'insert' })),
  '**`bulkInsert`**, on conflict update': () =>
    inserted(bulkInsert(db, products, productRows(rowCount), { onConflict })),
  'Drizzle, 64 inserts at a time': () => insertSingly(64),
  'Drizzle, one insert after the other': () => insertSingly(1),
}

const rates = new Map<string, number[]>(Object.keys(ways).map((label) => [label, []]))
const readings: Reading[] = []
for (let round = 1; round <= rounds; round++) {
  console.error(`round ${round} of ${rounds}`)
  for (const [label, write] of Object.entries(ways)) {
    await sql`truncate bulk_products`
    await sql`checkpoint`
    const startedAt = performance.now()
    const count = await write()
    rates.get(label)!.push(count / ((performance.now() - startedAt) / 1_000))
    if (label.includes('by COPY')) readings.push(await read('stream'), await read('select'))
  }
}

const measured: Way[] = [...rates].map(([label, rowsPerSecond]) => ({ label, rowsPerSecond }))
const section = bulkSection(
  await describeMachine(cluster.primaryUrl),
  { rowCount, rounds, singleCount },
  measured,
  readings,
)
console.log(section)
if (values.write) console.error(`Written to ${await writePage(section, bulkMarkers)}`)

async function inserted(work: Promise<{ inserted: number }>): Promise<number> {
  return (await work).inserted
}

async function insertSingly(callers: number): Promise<number> {
  let id = 0
  const caller = async () => {
    while (id < singleCount) await db.insert(products).values(productAt(++id))
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return singleCount
}

/** The same rows as a file in COPY's text format. */
async function copyFile(): Promise<string> {
  const path = join(folder, 'products.tsv')
  const writer = Bun.file(path).writer()
  for (const { id, name, price, stock, category, createdAt } of productRows(rowCount))
    writer.write(`${[id, name, price, stock, category, createdAt.toISOString()].join('\t')}\n`)
  await writer.end()
  return path
}

async function copyByPsql(): Promise<number> {
  const child = Bun.spawn(['psql', cluster.primaryUrl, '--quiet', '--command', `\\copy bulk_products from '${file}'`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if ((await child.exited) !== 0) throw new Error('psql could not copy the file')
  return rowCount
}

/** In a process of its own: what it grows by is what the reading takes. */
async function read(way: Reading['way']): Promise<Reading> {
  const script = join(import.meta.dir, 'bulk-stream.ts')
  const child = Bun.spawn([process.execPath, script, cluster.primaryUrl, way], { stdio: ['ignore', 'pipe', 'inherit'] })
  return { way, ...(JSON.parse(await child.stdout.text()) as Omit<Reading, 'way'>) }
}
