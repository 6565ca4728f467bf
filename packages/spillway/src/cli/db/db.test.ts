import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SQL } from 'bun'
import { runCommand } from '../../testing/program.ts'
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'

const itemsApp = new URL('../../server/fixtures/items-app.ts', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'spillway-db-'))
let server: TestDatabase

const env = () => ({ DATABASE_URL: server.primaryUrl, DATABASE_REPLICA_URLS: server.replicaUrl, NO_COLOR: '1' })
const db = (args: string[], changed: Record<string, string> = {}) =>
  runCommand(['db', ...args], { cwd: folder, env: { ...env(), ...changed } })

beforeAll(async () => {
  server = await testDatabase()
  const { sql } = server
  await sql`create extension pg_stat_statements`
  await sql`create table parts (id int primary key, kind int not null, label text not null)`
  await sql`insert into parts select n, n % 5000, '부품 ' || n from generate_series(1, 20000) n`
  await sql`create index parts_kind on parts (kind, id)`
  await sql`create index parts_kind_again on parts (kind)`
  await sql`analyze parts`
  await server.replicaCaughtUp()
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

describe('spillway db', () => {
  test('is told what to ask', async () => {
    expect(await db([])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Say slow, locks,') })
    expect((await db(['slow', itemsApp, '--sort', 'luck'])).exitCode).toBe(2)
    expect((await db(['slow', itemsApp, '--limit', 'x'])).exitCode).toBe(2)
    expect((await db(['explain'])).exitCode).toBe(2)
    expect((await db(['locks', itemsApp, '--primary', '--replica'])).exitCode).toBe(2)
  })

  test('says which server it could not ask, answers for the others, and fails', async () => {
    const url = 'postgres://me:hush@127.0.0.1:1/none'
    const { stdout, stderr, exitCode } = await db(['locks', itemsApp], { DATABASE_REPLICA_URLS: url })
    expect(stdout).toStartWith('primary  nobody waits for a lock')
    expect(stderr).toStartWith('Not asked No connection to 127.0.0.1:1/none as "me"')
    expect(stderr).not.toContain('hush')
    expect(exitCode).toBe(1)
    const none = await db(['locks', itemsApp, '--replica'], { DATABASE_REPLICA_URLS: url })
    expect(none).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('DATABASE_REPLICA_URLS') })
  })

  test('makes no database only to look at it', async () => {
    const nowhere = join(folder, 'none')
    const { stderr, exitCode } = await runCommand(['db', 'slow', itemsApp], { env: { DATA_DIR: nowhere } })
    expect(exitCode).toBe(1)
    expect(stderr).toStartWith(`Error There is no embedded PostgreSQL in DATA_DIR ${nowhere}.`)
  })
})

test('db slow shows each server its own statements, cut to the width, and forgets them when told', async () => {
  await db(['slow', itemsApp, '--reset'])
  await server.sql`select count(*), 'a long statement', 'that is longer', 'than eighty columns' from parts where label like '%7%'`
  const { stdout, exitCode } = await db(['slow', itemsApp, '--primary'], { COLUMNS: '80' })
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^primary {2}since .* UTC\n +share +total +mean +calls +rows +cached +id\n/)
  expect(stdout).toMatch(/^ +\d+ % .+ 1 +1\.0 +100 % +-?\d+\n {4}select count\(\*\), \$1, .*$/m)
  for (const line of stdout.split('\n')) expect(Bun.stringWidth(line)).toBeLessThanOrEqual(80)

  const data = JSON.parse((await db(['slow', itemsApp, '--json'])).stdout)
  expect(data.servers.map(({ server: name }: { server: string }) => name)).toEqual(['primary', 'replica-1'])
  const { stdout: reset } = await db(['slow', itemsApp, '--reset'])
  expect(reset).toBe('Counted anew from now on: primary, replica-1.\n')
  expect((await db(['slow', itemsApp, '--primary'])).stdout).not.toContain('from parts')
})

