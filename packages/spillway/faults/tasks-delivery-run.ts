/**
 * Transactions, the processes that deliver what they have enqueued and run it, and the kills between them.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '../src/database/index.ts'
import { installEffects } from '../src/tasks/index.ts'
import { type Program, startProgram } from '../src/testing/program.ts'
import { until } from '../src/testing/until.ts'
import { newFolder } from './drill.ts'
import { database, type Flaw } from './tasks-delivery-app.ts'
import { type BackendName, openTaskPlace, type TaskPlace } from './tasks-workers-place.ts'

const app = join(import.meta.dir, 'tasks-delivery-app.ts')
const writer = join(import.meta.dir, 'tasks-delivery-writer.ts')

export interface DeliveryOptions {
  backend: BackendName
  transactions: number
  /** Of the process that makes the transactions, in their middle. */
  writerKills: number
  /** Of processes that deliver and run, beside those that end themselves at the worst moments. */
  kills: number
  flaw?: Flaw
}

export interface Delivered {
  committed: number
  /** Numbers of those that were committed, without an effect. */
  lost: number[]
  /** With more than one effect. */
  doubled: number[]
  /** Rolled back, with an effect. */
  unwanted: number[]
  /** How many tasks ran more than once, and the longest time from one such run to the next. */
  ranAgain: number
  againMaxMs: number
  /** Between the begin of a transaction and its effect: the middle one, and the longest. */
  middleMs: number
  longestMs: number
  seconds: number
}

export async function deliver(options: DeliveryOptions): Promise<Delivered> {
  await using place = await openTaskPlace(options.backend, 'delivery')
  const { migrations, name } = database
  await migrate(place.url, migrations, { database: name })
  await installEffects(place.url)
  await place.sql`create table effects (n integer not null, at timestamptz not null default clock_timestamp())`
  const folder = newFolder()
  const { transactions, flaw } = options
  const env = {
    ...place.env,
    DRILL_FOLDER: folder,
    DRILL_STRIKE_EVERY: String(Math.min(5_000, transactions)),
    ...(flaw && { DRILL_FLAW: flaw }),
  }
  await using programs = await startPrograms(env)
  const startedAt = performance.now()
  await Promise.all([write(options, place, env), killAtRandom(options, place, programs)])
  await until(() => isSettled(place), { what: 'all tasks to have run', timeoutMs: 90_000 })
  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  return { ...(await outcome(place, join(folder, 'runs'))), seconds }
}

/** One that delivers and runs, one that only delivers. */
interface Programs extends AsyncDisposable {
  pids(): number[]
  /** All of both, and starts them anew. */
  killAll(): Promise<void>
}

async function startPrograms(env: Record<string, string>): Promise<Programs> {
  const start = (command: 'web' | 'worker', before?: Program) =>
    startProgram(app, {
      command,
      env: { ...env, TASK_WORKERS: '2', WEB_WORKERS: '1', LOG_LEVEL: 'warn' },
      ...(before && { dataDir: before.dataDir, port: before.port }),
    })
  const first = await Promise.all([start('worker'), start('web')])
  let [worker, web] = first
  return {
    pids: () => [...worker.taskWorkerPids, ...web.workerPids],
    async killAll() {
      for (const { pid } of [...worker.processes(), ...web.processes()]) kill(pid)
      ;[worker, web] = await Promise.all([start('worker', worker), start('web', web)])
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([worker, web].map((program) => program[Symbol.asyncDispose]()))
      // They own the folders.
      await Promise.all(first.map((program) => program[Symbol.asyncDispose]()))
    },
  }
}

/** Whenever as many effects more are there, so that all kills are in the middle of the work. */
async function killAtRandom({ kills, transactions }: DeliveryOptions, { sql }: TaskPlace, programs: Programs) {
  const effects = transactions / 2
  for (let count = 1; count <= kills; count++) {
    const reached = async () => (await sql`select count(*)::int as count from effects`)[0].count
    const wanted = (effects * (count - Math.random())) / (kills + 1)
    await until(async () => (await reached()) >= wanted, { what: `${wanted} effects`, timeoutMs: 60_000 })
    if (count === Math.ceil(kills / 2)) await programs.killAll()
    else kill(pick(await until(() => nonEmpty(programs.pids()))))
  }
}

/** One writer after the other: each ends by a kill, but for the last. */
async function write({ transactions, writerKills }: DeliveryOptions, { url }: TaskPlace, env: Record<string, string>) {
  const each = transactions / (writerKills + 1)
  for (let index = 0; index <= writerKills; index++) {
    const first = Math.round(index * each)
    const end = Math.round((index + 1) * each)
    const isKilled = index < writerKills
    // One that would not have been committed, with others around it that are under way.
    const killedAt = isKilled ? Math.floor((end - 20) / 10) * 10 + 9 : -1
    const child = Bun.spawn([process.execPath, writer, url, ...[first, end, killedAt].map(String)], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const code = await child.exited
    if (child.signalCode !== (isKilled ? 'SIGKILL' : null)) throw new Error(`A writer ended with ${code}.`)
  }
}

/** Nothing waits and nobody works: whatever would be lost or doubled is so by now. */
async function isSettled({ sql, queues }: TaskPlace): Promise<boolean> {
  const [{ waiting }] = await sql`select count(*)::int as waiting from spillway_outbox.messages`
  if (waiting > 0) return false
  const counts = await queues.queue('default').getJobCounts('waiting', 'prioritized', 'active', 'delayed')
  return Object.values(counts).every((count) => count === 0)
}

async function outcome({ sql }: TaskPlace, runsFile: string): Promise<Omit<Delivered, 'seconds'>> {
  const numbers = async (rows: Promise<{ n: number }[]>) => (await rows).map(({ n }) => n)
  const [{ middle, longest }] = await sql`
    select percentile_cont(0.5) within group (order by ms) as middle, max(ms) as longest from (
      select extract(epoch from effects.at - items.made_at)::float8 * 1000 as ms
      from effects join items on items.rank = effects.n) took`
  return {
    committed: (await sql`select count(*)::int as count from items`)[0].count,
    lost: await numbers(sql`select rank as n from items where rank not in (select n from effects)`),
    doubled: await numbers(sql`select n from effects group by n having count(*) > 1`),
    unwanted: await numbers(sql`select n from effects where n not in (select rank from items)`),
    ...runsAgain(runsFile),
    middleMs: Math.round(middle),
    longestMs: Math.round(longest),
  }
}

function runsAgain(file: string): Pick<Delivered, 'ranAgain' | 'againMaxMs'> {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const runs = lines.map((line) => line.split(' ').map(Number) as [n: number, atMs: number])
  const again = [...Map.groupBy(runs, ([n]) => n).values()].filter(({ length }) => length > 1)
  const pauses = again.flatMap((times) => times.slice(1).map(([, atMs], index) => atMs - times[index]![1]))
  return { ranAgain: again.length, againMaxMs: Math.max(0, ...pauses) }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

const pick = (pids: number[]) => pids[Math.floor(Math.random() * pids.length)]!
const nonEmpty = (pids: number[]) => (pids.length > 0 ? pids : undefined)
