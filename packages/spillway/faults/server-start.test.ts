/** Starts that can't work end with one clear message; starts on databases that are there already need no engines. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestDatabase, testDatabase } from '../src/testing/index.ts'
import { launchProgram, type ProgramOptions, runCommand, startProgram } from '../src/testing/program.ts'
import { addItem, bareApp, errorsIn, get, items, itemsApp, newFolder, removeFolders } from './drill.ts'

afterAll(removeFolders)

const isRoot = process.getuid?.() === 0
const nobody = 65534

/** Starts what can't start: exit code 1, one message, no stack, nothing left. Returns the message and its hint. */
async function refusal(app: string, options: ProgramOptions): Promise<string> {
  await using program = launchProgram(app, options)
  expect(await program.exited).toBe(1)
  await program.gone()
  expect(errorsIn(program)).toHaveLength(1)
  expect(program.output).not.toMatch(/^\s+at /m)
  return program.output.slice(program.output.indexOf('Error '))
}

describe('a start that cannot work says why', () => {
  test('the port is taken', async () => {
    using squatter = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
    const { port } = squatter
    const message = await refusal(itemsApp, { port })
    expect(message).toStartWith(`Error Another program listens on 127.0.0.1:${port}.\nStop it, or choose another port`)
  })

  test('HOST is not an address of this machine', async () => {
    expect(await refusal(bareApp, { env: { HOST: '192.0.2.1' } })).toContain('HOST must be an address of this machine')
  })

  test.if(isRoot)('DATA_DIR may not be written', async () => {
    const dataDir = newFolder()
    chmodSync(dataDir, 0o755)
    const message = await refusal(itemsApp, { dataDir, uid: nobody, cwd: '/' })
    expect(message).toStartWith(`Error DATA_DIR ${dataDir} can't be used`)
    expect(message).toContain('Set DATA_DIR to a folder that this account may write.')
  })

  test.if(isRoot)('DATA_DIR may not be made', async () => {
    const parent = newFolder()
    chmodSync(parent, 0o755)
    const dataDir = join(parent, 'data')
    const message = await refusal(itemsApp, { dataDir, uid: nobody, cwd: '/' })
    expect(message).toStartWith(`Error DATA_DIR ${dataDir} can't be used: EACCES`)
  })

  test('DATA_DIR is a file', async () => {
    const dataDir = join(newFolder(), 'file')
    writeFileSync(dataDir, '')
    const message = await refusal(itemsApp, { dataDir, cwd: '/' })
    expect(message).toStartWith(`Error DATA_DIR ${dataDir} can't be used: EEXIST`)
  })

  test('a program runs on DATA_DIR already, with this port or another', async () => {
    await using first = await startProgram(bareApp)
    for (const port of [first.port, undefined]) {
      const second = refusalOn(first.dataDir, port)
      expect(await second).toStartWith(`Error Spillway runs on DATA_DIR ${first.dataDir} already (process ${first.pid}`)
    }
    expect((await get(first, '/fast')).status).toBe(200)
    expect(await first.stop()).toBe(0)
  })

  test('settings are wrong: all of them at once, none with its secret', async () => {
    const env = { PORT: 'eighty', WEB_WORKERS: '-1', DATABASE_URL: 'mysql://root:hidden@db/shop', SEED_STEPS: '0' }
    const message = await refusal(itemsApp, { env })
    expect(message).toStartWith('Error 4 settings are wrong:\n')
    for (const name of Object.keys(env)) expect(message).toContain(`  ${name}: expected`)
    expect(message).not.toContain('hidden')
  })

  test('there is no app', async () => {
    expect(await refusal('/nonexistent/app', {})).toStartWith('Error There is no app at /nonexistent/app.\nName a file')
  })

  test('the app has a typing error, whose place is named', async () => {
    const app = join(newFolder(), 'app.ts')
    writeFileSync(app, `\nexport default defineApp({`)
    expect(await refusal(app, {})).toContain(`at ${app}:2:`)
  })

  test('the web role alone has no database', async () => {
    expect(await refusal(itemsApp, { command: 'web' })).toContain('Set DATABASE_URL, or use `spillway start`')
  })
})