test('db locks shows who holds up whom, and how to end it', async () => {
  const holder = new SQL({ url: server.primaryUrl, max: 1, connection: { application_name: 'holder' } })
  const waiter = new SQL({ url: server.primaryUrl, max: 1, connection: { application_name: 'waiter' } })
  await holder.begin(async (tx) => {
    await tx`update parts set label = 'x' where id = 1`
    const waiting = waiter.unsafe("update parts set label = 'secret' where id = 1").then(() => undefined)
    const locks = await until(async () => {
      const { stdout } = await db(['locks', itemsApp, '--primary'])
      return stdout.includes('waiter') && stdout
    })
    expect(locks).toMatch(/^primary {2}1 session waiting for a lock, \d+ deadlocks/)
    expect(locks).toMatch(/^ {2}\d+ {2}holder {2}idle in transaction, its transaction is .* old$/m)
    expect(locks).toMatch(/^ {4}end it: select pg_terminate_backend\(\d+\)$/m)
    expect(locks).toMatch(/^ {2}└─ \d+ {2}waiter {2}has waited .* for a row of parts \(ShareLock\)$/m)
    expect(locks).toContain('update parts set label = ? where id = ?')
    await tx`select 1`
    void waiting
  })
  await Promise.all([holder.close(), waiter.close()])
})

test('db connections shows both ends of the replication', async () => {
  const { stdout, exitCode } = await db(['connections', itemsApp])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^primary {2}\d+ of 195 connections in use$/m)
  expect(stdout).toMatch(/^ {2}replica-1 +streaming +/m)
  expect(stdout).toMatch(/^ {2}replica_1 +active +/m)
  expect(stdout).toMatch(/^ {2}replays its primary's log, /m)
})

test('db indexes shows what to mend, with the SQL', async () => {
  const { stdout, exitCode } = await db(['indexes', itemsApp])
  expect(exitCode).toBe(0)
  expect(stdout).toStartWith('Uses counted on primary since ')
  expect(stdout).toMatch(/parts_kind_again +parts_kind, which begins so\n {4}drop index concurrently parts_kind_again;/)
  expect(JSON.parse((await db(['indexes', itemsApp, '--json'])).stdout)).toMatchObject({
    servers: ['primary', 'replica-1'],
    duplicate: [{ name: 'parts_kind_again', coveredBy: 'parts_kind', kind: 'prefix' }],
  })
})

describe('db explain', () => {
  test('prints the plan and what of it is dear', async () => {
    const { stdout, exitCode } = await db(['explain', "select * from parts where label = '부품 7'", itemsApp])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^ {2}Seq Scan of parts {2}~1 rows, cost \d+\n {4}filter: \(parts\.label = '부품 7'::text\)$/m,
    )
    expect(stdout).toEndWith(
      '! It reads all 20,000 rows of parts to find about 1.\n  create index concurrently on parts (label);\n',
    )
  })

  test('runs it when told, with values, and never lets it write', async () => {
    const select = ['explain', 'select * from parts where id = $1', itemsApp, '--analyze']
    expect((await db([...select, '--param', '-4'])).stdout).toContain('0 rows (~1)')
    expect(await db(select)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no values were given') })
    const { stderr, exitCode } = await db(['explain', 'delete from parts', itemsApp, '--analyze'])
    expect({ stderr, exitCode }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('it was not run') })
  })

  test('takes ids of db slow, half of which are negative', async () => {
    for (const column of ['id', 'kind', 'label']) await server.sql.unsafe(`select ${column} from parts where kind = 5`)
    await server.sql.unsafe('select id, kind from parts where kind = 5')
    const { servers } = JSON.parse((await db(['slow', itemsApp, '--primary', '--json', '--limit', '100'])).stdout)
    const statements: { statement: string; queryId: string }[] = servers[0].statements
    const ours = statements.filter(({ statement }) => statement.endsWith('from parts where kind = $1'))
    expect(ours.length).toBe(4)
    for (const { queryId } of ours) {
      expect((await db(['explain', queryId, itemsApp])).stdout).toContain('the plan for any values')
    }
    expect((await db(['explain', '-12', itemsApp])).stderr).toStartWith('Error No server has counted a statement -12.')
  })
})
