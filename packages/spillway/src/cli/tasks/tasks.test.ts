import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TaskStatus } from '../../tasks/index.ts'
import { type Program, runCommand, startProgram, temporaryFolder } from '../../testing/program.ts'
import { until } from '../../testing/until.ts'
import { UsageError } from '../command.ts'
import { tasks as command } from '../commands/tasks.ts'

const app = new URL('./fixtures/letters-app.ts', import.meta.url).pathname
const bareApp = new URL('../../server/fixtures/bare-app.ts', import.meta.url).pathname
const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))

describe('spillway tasks', () => {
  let program: Program
  let env: Record<string, string>
  beforeAll(async () => {
    env = { NO_COLOR: '1', COLUMNS: '300' }
    const own = {
      SHUTDOWN_TIMEOUT_SECONDS: '1',
      WEB_WORKERS: '1',
      TASK_WORKERS: '1',
      TASK_CONCURRENCY: '4',
      EMBEDDED_REPLICAS: '0',
    }
    program = await startProgram(app, { env: { ...env, ...own } })
  })
  afterAll(async () => {
    await program?.[Symbol.asyncDispose]()
  })

  const tasks = (...args: string[]) =>
    runCommand(['tasks', ...args, '--app', app], { cwd: folder, env: { ...env, DATA_DIR: program.dataDir } })
  const json = async (...args: string[]) => JSON.parse((await tasks(...args, '--json')).stdout)
  const status = async (): Promise<TaskStatus & { place: string }> => await json('status')
  const post = async (path: string) => await (await fetch(program.url + path, { method: 'POST' })).text()
  const failedIds = async () => {
    const { failed }: { failed: { id: string }[] } = await json('failed')
    return failed.map(({ id }) => id)
  }
  const ids: string[] = []

  /** What it tells, look by look. */
  async function* watched(): AsyncGenerator<TaskStatus> {
    const executable = new URL('../../../bin/spillway.ts', import.meta.url).pathname
    const watching = Bun.spawn([process.execPath, executable, 'tasks', 'status', app, '--watch', '--json'], {
      env: { ...env, DATA_DIR: program.dataDir },
      stdout: 'pipe',
      stderr: 'inherit',
    })
    try {
      let text = ''
      for await (const chunk of watching.stdout.pipeThrough(new TextDecoderStream())) {
        const lines = (text + chunk).split('\n')
        text = lines.pop()!
        for (const line of lines) yield JSON.parse(line)
      }
    } finally {
      watching.kill()
      await watching.exited
    }
  }

  test('status tells of queues, tasks and workers, with --watch again and again', async () => {
    for (const to of ['ann', 'ben', 'cho']) ids.push(await post(`/mail/${to}`))
    await until(async () => (await failedIds()).length === 3)
    const running = await post('/hold/30000')
    let looks = 0
    for await (const { queues, workers } of watched()) {
      expect(queues).toHaveLength(3)
      if (++looks > 1 && workers[0]?.running.length === 1) break
    }
    const { queues, workers, tasks: figures, place } = await status()
    expect(place).toStartWith('PostgreSQL')
    expect(queues.map(({ name }) => name)).toEqual(['default', 'email', 'maintenance'])
    expect(queues[1]).toMatchObject({ waiting: 0, active: 0, failed: 3, workers: 1, slots: 4 })
    expect(figures.find(({ task }) => task === 'mail')).toMatchObject({ failed: 3, completed: 0, retried: 0 })
    expect(workers).toMatchObject([{ pid: program.taskWorkerPids[0], running: [{ id: running, task: 'hold' }] }])
    const { stdout } = await tasks('status')
    expect(stdout).toContain(`tasks  ${place}; 1 worker\n`)
    expect(stdout).toMatch(/^ {2}email +0 +0 +4 +0 +3 /m)
    expect(stdout).toContain(running)
    expect(stdout).toMatch(/^ {2}spillway\.clean-up +0 2 \* \* \*/m)
  })

  test('failed lists them from the newest on, and shows one with its stack', async () => {
    const { stdout } = await tasks('failed', '--limit', '2')
    expect(stdout.split('\n').filter((line) => line.includes('email/'))).toHaveLength(2)
    expect(stdout).toContain('nobody is at cho')
    expect((await json('failed', '--queue', 'email', '--task', 'mail', '--offset', '1')).failed).toHaveLength(2)
    const one = await tasks('failed', ids[0]!)
    expect(one.stdout).toContain('input {"to":"ann"}')
    expect(one.stdout).toContain('letters-app.ts:')
    expect(one.stdout).toContain(`Run it again: spillway tasks retry ${ids[0]} --app ${app}\n`)
    expect(await json('failed', ids[0]!)).toMatchObject({ id: ids[0], error: 'nobody is at ann', attempts: 1 })
  })

  test('failed shows what a step of a workflow was given', async () => {
    const workflow = await post('/round/dan')
    await until(async () => (await failedIds()).includes(workflow))
    const step = (await failedIds()).find((id) => id.startsWith(`${workflow}-`))!
    expect((await tasks('failed', step)).stdout).toContain('input {"to":"dan"}')
    expect(await json('discard', workflow, step)).toEqual({ discarded: 2 })
  })

  test('wrong ids and names are told, and nothing is touched', async () => {
    const bad = await tasks('retry', ids[0]!, 'email/nonsense')
    expect(bad).toMatchObject({ exitCode: 1 })
    expect(bad.stderr).toContain('There is no task email/nonsense.')
    expect(bad.stderr).toContain(`\`spillway tasks failed --app ${app}\` lists those`)
    expect(bad.stderr).toContain('None of those named was touched.')
    expect((await tasks('failed', 'email/nonsense')).stderr).not.toContain('touched')
    expect(await failedIds()).toHaveLength(3)
    expect((await tasks('failed', '--queue', 'emial')).stderr).toContain('There is no queue "emial".')
    expect(await failedIds()).toHaveLength(3)
  })

  test('discard forgets, retry runs again', async () => {
    expect((await tasks('discard', ids[0]!)).stdout).toBe('1 failed task discarded.\n')
    expect(await json('discard', '--all', '--older-than', '1h')).toEqual({ discarded: 0 })
    writeFileSync(join(program.dataDir, 'mended'), '')
    expect((await tasks('retry', ids[1]!)).stdout).toBe('1 task will run again.\n')
    expect(await json('retry', '--all', '--task', 'mail')).toEqual({ retried: 1 })
    await until(async () => (await status()).queues[1]!.completed === 2)
    expect(await failedIds()).toEqual([])
    expect((await tasks('retry', '--all')).stdout).toBe('No failed task fits.\n')
  })

  test('reload replaces task workers as well, and says so', async () => {
    const [before] = program.taskWorkerPids
    const { stdout } = await runCommand(['reload', app], { env: { ...env, DATA_DIR: program.dataDir } })
    expect(stdout).toBe(`Process ${program.pid} replaces its web and task workers.\n`)
    await until(() => !program.taskWorkerPids.includes(before!), { what: 'the worker to be replaced' })
  })

  test('when the program has stopped, no worker is told of, and what waits is seen', async () => {
    program.signal('SIGTERM')
    await program.exited
    const { workers, queues } = await status()
    expect(workers).toEqual([])
    expect(queues[1]).toMatchObject({ completed: 2, workers: 0, slots: 0 })
    env = { ...env, REDIS_TASKS_URL: 'redis://127.0.0.1:1' }
    const away = await tasks('status')
    expect(away).toMatchObject({ exitCode: 1 })
    expect(away.stderr).toContain("can't be read")
    expect(away.stderr).toContain(`\`spillway migrate ${app}\``)
  })
})

