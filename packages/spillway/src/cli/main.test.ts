import { afterAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand, startProgram } from '../testing/program.ts'
import { cache } from './commands/cache.ts'
import { db } from './commands/db.ts'
import { tasks } from './commands/tasks.ts'

const bareApp = new URL('../server/fixtures/bare-app.ts', import.meta.url).pathname
const itemsApp = new URL('../server/fixtures/items-app.ts', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'spillway-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

const spillway = (args: string[], env: Record<string, string> = {}) =>
  runCommand(args, { cwd: folder, env: { NO_COLOR: '1', ...env } })

const commands = readdirSync(join(import.meta.dir, 'commands')).map((file) => file.replace('.ts', ''))

describe('spillway', () => {
  test('lists its commands', async () => {
    const { stdout, exitCode } = await spillway(['--help'])
    expect(exitCode).toBe(0)
    for (const command of commands) expect(stdout).toContain(`\n  ${command} `)
  })

  test('without a command shows them and fails', async () => {
    expect(await spillway([])).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('Each takes --help.') })
  })

  test.each(commands)('%s --help shows how it is used', async (command) => {
    const { stdout, exitCode } = await spillway([command, '--help'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`Usage: spillway ${command}`)
  })

  test('what a command can do is listed, and each shows its own usage, options and an example', async () => {
    const { stdout: overview } = await spillway(['tasks', '--help'])
    expect(overview).toContain('Usage: spillway tasks status | failed | retry |')
    expect(overview).toMatch(/^ {2}retry +run failed tasks again/m)
    const { stdout, exitCode } = await spillway(['tasks', 'retry', '--help'])
    expect(exitCode).toBe(0)
    expect(stdout).toStartWith('run failed tasks again')
    expect(stdout).toContain('Usage: spillway tasks retry <id>…\n       spillway tasks retry --all')
    expect(stdout).toMatch(/^ {2}--older-than 7d /m)
  })

  const actions = [cache, db, tasks].flatMap(({ name, actions = [] }) =>
    actions.map((action) => [`${name} ${action.name}`, action.usage] as const),
  )
  test.each(actions)('%s has a usage of its own, with an example', (action, usage) => {
    expect(usage.trim()).toStartWith(`spillway ${action} `.trimEnd())
    expect(usage).toContain(`\n\nExample: spillway ${action}`)
  })

  test('a mistake on the command line is exit code 2 and no stack', async () => {
    expect(await spillway(['strat'])).toMatchObject({
      exitCode: 2,
      stderr: 'Error There is no command "strat".\n`spillway --help` lists them.\n',
    })
    const unknownOption = await spillway(['migrate', '--chek'])
    expect(unknownOption.exitCode).toBe(2)
    expect(unknownOption.stderr).toBe(
      'Error There is no option --chek.\nDid you mean --check? `spillway migrate --help` shows how it is used.\n',
    )
    const unlike = await spillway(['worker', '-x'])
    expect(unlike.stderr).toBe('Error There is no option -x.\n`spillway worker --help` shows how it is used.\n')
  })

  test('an app that throws is a bug, whose stack is shown', async () => {
    const app = join(folder, 'broken.ts')
    writeFileSync(app, 'throw new Error("in the app")')
    const { exitCode, stderr } = await spillway(['settings', app])
    expect(exitCode).toBe(1)
    expect(stderr).toStartWith('Unexpected error in the app\n')
    expect(stderr).toContain(`${app}:1`)
  })
})

describe('spillway settings', () => {
  const env = { DATABASE_URL: 'postgres://shop:verysecret@db/shop', WEB_WORKERS: '3', SEED_STEPS: '9' }

  test("shows the platform's and the app's settings, secrets masked", async () => {
    const { stdout, exitCode } = await spillway(['settings', itemsApp], env)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^WEB_WORKERS +3 /m)
    expect(stdout).toMatch(/^SEED_STEPS +9 +rows of the demo data/m)
    expect(stdout).toMatch(/^DATABASE_URL +postgres:\/\/shop:•••@db\/shop /m)
    expect(stdout).not.toContain('verysecret')
  })

  test('as JSON for programs', async () => {
    const { stdout } = await spillway(['settings', itemsApp, '--json'], env)
    const rows = JSON.parse(stdout) as { name: string; value: string; source: string }[]
    const row = (name: string) => rows.find((one) => one.name === name)
    expect(row('WEB_WORKERS')).toMatchObject({ value: '3', source: 'environment' })
    expect(row('PORT')).toMatchObject({ value: '8000', source: 'default' })
    expect(stdout).not.toContain('verysecret')
  })

  test('tells every wrong one', async () => {
    const { exitCode, stderr } = await spillway(['settings', itemsApp], { PORT: 'x', SEED_STEPS: '0' })
    expect(exitCode).toBe(1)
    expect(stderr).toStartWith('Error 2 settings are wrong:\n')
  })
})

describe('commands about a running program', () => {
  test.each(['reload', 'embedded stop', 'embedded url', 'embedded psql'])(
    '%s say that there is none',
    async (command) => {
      const args = [...command.split(' '), itemsApp]
      const { exitCode, stderr } = await spillway(args, { DATA_DIR: join(folder, 'none') })
      expect(exitCode).toBe(1)
      expect(stderr).toMatch(/^Error (Nothing|No embedded PostgreSQL) runs on DATA_DIR/)
    },
  )

  test('embedded psql runs every -c in its order', async () => {
    await using program = await startProgram(itemsApp)
    const given = ['-c', "select 'one'", '-c', "select 'two'", '-c', 'select 1/0', '-c', "select 'four'"]
    const { exitCode, stdout } = await spillway(['embedded', 'psql', itemsApp, ...given], { DATA_DIR: program.dataDir })
    expect(exitCode).not.toBe(0)
    expect(stdout).toMatch(/one.*two/s)
    expect(stdout).not.toContain('four')
  })

  test('find it by its DATA_DIR', async () => {
    await using program = await startProgram(bareApp)
    const env = { DATA_DIR: program.dataDir }
    expect(await spillway(['reload', bareApp], env)).toMatchObject({
      exitCode: 0,
      stdout: `Process ${program.pid} replaces its web workers.\n`,
    })
    expect(await spillway(['embedded', 'stop', bareApp], env)).toMatchObject({
      exitCode: 0,
      stdout: `Process ${program.pid} has stopped.\n`,
    })
    expect(await program.exited).toBe(0)
    await program.gone()
  })
})

describe('spillway start', () => {
  test('tells what runs, where to look and how to end it', async () => {
    await using program = await startProgram(bareApp)
    expect(program.output).toStartWith('Spillway bare\n')
    expect(program.output).toContain('  web         2 workers\n')
    expect(program.output).not.toContain('  Web ')
    expect(program.output).toContain(`  Health      ${program.url}/readyz\n`)
    expect(program.output).toContain(`Ctrl-C stops everything. Data stays in ${program.dataDir}.`)
    expect(await program.stop()).toBe(0)
    expect(program.output).toEndWith('Draining … (again to cut off)\nStopped.\n')
  })
})
