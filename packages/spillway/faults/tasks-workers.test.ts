/** Whole programs whose task workers are killed, replaced and stopped while they work. */
import { afterAll, expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Program, type ProgramOptions, startProgram } from '../src/testing/program.ts'
import { until } from '../src/testing/until.ts'
import { get, newFolder, removeFolders, report } from './drill.ts'
import { appName, drillTasks, type Noted, notesIn, retryDelayMs } from './tasks-workers-app.ts'
import { type BackendName, backends, openTaskPlace, stopTaskCluster } from './tasks-workers-place.ts'

const app = join(import.meta.dir, 'tasks-workers-app.ts')

afterAll(async () => {
  await stopTaskCluster()
  removeFolders()
})

/** Programs of the app on a backend of their own, and what their tasks have noted. */
async function openDrill(backend: BackendName, settings: Record<string, string>) {
  const place = await openTaskPlace(backend, appName)
  const folder = newFolder()
  const file = join(folder, 'notes')
  const mended = join(folder, 'mended')
  const env = { ...place.env, DRILL_NOTES: file, DRILL_MENDED: mended, LOG_LEVEL: 'warn', ...settings }
  const tasks = drillTasks()
  for (const task of Object.values(tasks)) task.start(place.queues)
  const programs: Program[] = []
  return {
    ...tasks,
    queue: place.queues.queue('default'),
    notes: (what: Noted['what']) => notesIn(file).filter((noted) => noted.what === what),
    mend: () => writeFileSync(mended, ''),
    async start(options: ProgramOptions = { command: 'worker' }) {
      const program = await startProgram(app, { env, ...options })
      programs.push(program)
      return program
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(programs.map((program) => program[Symbol.asyncDispose]()))
      await place[Symbol.asyncDispose]()
    },
  }
}

const numbers = (noted: Noted[]) => noted.map(({ n }) => n).sort((a, b) => a - b)
const upTo = (end: number) => Array.from({ length: end }, (_, n) => n)

test.concurrent.each(backends)(
  'tasks of a killed worker run again within 30 s, those of a stopped program are put back, on %s',
  async (backend) => {
    await using drill = await openDrill(backend, { TASK_WORKERS: '1', SHUTDOWN_TIMEOUT_SECONDS: '2' })
    const { work, notes } = drill
    const killed = await drill.start()
    const [pid] = killed.taskWorkerPids
    await work.enqueueMany(upTo(4).map((n) => ({ n, ms: 60_000 })))
    await until(() => notes('begin').length === 4, { what: 'the tasks to be begun' })
    process.kill(pid!, 'SIGKILL')
    const killedAtMs = Date.now()
    await until(() => notes('begin').length === 8, { what: 'the tasks to be begun again', timeoutMs: 40_000 })
    const againMs = notes('begin').at(-1)!.atMs - killedAtMs
    report(`killed worker on ${backend}`, { again_after_ms: againMs })
    expect(againMs).toBeLessThan(30_000)
    expect(numbers(notes('begin'))).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
    expect(killed.taskWorkerPids).not.toContain(pid)

    await work.enqueueMany([10, 11].map((n) => ({ n, ms: 1_000 })))
    await until(() => notes('begin').length === 10, { what: 'more to be begun' })
    expect(await killed.stop()).toBe(0)
    expect(numbers(notes('end'))).toEqual([10, 11])

    await drill.start()
    await until(() => notes('begin').length === 14, { what: 'what was put back to be begun' })
    const last = notes('begin').slice(10)
    expect(numbers(last)).toEqual([0, 1, 2, 3])
    expect(last.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1])
  },
  120_000,
)

test.concurrent.each(backends)(
  'workers are replaced under load, and no task is lost or run twice, on %s',
  async (backend) => {
    await using drill = await openDrill(backend, { TASK_WORKERS: '2', MAX_TASKS_PER_WORKER: '200' })
    const { work, notes } = drill
    const program = await drill.start()
    const pids = new Set(program.taskWorkerPids)
    let enqueued = 0
    const startedAt = performance.now()
    const look = async () => {
      await work.enqueueMany(upTo(5).map((index) => ({ n: enqueued + index, ms: 20 })))
      enqueued += 5
      for (const { pid } of notes('begin')) pids.add(pid)
      // Both of them, twice.
      return pids.size >= 6
    }
    await until(look, { what: 'the workers to be replaced twice', timeoutMs: 60_000 })
    const seconds = (performance.now() - startedAt) / 1_000
    await until(() => notes('end').length >= enqueued, { what: 'all to be run', timeoutMs: 40_000 })
    expect(numbers(notes('begin'))).toEqual(upTo(enqueued))
    expect(numbers(notes('end'))).toEqual(upTo(enqueued))
    report(`replacement on ${backend}`, { workers: pids.size, tasks: enqueued, seconds: Math.round(seconds) })
  },
  120_000,
)

