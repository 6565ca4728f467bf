/** Workflows of ten thousand tasks, with one that fails, and with workers that are killed again and again. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { chain, chord, group, map, TaskQueues } from '../src/tasks/index.ts'
import { until } from '../src/testing/until.ts'
import { report } from './drill.ts'
import { drillBackends, openBackend } from './workflow-backends.ts'
import { fragile, increment, slowly, sum, tasks } from './workflow-tasks.ts'

const minutes = 60_000

describe.each(drillBackends)('workflows on %s', (name, start) => {
  let server: Awaited<ReturnType<typeof start>>
  let queues: TaskQueues
  let workers: Bun.Subprocess[] = []

  beforeAll(async () => {
    server = await start()
    queues = new TaskQueues({ backend: openBackend(server), app: 'drill' })
    for (const task of tasks) task.start(queues)
    startWorker()
  })
  afterAll(async () => {
    await Promise.all(workers.map(killed))
    await queues?.close()
    await server?.stop()
  })

  function startWorker(): void {
    const options = JSON.stringify({ backend: { kind: server.kind, url: server.url }, app: 'drill' })
    const worker = Bun.spawn([process.execPath, join(import.meta.dir, 'workflow-worker.ts')], {
      env: { ...process.env, WORKER_OPTIONS: options },
      stdio: ['pipe', 'inherit', 'inherit'],
    })
    workers.push(worker)
  }

  async function killed(worker: Bun.Subprocess): Promise<void> {
    worker.kill('SIGKILL')
    await worker.exited
  }

  async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const startedAt = performance.now()
    try {
      return await work()
    } finally {
      report(`${what} on ${name}`, { seconds: Math.round((performance.now() - startedAt) / 100) / 10 })
    }
  }

  const ten = Array.from({ length: 10_000 }, (_, index) => index)

  test(
    'a chord of ten thousand adds up',
    async () => {
      const plain = await timed('ten thousand tasks by themselves', async () => {
        const runs = await increment.enqueueMany(ten)
        return await runs.at(-1)!.result({ timeoutMs: 2 * minutes })
      })
      expect(plain).toBe(10_000)
      const workflow = chord(
        ten.map((n) => increment.with(n)),
        sum,
      )
      const run = await timed('a chord of 10,000 is enqueued', () => workflow.enqueue())
      expect(await timed('a chord of 10,000', () => run.result({ timeoutMs: 2 * minutes }))).toBe(50_005_000)
    },
    5 * minutes,
  )

  test(
    'one of ten thousand that fails fails the chord once, and it goes on when it is tried again',
    async () => {
      const run = await chord(
        ten.map((n) => fragile.with(n)),
        sum,
      ).enqueue()
      const result = timed('a chord of 10,000 fails', () => run.result({ timeoutMs: 2 * minutes }))
      await expect(result).rejects.toThrow(/"fragile" \(default\/.*-5002\) failed: five thousand is wrong/)
      const queue = queues.queue('default')
      await timed('the others are passed over', () =>
        until(
          async () =>
            (await queue.getJobCounts('prioritized', 'waiting')).waiting === 0 &&
            (await queue.getPrioritizedCount()) === 0,
          { timeoutMs: minutes },
        ),
      )
      expect((await queue.getFailed()).map(({ name: failed }) => failed).sort()).toEqual([
        'fragile',
        'spillway.workflow',
      ])
      const { done } = (await run.progress())!
      expect(done).toBeGreaterThanOrEqual(5_000 - 8)
      expect(done).toBeLessThan(5_200)
      await timed('the failed one is tried again, and the rest with it', async () => {
        await (await queues.find(run.id))!.retry()
        await until(async () => (await run.state()) === 'failed', { timeoutMs: minutes })
      })
      expect((await run.progress())!.done).toBeGreaterThanOrEqual(done)
      await queue.obliterate({ force: true })
    },
    5 * minutes,
  )

  test(
    'a hundred thousand items in chunks of a hundred',
    async () => {
      const items = Array.from({ length: 100_000 }, (_, index) => index)
      const workflow = map(sum, items, { chunk: 100, merge: sum })
      const run = await timed('100,000 items in 1,000 chunks', async () => {
        const begun = await workflow.enqueue()
        expect(await begun.result({ timeoutMs: minutes })).toBe(4_999_950_000)
        return begun
      })
      expect(await run.progress()).toEqual({ done: 1_001, total: 1_001 })
    },
    2 * minutes,
  )

  test(
    'workers that are killed again and again change nothing but the time',
    async () => {
      startWorker()
      const part = chain(slowly.with(0), group(slowly, slowly, chain(slowly, slowly)), sum)
      const parts = Array.from({ length: 200 }, () => part)
      const run = await chord(parts, sum).enqueue()
      let kills = 0
      await timed('1,201 tasks in nested chains and groups, with kills', async () => {
        const over = () => run.state().then((state) => state === 'completed' || state === 'failed')
        while (kills < 6 && !(await over())) {
          await Bun.sleep(700)
          const [first, ...others] = workers
          workers = others
          await killed(first!)
          kills++
          startWorker()
        }
        expect(await run.result({ timeoutMs: minutes })).toBe(200 * (2 + 2 + 3))
      })
      report(`kills on ${name}`, { kills })
      expect(kills).toBeGreaterThan(3)
      expect(await queues.queue('default').getFailedCount()).toBe(0)
    },
    3 * minutes,
  )
})
