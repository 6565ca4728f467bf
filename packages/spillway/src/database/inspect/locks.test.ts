import { afterAll, beforeAll, expect, test } from 'bun:test'
import { SQL } from 'bun'
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'
import { type BlockingNode, blockingTree, type LockSession, locks } from './locks.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase()
  await server.sql`create table accounts (id int primary key, balance int not null)`
  await server.sql`insert into accounts values (1, 10), (2, 10)`
})
afterAll(() => server.stop())

/** One session, that runs what it is given one after the other. */
async function session(applicationName: string) {
  const sql = new SQL({ url: server.direct.primaryUrl, max: 1, connection: { application_name: applicationName } })
  const connection = await sql.reserve()
  return {
    run: (statement: string) => connection.unsafe(statement).catch((error: Error) => error),
    async [Symbol.asyncDispose]() {
      connection.release()
      await sql.close({ timeout: 0 })
    },
  }
}

const names = (nodes: BlockingNode[]): unknown[] =>
  nodes.map(({ session, waiting }) => [session.applicationName, ...names(waiting)])

/** The report once `count` sessions wait. */
const whenWaiting = (count: number) =>
  until(async () => {
    const report = await locks(server.sql)
    const waiting = report.sessions.filter(({ waitsFor }) => waitsFor !== null)
    return waiting.length === count ? report : undefined
  })

test('nobody waits: nothing is reported', async () => {
  expect(await locks(server.sql)).toMatchObject({ sessions: [], seesAll: true })
})

test('who waits for a row or a table hangs below who holds it, each once', async () => {
  await using holder = await session('holder')
  await using second = await session('second')
  await using third = await session('third')
  await using migration = await session('migration')
  await using reader = await session('reader')
  await holder.run('begin')
  await holder.run("update accounts set balance = 5 where id = 1 and 'secret' <> ''")
  const waits = []
  waits.push(second.run('update accounts set balance = balance - 1 where id = 1'))
  await whenWaiting(1)
  waits.push(third.run('update accounts set balance = balance - 2 where id = 1'))
  await whenWaiting(2)
  waits.push(migration.run('alter table accounts add column note text'))
  await whenWaiting(3)
  waits.push(reader.run('select * from accounts'))
  const { sessions } = await whenWaiting(4)
  await holder.run('rollback')
  await Promise.all(waits)

  expect(names(blockingTree(sessions))).toEqual([['holder', ['second', ['third']], ['migration', ['reader']]]])
  const of = (name: string) => sessions.find(({ applicationName }) => applicationName === name)
  expect(of('holder')).toMatchObject({
    state: 'idle in transaction',
    statement: 'update accounts set balance = ? where id = ? and ? <> ?',
    waitsFor: null,
    endWith: `select pg_terminate_backend(${of('holder')?.pid})`,
  })
  expect(of('holder')?.transactionMs).toBeGreaterThan(0)
  expect(of('second')?.waitsFor).toMatchObject({ target: 'a row of accounts', mode: 'ShareLock' })
  expect(of('third')?.waitsFor).toMatchObject({ target: 'a row of accounts' })
  expect(of('migration')?.waitsFor).toMatchObject({ target: 'accounts', mode: 'AccessExclusiveLock' })
  expect(of('migration')?.waitsFor?.waitingMs).toBeGreaterThan(0)
})

test('an advisory lock is named by its key', async () => {
  await using holder = await session('holder')
  await using waiting = await session('waiting')
  await holder.run('select pg_advisory_lock(7311942881)')
  const wait = waiting.run('select pg_advisory_lock(7311942881)')
  const { sessions } = await whenWaiting(1)
  await holder.run('select pg_advisory_unlock_all()')
  await wait
  expect(sessions.find(({ waitsFor }) => waitsFor)?.waitsFor?.target).toBe('advisory lock 7311942881')
})

test('deadlocks that the server has broken are counted', async () => {
  const before = (await locks(server.sql)).deadlocks
  await runIntoEachOther()
  await until(async () => (await locks(server.sql)).deadlocks === before + 1, { what: 'the deadlock to be counted' })
})

/** Sessions that end tell their counters at once; others may take seconds. */
async function runIntoEachOther() {
  await using one = await session('one')
  await using other = await session('other')
  await one.run('begin; update accounts set balance = 1 where id = 1')
  await other.run('begin; update accounts set balance = 1 where id = 2')
  await Promise.all([
    one.run('update accounts set balance = 1 where id = 2'),
    other.run('update accounts set balance = 1 where id = 1'),
  ])
  await Promise.all([one.run('rollback'), other.run('rollback')])
}

test('a ring has a top, too, and a long queue is not a staircase', () => {
  const waiting = (pid: number, ...blockedBy: number[]) =>
    ({ pid, blockedBy, applicationName: `${pid}` }) as LockSession // all that the tree reads
  expect(names(blockingTree([waiting(1, 2), waiting(2, 1)]))).toEqual([['1', ['2']]])
  const queue = [waiting(1), waiting(2, 1), waiting(3, 1, 2), waiting(4, 1, 2, 3)]
  expect(names(blockingTree(queue))).toEqual([['1', ['2'], ['3'], ['4']]])
})
