import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findEmbeddedUrls } from '../embedded/index.ts'
import { placeOf } from '../foundation/index.ts'
import { type Program, runCommand, startProgram, temporaryFolder } from '../testing/program.ts'

const app = new URL('./fixtures/database-and-tasks-app.ts', import.meta.url).pathname
const lettersApp = new URL('./tasks/fixtures/letters-app.ts', import.meta.url).pathname
const warning = 'SECRET_KEY is unset'

describe('a worker beside a program', () => {
  let program: Program
  beforeAll(async () => {
    program = await startProgram(app, { env: { WEB_WORKERS: '1', TASK_WORKERS: '0', EMBEDDED_REPLICAS: '0' } })
  })
  afterAll(async () => {
    await program?.[Symbol.asyncDispose]()
  })

  test('says whose database it uses, which queues it serves and what Ctrl-C stops', async () => {
    const primary = placeOf(findEmbeddedUrls(program.dataDir)!.primaryUrl)
    const worker = await startProgram(app, {
      command: 'worker',
      dataDir: program.dataDir,
      env: { TASK_QUEUES: 'reports' },
    })
    await worker.says('Ctrl-C')
    expect(worker.output).toContain(`  database    PostgreSQL of the running program, primary ${primary}\n`)
    expect(worker.output).toContain(`  tasks       PostgreSQL ${primary}, queues reports\n`)
    expect(worker.output).toMatch(/^Ready in [\d.]+ s\n\n {2}Ctrl-C stops these workers\.\n\n/m)
    worker.signal('SIGTERM')
    expect(await worker.exited).toBe(0)
  })

  test('has the key that the program keeps', async () => {
    const worker = await startProgram(app, { command: 'worker', dataDir: program.dataDir })
    const key = readFileSync(join(program.dataDir, 'secret-key'), 'utf8').trim()
    expect(readFileSync(`/proc/${worker.taskWorkerPids[0]}/environ`, 'utf8')).toContain(`SECRET_KEY=${key}\0`)
    expect(worker.output).not.toContain(warning)
    worker.signal('SIGTERM')
    await worker.exited
  })

  test('elsewhere makes a key, and warns of it', async () => {
    const { primaryUrl } = findEmbeddedUrls(program.dataDir)!
    await using worker = await startProgram(app, { command: 'worker', env: { DATABASE_URL: primaryUrl } })
    expect(worker.output).toContain(warning)
    expect(worker.output).toContain('  database    PostgreSQL given by DATABASE_URL, primary ')
    expect(worker.output).toContain(', queues reports, maintenance\n')
  })
})

describe('a worker alone', () => {
  const folder = temporaryFolder()
  afterAll(() => rmSync(folder, { recursive: true }))
  const worker = async (path: string) => await runCommand(['worker', path], { cwd: folder, env: { DATA_DIR: folder } })

  test('says that no program runs, and what else it could work on', async () => {
    const { exitCode, stderr } = await worker(app)
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`No program with an embedded PostgreSQL runs on DATA_DIR ${folder}, and workers need a`)
    expect(stderr).toContain('set DATA_DIR to the one that it uses, or set DATABASE_URL.')
  })

  test('of an app without databases is told of every server that tasks may wait in', async () => {
    const { exitCode, stderr } = await worker(lettersApp)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('set one of REDIS_TASKS_URL, TASKS_DATABASE_URL, REDIS_NODES, REDIS_URL and DATABASE_URL.')
  })
})