test('what is unclear is refused before anything is asked', async () => {
  const unclear = [
    ['retry'],
    ['retry', 'email/1', '--all'],
    ['discard', '--queue', 'email'],
    ['discard', ''],
    ['discard', '--all', '--older-than', 'a week'],
    ['failed', '--limit', '-1'],
    ['forget'],
  ]
  for (const args of unclear) await expect(command.run(args), args.join(' ')).rejects.toThrow(UsageError)
})

test('what is no id is told before an app is looked for, and a path is said to be one', async () => {
  const at = { cwd: join(import.meta.dir, '..'), env: { NO_COLOR: '1' } }
  expect(await runCommand(['tasks', 'retry', '0199'], at)).toMatchObject({
    exitCode: 2,
    stderr: 'Error "0199" is no id of a task.\nIds look like "default/0199…": `spillway tasks failed` lists them.\n',
  })
  expect((await runCommand(['tasks', 'failed', 'tasks/fixtures'], at)).stderr).toBe(
    'Error "tasks/fixtures" is a path, not an id of a task.\nThe app is named like this: `spillway tasks failed --app tasks/fixtures`.\n',
  )
})

test('a DATA_DIR of another app is not taken for the one of the app that is there', async () => {
  const dataDir = join(folder, 'of-another')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'app'), 'shop\n')
  // In one that is shared, the queues of each app have names of their own.
  writeFileSync(join(folder, 'app.ts'), `export { default } from ${JSON.stringify(app)}`)
  const env = { DATA_DIR: dataDir, NO_COLOR: '1', REDIS_TASKS_URL: 'redis://127.0.0.1:1' }
  const { exitCode, stderr } = await runCommand(['tasks', 'status'], { cwd: folder, env })
  expect(exitCode).toBe(1)
  expect(stderr).toStartWith(`Error DATA_DIR ${dataDir} belongs to the app "shop", not to "letters".\n`)
  expect(stderr).toContain('with --app')
  const embedded = await runCommand(['tasks', 'status', app], { cwd: folder, env: { DATA_DIR: dataDir } })
  expect(embedded.stderr).toContain('not to "letters"')
  expect((await runCommand(['tasks', 'status', app], { cwd: folder, env })).stderr).toContain("can't be read")
})

test('an app without tasks says so', async () => {
  const { exitCode, stderr } = await runCommand(['tasks', 'status', bareApp], { cwd: folder, env: {} })
  expect(exitCode).toBe(1)
  expect(stderr).toContain('has no tasks')
})

test('where nothing was ever started, that is said', async () => {
  const { exitCode, stderr } = await runCommand(['tasks', 'status', app], { cwd: folder, env: { DATA_DIR: folder } })
  expect(exitCode).toBe(1)
  expect(stderr).toContain('There is no embedded PostgreSQL')
})