test.concurrent.each(backends)(
  'a task that kills its workers becomes a dead letter, while others go on, on %s',
  async (backend) => {
    await using drill = await openDrill(backend, { TASK_WORKERS: '2', TASK_CONCURRENCY: '4' })
    const { work, deadly, notes, queue } = drill
    const program = await drill.start()
    const startedAt = performance.now()
    await deadly.enqueueMany([
      { n: -1, how: 'exit' },
      { n: -2, how: 'signal' },
      { n: -3, how: 'rejection' },
    ])
    let enqueued = 0
    const enqueuedAt: number[] = []
    const isOver = async () => {
      const open = enqueued - new Set(numbers(notes('end'))).size
      if (open < 4) {
        enqueuedAt.push(Date.now())
        await work.enqueue({ n: enqueued++, ms: 100 })
      }
      return (await queue.getFailedCount()) === 3
    }
    await until(isOver, { what: 'three dead letters', timeoutMs: 110_000 })
    const seconds = Math.round((performance.now() - startedAt) / 1_000)
    await until(() => new Set(numbers(notes('end'))).size === enqueued, { what: 'the others', timeoutMs: 40_000 })
    await until(() => notes('failed').length >= 3, { what: 'onFailure' })
    expect(new Set(numbers(notes('failed')))).toEqual(new Set([-3, -2, -1]))
    const deaths = notes('begin').filter(({ n }) => n < 0).length
    const waits = enqueuedAt.map((atMs, n) => notes('end').find((noted) => noted.n === n)!.atMs - atMs)
    report(`deadly tasks on ${backend}`, { seconds, deaths, others: enqueued, longest_ms: Math.max(...waits) })
    const letters = await queue.getFailed()
    expect(letters.map(({ name }) => name)).toEqual(['deadly', 'deadly', 'deadly'])
    for (const { failedReason } of letters) expect(failedReason).toContain('was running when its worker died, 5 times')
    expect(await program.stop()).toBe(0)
  },
  150_000,
)

test.each(backends)(
  'retries come when the task says, and what is urgent comes first, on %s',
  async (backend) => {
    await using drill = await openDrill(backend, { TASK_WORKERS: '2', TASK_CONCURRENCY: '4' })
    const { work, failing, notes } = drill
    const priorityOf = (n: number) => (n % 11) as 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10
    for (const n of upTo(330)) await work.enqueue({ n, ms: 10 }, { priority: priorityOf(n) })
    await drill.start()
    await until(() => notes('end').length >= 100, { what: 'a third to be run', timeoutMs: 30_000 })
    await work.enqueue({ n: -1, ms: 10 }, { priority: 10 })
    const place = notes('begin').length
    await until(() => notes('end').length === 331, { what: 'all to be run', timeoutMs: 30_000 })
    expect(notes('begin').findIndex(({ n }) => n === -1)).toBeLessThan(place + 16)
    const order = notes('begin').flatMap(({ n }) => (n < 0 ? [] : priorityOf(n)))
    // Eight run at once; one that a busy machine keeps waiting is passed by some more.
    const places = order.map((priority, place) => Math.abs(place - Math.floor((10 - priority) * 30 + 15)) - 15)
    report(`priorities on ${backend}`, { places_too_far: Math.max(...places) })
    expect(Math.max(...places)).toBeLessThanOrEqual(30)

    await failing.enqueue({ n: 1_000 })
    await until(() => notes('begin').filter(({ n }) => n === 1_000).length === 4, { what: 'four attempts' })
    const attempts = notes('begin').filter(({ n }) => n === 1_000)
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4])
    const pauses = attempts.slice(1).map(({ atMs }, index) => atMs - attempts[index]!.atMs)
    report(`retries on ${backend}`, { after_ms: pauses })
    for (const [index, pauseMs] of pauses.entries()) {
      const mostMs = retryDelayMs * 2 ** index
      expect(pauseMs).toBeGreaterThanOrEqual(mostMs * 0.75 - 5)
      expect(pauseMs).toBeLessThan(mostMs + 500)
    }
  },
  120_000,
)

test('the web goes on while tasks kill each worker as it starts, and workers are back when that is mended', async () => {
  await using drill = await openDrill(backends[0]!, { TASK_WORKERS: '1', TASK_CONCURRENCY: '1', WEB_WORKERS: '1' })
  const { deadly, work, notes } = drill
  await deadly.enqueueMany(upTo(8).map((n) => ({ n, how: 'exit' as const })))
  await work.enqueue({ n: 100, ms: 1 }, { priority: 0 })
  const program = await drill.start({ command: 'start' })
  const [webPid] = program.workerPids
  await until(() => notes('begin').length >= 7, { what: 'seven workers to die', timeoutMs: 30_000 })
  expect((await get(program, '/alive')).status).toBe(200)
  expect(program.output).toContain('crash loop')
  drill.mend()
  await until(() => notes('end').some(({ n }) => n === 100), { what: 'the others', timeoutMs: 40_000 })
  expect(program.workerPids).toEqual([webPid!])
  expect(await program.stop()).toBe(0)
}, 120_000)
