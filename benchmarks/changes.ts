/**
 * What watching costs writers, in one command: `npm run benchmark:changes -- [--rounds 5] [--seconds 1] [--write]`.
 *
 * Each workload writes into a table that isn't watched, into one that is, and into that while it is read, in turns.
 *
 * @module
 */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SQL } from 'bun'
import { migrate } from 'spillway/database'
import { startEmbeddedCluster } from 'spillway/embedded'
import { changesMarkers, changesSection, type Pass, type Writers } from './changes-report.ts'
import { createTables, type Table, type Workload, watched, workloads } from './changes-shop.ts'
import { describeMachine } from './machine.ts'
import { processTree } from './process-tree.ts'
import { writePage } from './report.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const readers = 2

await using cleanUp = new AsyncDisposableStack()
const folder = await mkdtemp(join(tmpdir(), 'spillway-changes-'))
cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
// PostgreSQL may run as another user, who has to get through to its data.
await chmod(folder, 0o755)
const cluster = await startEmbeddedCluster({ dataDir: join(folder, 'data'), replicas: 0 })
cleanUp.defer(() => cluster.stop())
const url = cluster.primaryUrl
const admin = new SQL({ url, max: 1 })
cleanUp.defer(() => admin.close())
for (const statement of createTables) await admin.unsafe(statement)
const noMigrations = join(folder, 'migrations')
await mkdir(noMigrations)
await migrate(url, noMigrations, { watched })

const measured: Writers[] = workloads.map(({ label }) => ({ label, plain: [], logged: [], read: [] }))
// The first round warms up.
for (let round = 0; round <= rounds; round++) {
  console.error(round === 0 ? 'warming up' : `round ${round} of ${rounds}`)
  for (const [index, workload] of workloads.entries()) {
    const plain = await pass(workload, 'plain_products')
    await makeRoom()
    const logged = await pass(workload, 'watched_products')
    const read = await whileRead(workload)
    if (round === 0) continue
    const { plain: plains, logged: loggeds, read: reads } = measured[index]!
    plains.push(plain)
    loggeds.push(logged)
    reads.push(read)
  }
}

const section = changesSection(await describeMachine(url), { rounds, seconds, readers }, measured)
console.log(section)
if (values.write) console.error(`Written to ${await writePage(section, changesMarkers)}`)

/** To the end belongs that the relay, if there is one, has moved what was written. */
async function pass({ clients, write }: Workload, table: Table, written = async () => {}): Promise<Pass> {
  await using sql = new SQL({ url, max: clients })
  await Promise.all(Array.from({ length: clients * 5 }, () => write(sql, table)))
  await admin`checkpoint`
  const cpuBefore = serverCpuSeconds()
  const startedAt = performance.now()
  let transactions = 0
  const client = async () => {
    while (performance.now() - startedAt < seconds * 1_000) {
      await write(sql, table)
      transactions++
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const perSecond = transactions / ((performance.now() - startedAt) / 1_000)
  await written()
  return { perSecond, cpuMicroseconds: ((serverCpuSeconds() - cpuBefore) / transactions) * 1e6 }
}

/** Nobody reads: everything is logged all the same. */
async function makeRoom(): Promise<void> {
  await admin`truncate spillway_changes.log`
  await admin`select setval('spillway_changes.id_limit', last_value + 10000000) from spillway_changes.ids`
}

async function whileRead(workload: Workload): Promise<Pass> {
  await admin`truncate spillway_changes.log`
  const script = join(import.meta.dir, 'changes-reader.ts')
  const processes = Array.from({ length: readers }, () =>
    Bun.spawn([process.execPath, script, url], { stdio: ['ignore', 'inherit', 'inherit'] }),
  )
  try {
    await until(async () => (await admin`select from spillway_changes.leases where holder is not null`).length > 0)
    return await pass(workload, 'watched_products', () =>
      until(async () => (await admin`select from spillway_changes.log limit 1`).length === 0),
    )
  } finally {
    for (const reader of processes) reader.kill('SIGTERM')
    await Promise.all(processes.map(({ exited }) => exited))
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await Bun.sleep(50)
}

function serverCpuSeconds(): number {
  return processTree(cluster.primary.pid!).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0)
}
