import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findEmbeddedUrls } from '../embedded/index.ts'
import { type Program, startProgram } from '../testing/program.ts'
import { until } from '../testing/until.ts'

const app = new URL('./fixtures/task-app.ts', import.meta.url).pathname
let program: Program
beforeAll(async () => {
  const env = { WEB_WORKERS: '1', TASK_WORKERS: '2', EMBEDDED_REPLICAS: '0', TASK_QUEUES: 'default,maintenance' }
  program = await startProgram(app, { env })
})
afterAll(() => program[Symbol.asyncDispose]())

const post = async (path: string, body: unknown) => {
  const answer = await fetch(program.url + path, { method: 'POST', body: JSON.stringify(body) })
  expect(answer.status).toBe(200)
  return (await answer.json()) as string[]
}
/** Lines that tasks have written, such as `begin a 123`. */
const effects = () => {
  const file = join(program.dataDir, 'effects')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}
const of = (text: string) => effects().filter((line) => line.split(' ')[1] === text)

describe('task workers', () => {
  test('run beside web workers, and what a task returns can be asked for', async () => {
    const [id] = await post('/note', { text: 'first' })
    const result = await fetch(`${program.url}/result/${id}`)
    expect(program.taskWorkerPids).toContain((await result.json()) as number)
    expect(of('first')).toHaveLength(2)
  })

  test('share the work', async () => {
    await post('/note', { text: 'shared', ms: 50, count: 60 })
    await until(() => effects().filter((line) => line.startsWith('end shared')).length === 60)
    const pids = new Set(effects().flatMap((line) => /^end shared\d+ (\d+)/.exec(line)?.[1] ?? []))
    expect(pids.size).toBe(2)
  })

  test('warm the caches once for a release, and web workers serve what they have rendered', async () => {
    await until(() => of('pages').length > 0, { what: 'the warmer to run' })
    const page = async () => await (await fetch(`${program.url}/page/1`)).text()
    const warmedBy = of('pages')[0]!.split(' ')[2]
    expect(await page()).toBe(`rendered by ${warmedBy}`)
    program.signal('SIGHUP')
    await until(() => !program.taskWorkerPids.includes(Number(warmedBy)), { what: 'the worker to be replaced' })
    expect(of('pages')).toHaveLength(1)
  })

  test('are replaced on reload when what they run has ended, and nothing is lost or run twice', async () => {
    const before = program.taskWorkerPids
    await post('/note', { text: 'reloaded', ms: 300, count: 40 })
    await until(() => effects().some((line) => line.startsWith('begin reloaded')))
    program.signal('SIGHUP')
    await until(() => program.taskWorkerPids.every((pid) => !before.includes(pid)), {
      what: 'the workers to be replaced',
    })
    await until(() => effects().filter((line) => line.startsWith('end reloaded')).length === 40)
    expect(effects().filter((line) => line.startsWith('begin reloaded'))).toHaveLength(40)
  })
})

test('a worker of a queue, in a program of its own, leaves the others alone', async () => {
  await post('/mail', { text: 'waiting' })
  const env = { DATABASE_URL: findEmbeddedUrls(program.dataDir)!.primaryUrl, TASK_QUEUES: 'email' }
  const effects = join(program.dataDir, 'effects')
  await using worker = await startProgram(app, { command: 'worker', env: { ...env, EFFECTS: effects } })
  await until(() => of('waiting').length === 1)
  expect(of('waiting')[0]).toBe(`mail waiting ${worker.taskWorkerPids[0]}`)
})
