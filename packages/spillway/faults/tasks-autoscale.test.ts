import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startProgram } from '../src/testing/program.ts'
import { until } from '../src/testing/until.ts'
import { report } from './drill.ts'

const app = fileURLToPath(new URL('../src/server/fixtures/task-app.ts', import.meta.url))
const spillway = fileURLToPath(new URL('../bin/spillway.ts', import.meta.url))

test('the autoscaler starts workers for a backlog, at least the minimum and never more than the maximum, and they end with it', async () => {
  await using program = await startProgram(app, {
    env: { WEB_WORKERS: '1', TASK_WORKERS: '0', EMBEDDED_REPLICAS: '0' },
  })
  const startedAt = performance.now()
  const seconds = () => Math.round((performance.now() - startedAt) / 1_000)
  const command = [process.execPath, spillway, 'tasks', 'autoscale', app, '--interval', '1', '--min', '1', '--max', '3']
  const autoscaler = Bun.spawn(command, {
    env: { PATH: process.env['PATH'], DATA_DIR: program.dataDir, TASK_CONCURRENCY: '4' },
    cwd: program.dataDir,
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const seen = new Set<number>()
  const workers = () => {
    const count = program.taskWorkerPids.length
    seen.add(count)
    return count
  }
  await until(() => workers() === 1, { what: 'the minimum' })
  const body = JSON.stringify({ text: 'backlog', ms: 500, count: 700 })
  expect((await fetch(`${program.url}/note`, { method: 'POST', body })).status).toBe(200)
  await until(() => workers() === 3, { what: 'more workers', timeoutMs: 60_000 })
  const scaledAfter = seconds()
  const done = () => readFileSync(join(program.dataDir, 'effects'), 'utf8').match(/^end backlog/gm)?.length ?? 0
  await until(() => workers() <= 3 && done() === 700, { what: 'the backlog to be done', timeoutMs: 90_000 })
  report('autoscaler', { three_workers_after_s: scaledAfter, done_after_s: seconds(), numbers: [...seen] })
  expect(Math.max(...seen)).toBe(3)
  autoscaler.kill('SIGTERM')
  expect(await autoscaler.exited).toBe(0)
  expect(workers()).toBe(0)
}, 180_000)
