/**
 * Tasks beside the engine that they run on, used as its own pages show it:
 * `npm run benchmark:tasks -- [--rounds 5] [--only postgres,redis] [--write]`.
 *
 * Each way runs in turn, round by round, in a process of its own. The servers are this benchmark's own.
 *
 * @module
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedCluster } from 'spillway/embedded'
import { migratePostgresTasks } from 'spillway/tasks'
import { startRedis } from 'spillway/testing'
import { describeMachine } from './machine.ts'
import { writePage } from './report.ts'
import type { TaskReading } from './tasks-pass.ts'
import { type MeasuredTasks, type Place, places, type TaskWay, tasksMarkers, tasksSection } from './tasks-report.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const only = values.only.split(',').filter(Boolean)

await using cleanUp = new AsyncDisposableStack()
const folder = await mkdtemp(join(tmpdir(), 'spillway-tasks-'))
cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
// PostgreSQL may run as another user, who has to get through to its data.
await chmod(folder, 0o755)
const cluster = await startEmbeddedCluster({ dataDir: join(folder, 'data'), replicas: 0 })
cleanUp.defer(() => cluster.stop())
await migratePostgresTasks(cluster.primaryUrl)
const redis = cleanUp.use(await startRedis())
const urls: Record<Place['name'], string> = { PostgreSQL: cluster.primaryUrl, Redis: redis.url }

const measured: MeasuredTasks[] = []
for (const place of places.filter(({ name }) => only.length === 0 || only.includes(name.toLowerCase()))) {
  const readings: Record<TaskWay, TaskReading[]> = { bare: [], 'bare with priority': [], spillway: [] }
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    console.error(`${place.name}: ${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}`)
    for (const way of Object.keys(readings) as TaskWay[]) {
      const reading = await pass(place, way)
      if (round > 0) readings[way].push(reading)
    }
  }
  measured.push({ place, readings })
}

const section = tasksSection(await describeMachine(cluster.primaryUrl), rounds, measured)
console.log(section)
if (values.write) console.error(`Written to ${await writePage(section, tasksMarkers)}`)

async function pass({ name, tasks }: Place, way: TaskWay): Promise<TaskReading> {
  const command = [process.execPath, 'tasks-pass.ts', name, urls[name], way, String(tasks)]
  const spawned = Bun.spawn(command, { cwd: import.meta.dir, stdio: ['ignore', 'pipe', 'inherit'] })
  const answer = await spawned.stdout.text()
  if ((await spawned.exited) !== 0) throw new Error(`${command.slice(1).join(' ')} failed`)
  // The script prints what its type says.
  return JSON.parse(answer) as TaskReading
}
