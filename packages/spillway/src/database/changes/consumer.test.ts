import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { shelfLog, shelfServer, startLog } from '../../testing/shelf.ts'
import type { TestDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'
import type { ChangeLog } from './change-log.ts'
import type { Change } from './watch.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await shelfServer()
})
afterAll(() => server.stop())

const running: ChangeLog[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((log) => log.stop()))
})

function start(log: ChangeLog): ChangeLog {
  running.push(log)
  startLog(log, server)
  return log
}

const ranksOf = (changes: Change[]) => changes.flatMap((change) => ('new' in change ? Number(change.new['rank']) : []))
const insert = (rank: number) => server.sql`insert into items (name, rank) values ('item', ${rank})`
/** A new consumer is told that anything may have changed; from then on its position is kept. */
const hasBegun = (name: string) =>
  until(
    async () =>
      (await server.sql`select from spillway_changes.leases where name = ${`consumer ${name}`} and position >= 0`)
        .length > 0,
  )

test('of several processes one handles each change, and every one watches it', async () => {
  const handled: number[] = []
  const watched: number[][] = [[], [], []]
  for (const own of watched) {
    const log = shelfLog()
    log.watch((changes) => own.push(...ranksOf(changes)))
    log.consume('counts', async (changes) => void handled.push(...ranksOf(changes)))
    start(log)
  }
  await hasBegun('counts')
  await insert(0)
  await until(() => watched.every((own) => own.length > 0), { what: 'all watchers' })
  for (let rank = 1; rank <= 50; rank++) await insert(rank)
  const expected = Array.from({ length: 51 }, (_, index) => index)
  await until(() => handled.length >= 51 && watched.every((own) => own.length >= 51), { what: 'all to be heard' })
  expect(handled).toEqual(expected)
  for (const own of watched) expect(own).toEqual(expected)
})

test('a consumer that fails gets the same changes again, in order, and skips none', async () => {
  const handled: number[] = []
  let failures = 0
  const log = shelfLog()
  log.consume('shaky', async (changes) => {
    if (failures-- > 0) throw new Error('the mail server is away')
    handled.push(...ranksOf(changes))
  })
  start(log)
  await hasBegun('shaky')
  failures = 3
  for (const rank of [1, 2, 3]) await insert(rank)
  await until(() => handled.length >= 3)
  expect(handled).toEqual([1, 2, 3])
  expect(failures).toBeLessThan(0)
})

test('it is called again no later than it wants, however often it has failed', async () => {
  const handled: number[] = []
  let failures = 0
  const log = shelfLog()
  const handle = async (changes: Change[]) => {
    if (failures-- > 0) throw new Error('the mail server is away')
    handled.push(...ranksOf(changes))
  }
  log.consume('eager', handle, { retryMaxMs: 100 })
  start(log)
  await hasBegun('eager')
  // With pauses that double each time this takes a minute.
  failures = 10
  await insert(1)
  await until(() => handled.length > 0)
  expect(handled).toEqual([1])
})

test('what one process fails to handle another one does', async () => {
  const handled: number[] = []
  let isReachable = true
  const first = shelfLog()
  first.consume('reach', async () => {
    if (!isReachable) throw new Error('the mail server can not be reached from here')
  })
  start(first)
  await hasBegun('reach')
  isReachable = false
  const second = shelfLog()
  second.consume('reach', async (changes) => void handled.push(...ranksOf(changes)))
  start(second)
  await insert(1)
  await until(() => handled.length > 0)
  expect(handled).toEqual([1])
})

test('a new consumer is told that anything may have changed', async () => {
  const handled: Change[] = []
  const log = shelfLog()
  log.consume('newcomer', async (changes) => void handled.push(...changes))
  start(log)
  await hasBegun('newcomer')
  expect(handled.map(({ operation }) => operation)).toContain('many')
})

test('its position outlives the process: what came while nobody ran is handled later', async () => {
  const first = shelfLog()
  first.consume('keeper', async () => undefined)
  start(first)
  await hasBegun('keeper')
  await first.stop()
  for (const rank of [10, 11]) await insert(rank)
  const handled: number[] = []
  const second = shelfLog()
  second.consume('keeper', async (changes) => void handled.push(...ranksOf(changes)))
  start(second)
  await until(() => handled.length >= 2)
  expect(handled).toEqual([10, 11])
})

test('a handler that takes longer than the lease keeps it', async () => {
  const handledBy: string[] = []
  const logs = ['one', 'two'].map((name) => {
    const log = shelfLog({ leaseMs: 200 })
    log.consume('slow', async () => {
      handledBy.push(name)
      await Bun.sleep(700)
    })
    return log
  })
  for (const log of logs) start(log)
  await hasBegun('slow')
  handledBy.length = 0
  await insert(1)
  await until(async () => {
    const [row] = await server.sql`
      select consumer.position = relay.position as done from spillway_changes.leases consumer, spillway_changes.leases relay
      where consumer.name = 'consumer slow' and relay.name = 'relay' and relay.position > 0`
    return row?.done && handledBy.length > 0
  })
  expect(handledBy).toHaveLength(1)
})