/** A second start on a folder that a program runs on: its processes are not the second one's. */
async function refusalOn(dataDir: string, port: number | undefined): Promise<string> {
  const { exitCode, stderr } = await runCommand(['start', bareApp], {
    env: { DATA_DIR: dataDir, ...(port && { PORT: String(port) }) },
  })
  expect(exitCode).toBe(1)
  return stderr
}

describe('DATABASE_URL', () => {
  let given: TestDatabase
  beforeAll(async () => {
    given = await testDatabase()
  })
  afterAll(() => given.stop())

  test.each([
    ['nobody listens', { port: '1' }, 'No connection to 127.0.0.1:1/'],
    ['the password is wrong', { password: 'wrong' }, 'password authentication failed'],
    ['there is no such database', { pathname: '/nowhere' }, 'database "nowhere" does not exist'],
  ])('is wrong: %s', async (_, change, reason) => {
    const { href } = Object.assign(new URL(given.primaryUrl), change)
    const message = await refusal(itemsApp, { env: { DATABASE_URL: href } })
    expect(message).toContain(reason)
    expect(message).toContain('Check DATABASE_URL: host, port, user, password and database name')
    expect(message).not.toContain(new URL(given.primaryUrl).password)
  })

  test('and DATABASE_REPLICA_URLS replace the embedded engines', async () => {
    const own = await testDatabase()
    const env = { DATABASE_URL: own.primaryUrl, DATABASE_REPLICA_URLS: own.replicaUrl }
    await using program = await startProgram(itemsApp, { env })
    expect(program.output).toContain('PostgreSQL given by DATABASE_URL')
    expect(program.processes().filter(({ command }) => command.includes('postgres'))).toEqual([])
    expect((await addItem(program, 'given')).status).toBe(201)
    await own.replicaCaughtUp()
    expect(await items(program)).toEqual(['given'])
    const { reads, writes } = (await (await get(program, '/api/servers')).json()) as Record<string, string>
    expect(reads).toContain('replica-1')
    expect(writes).toContain('primary')
    expect(await program.stop()).toBe(0)
    await own.stop()
  })

  test('is read from a file that is named in .env', async () => {
    const own = await testDatabase()
    const cwd = newFolder()
    writeFileSync(join(cwd, 'secret'), `${own.primaryUrl}\n`)
    writeFileSync(join(cwd, '.env'), `DATABASE_URL_FILE=${join(cwd, 'secret')}\nSHUTDOWN_TIMEOUT_SECONDS=3\n`)
    await using program = await startProgram(itemsApp, { cwd })
    expect((await addItem(program, 'by secret')).status).toBe(201)
    expect(await items(program)).toEqual(['by secret'])
    expect(await program.stop()).toBe(0)

    const { stdout } = await runCommand(['settings', itemsApp, '--json'], { cwd })
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ name: 'SHUTDOWN_TIMEOUT_SECONDS', value: '3', source: 'environment' }),
    )
    await own.stop()
  })

  test('lets deployments go step by step: migrate, seed, web', async () => {
    const own = await testDatabase()
    const env = { DATABASE_URL: own.primaryUrl, DATABASE_REPLICA_URLS: own.replicaUrl }
    const command = (...args: string[]) => runCommand([...args, itemsApp], { env })

    const pending = await command('migrate', '--check')
    expect(pending).toMatchObject({ exitCode: 1, stdout: 'Pending: 0000_items, 0001_rank_index\n' })
    expect(await command('migrate')).toMatchObject({ exitCode: 0 })
    expect(await command('migrate', '--check')).toMatchObject({ exitCode: 0, stdout: 'Nothing is pending.\n' })

    expect(await command('seed')).toMatchObject({ exitCode: 0 })
    const again = await command('seed')
    expect(again.exitCode).toBe(1)
    expect(again.stderr).toBe('Error There are 3 items already.\nUse --replace to remove them.\n')
    expect(await command('seed', '--replace')).toMatchObject({ exitCode: 0 })

    await own.replicaCaughtUp()
    await using program = await startProgram(itemsApp, { command: 'web', env })
    expect(await items(program)).toEqual(['item 1', 'item 2', 'item 3'])
    expect(await program.stop()).toBe(0)
    await own.stop()
  })
})
