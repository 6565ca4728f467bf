import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { AsyncLocalStorage } from 'node:async_hooks'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { type Floors, runInContext } from '../../foundation/index.ts'
import { startDeliverer } from '../../testing/deliverer.ts'
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'
import { items, itemsDatabase } from '../fixtures/items.ts'
import { readAtLeast } from '../read-floor.ts'
import type { OutboxHandler } from './deliverer.ts'
import { note, textOf } from './fixtures/notes.ts'
import type { OutboxLimits } from './limits.ts'
import type { Outbox } from './outbox.ts'

/** It only writes: who delivers is started by each test. */
const database = itemsDatabase()
const { db } = database

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await server.sql`create table delivered (n bigint generated always as identity, id uuid, text text, by text)`
})
afterAll(() => server.stop())

const running: Outbox[] = []
const programs: Bun.Subprocess[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((outbox) => outbox.stop()))
  for (const program of programs) program.kill('SIGKILL')
  await Promise.all(programs.splice(0).map((program) => program.exited))
  await server.sql`truncate spillway_outbox.messages, delivered`
})

function start(handler: OutboxHandler, limits: Partial<OutboxLimits> = {}): Outbox {
  const outbox = startDeliverer(server, handler, limits)
  running.push(outbox)
  return outbox
}

/** Of programs that are killed: as long as it takes to find that they are. */
const leaseMs = 800

function startProgram(name: string, pauseMs: number): Bun.Subprocess {
  const path = join(import.meta.dir, '../../testing/fixtures/deliverer-program.ts')
  const command = [process.execPath, path, server.primaryUrl, name, String(pauseMs), String(leaseMs)]
  const program = Bun.spawn(command, { stdio: ['ignore', 'inherit', 'inherit'] })
  programs.push(program)
  return program
}

const named = (count: number, from = 0) => Array.from({ length: count }, (_, index) => ({ text: String(from + index) }))
const enqueue = (...texts: string[]) =>
  db.transaction((tx) =>
    tx.enqueueMany(
      note,
      texts.map((text) => ({ text })),
    ),
  )
const enqueueNamed = (count: number, from = 0) => db.transaction((tx) => tx.enqueueMany(note, named(count, from)))
const waiting = async () => (await database.outbox.waiting()).count
const allDelivered = (timeoutMs?: number) =>
  until(async () => (await waiting()) === 0, { what: 'all deliveries', ...(timeoutMs && { timeoutMs }) })

test('what waits can be seen: how many there are, and for how long', async () => {
  expect(await database.outbox.waiting()).toEqual({ count: 0, oldestMs: 0 })
  await enqueue('one', 'two')
  await until(async () => (await database.outbox.waiting()).oldestMs > 50)
  expect(await waiting()).toBe(2)
  start(async () => undefined)
  await allDelivered()
})

test('two processes share the work, and each message is delivered once', async () => {
  const byProcess: string[][] = [[], []]
  await enqueueNamed(2_000)
  for (const own of byProcess) {
    start(async (messages) => {
      own.push(...messages.map(textOf))
      await Bun.sleep(20)
    })
  }
  await allDelivered()
  expect(byProcess.flat().sort()).toEqual(
    named(2_000)
      .map(({ text }) => text)
      .sort(),
  )
  for (const own of byProcess) expect(own.length).toBeGreaterThan(0)
})

test('a process that is killed in the middle of a delivery loses none: another goes on within seconds', async () => {
  await enqueueNamed(20)
  const victim = startProgram('victim', 3_600_000)
  await until(async () => (await server.sql`select from delivered where by = 'victim'`).length === 20, {
    what: 'the messages to be with the one that is killed',
  })
  const other = start(async (messages) => {
    for (const { id } of messages) await server.sql`insert into delivered (id, by) values (${id}, 'other')`
  })
  // It keeps what it works on.
  const lookedAt = performance.now()
  await until(() => performance.now() - lookedAt > 1.5 * leaseMs)
  const byOther = () => server.sql`select distinct id from delivered where by = 'other'`
  expect(await byOther()).toHaveLength(0)
  victim.kill('SIGKILL')
  const killedAt = performance.now()
  await allDelivered()
  console.log(`delivered ${Math.round(performance.now() - killedAt)} ms after the kill`)
  expect(await byOther()).toHaveLength(20)
  await other.stop()
})

test('processes are killed again and again while messages come in, and none is lost', async () => {
  let count = 0
  const ids = new Set<string>()
  let isEnough = false
  const writing = (async () => {
    while (!isEnough) {
      for (const { id } of await enqueueNamed(7, count)) ids.add(id)
      count += 7
    }
  })()
  startProgram('survivor', 20)
  for (let round = 0; round < 5; round++) {
    const victim = startProgram(`victim ${round}`, 10)
    const hasWorked = async () =>
      (await server.sql`select from delivered where by = ${`victim ${round}`} limit 1`).length > 0
    await until(hasWorked)
    victim.kill('SIGKILL')
    await victim.exited
  }
  isEnough = true
  await writing
  await allDelivered(20_000)
  const rows: { id: string; times: number }[] =
    await server.sql`select id, count(*)::int as times from delivered group by id`
  const twice = rows.filter(({ times }) => times > 1).length
  console.log(`${ids.size} messages, ${twice} of them delivered more than once`)
  expect(new Set(rows.map(({ id }) => id))).toEqual(ids)
})

test('a handler that rejects gets its messages again, and none is lost', async () => {
  let isAway = true
  let calls = 0
  const handled = new Set<string>()
  await enqueueNamed(700)
  start(async (messages) => {
    calls++
    if (isAway) throw new Error('the queue is away')
    for (const message of messages) handled.add(textOf(message))
  })
  await until(() => calls > 520)
  expect(await waiting()).toBe(700)
  isAway = false
  await allDelivered()
  expect(handled.size).toBe(700)
})

test('while the queue is away it is asked less and less', async () => {
  const askedAt: number[] = []
  await enqueueNamed(1)
  start(async () => {
    askedAt.push(performance.now())
    throw new Error('the queue is away')
  })
  await until(() => askedAt.length >= 4)
  const pauses = askedAt.slice(1).map((at, index) => at - askedAt[index]!)
  for (const [index, pause] of pauses.entries()) expect(pause).toBeGreaterThan(100 * 2 ** index * 0.9)
})

test('a message that can not be delivered holds up no others, and waits', async () => {
  const handled: string[] = []
  const handler: OutboxHandler = async (messages) => {
    const texts = messages.map(textOf)
    if (texts.includes('poison')) throw new Error('it can not be delivered')
    handled.push(...texts)
  }
  await enqueue('before', 'poison', 'after')
  start(handler)
  await until(() => handled.length === 2)
  await enqueue('later')
  await until(async () => (await waiting()) === 1)
  expect(handled).toEqual(['before', 'after', 'later'])
  const left = await server.sql`select body ->> 'text' as text, attempts > 0 as was_tried from spillway_outbox.messages`
  expect([...left]).toEqual([{ text: 'poison', was_tried: true }])
})

test('a handler that hangs keeps no lock, nor its messages from others', async () => {
  const handled: string[] = []
  const hanging = Promise.withResolvers<void>()
  let isHanging = false
  const limits = { leaseMs: 300, handlerMaxMs: 400 }
  await enqueueNamed(5)
  start(async () => {
    isHanging = true
    await hanging.promise
  }, limits)
  await until(() => isHanging)
  expect(await server.sql`select from pg_locks where relation = 'spillway_outbox.messages'::regclass`).toHaveLength(0)
  start(async (messages) => void handled.push(...messages.map(textOf)), limits)
  await until(() => handled.length >= 5)
  await allDelivered()
  hanging.resolve()
})

test('a handler that takes longer than the lease keeps its messages', async () => {
  const handled: string[] = []
  const handler: OutboxHandler = async (messages) => {
    handled.push(...messages.map(textOf))
    await Bun.sleep(600)
  }
  await enqueueNamed(3)
  for (let process = 0; process < 2; process++) start(handler, { leaseMs: 200 })
  await allDelivered()
  expect(handled.sort()).toEqual(['0', '1', '2'])
})

test('a batch has no more bytes than it may, and one message in any case', async () => {
  const sizes: number[] = []
  const large = 'x'.repeat(600)
  await enqueue(large, large, large, 'small', 'small')
  start(async (messages) => void sizes.push(messages.length), { batchBytesMax: 1_000 })
  await allDelivered()
  expect(Math.max(...sizes)).toBeLessThan(5)
  await enqueue('y'.repeat(5_000))
  await allDelivered()
})

test('who is stopped leaves what it has not delivered to others, at once', async () => {
  const handled: string[] = []
  let calls = 0
  await enqueueNamed(100)
  const first = start(async (messages) => {
    calls++
    if (messages.length > 1) throw new Error('one by one, please')
    await Bun.sleep(20)
    handled.push(...messages.map(textOf))
  })
  await until(() => calls > 5)
  await first.stop()
  expect(await waiting()).toBe(100 - handled.length)
  start(async (messages) => void handled.push(...messages.map(textOf)))
  await allDelivered(1_500)
  expect(handled).toHaveLength(100)
})

test('its reads, and those of others under its floors, see the transaction, however far the replica is behind', async () => {
  await server.replicaCaughtUp()
  const replica = server.cluster.replicas[0]!
  await replica.pause()
  const read = async (id: number) => (await db.select().from(items).where(eq(items.id, id)))[0]?.rank
  // In a context of its own, which knows nothing of what this process has written.
  const rankOf = (id: number, floors: Floors = {}) =>
    runInContext({ id: 'reader' }, async () => (await readAtLeast(floors, () => read(id))).value)
  const elsewhere = AsyncLocalStorage.snapshot()
  const ranks = Promise.withResolvers<Record<'handler' | 'other' | 'without', number | undefined>>()
  try {
    start(async ([message]) => {
      const id = Number(textOf(message!))
      const handler = await rankOf(id)
      // Where a queue hands it to.
      ranks.resolve({
        handler,
        other: await elsewhere(() => rankOf(id, message!.floors)),
        without: await elsewhere(() => rankOf(id)),
      })
    })
    await db.transaction(async (tx) => {
      const [item] = await tx.insert(items).values({ name: 'order', rank: 42 }).returning()
      await tx.enqueue(note, { text: String(item!.id) })
    })
    expect(await ranks.promise).toEqual({ handler: 42, other: 42, without: undefined })
  } finally {
    await replica.resume()
  }
})

test('a server that dies in the middle of a delivery has them delivered when it is back', async () => {
  const delivered = new Set<string>()
  let calls = 0
  const enqueued = await enqueueNamed(50)
  start(
    async (messages) => {
      calls++
      await Bun.sleep(100)
      for (const { id } of messages) delivered.add(id)
    },
    { batchMax: 5 },
  )
  await until(() => calls > 2)
  await server.cluster.primary.kill()
  await until(() => delivered.size === 50, { timeoutMs: 30_000, what: 'the rest of the messages' })
  await allDelivered()
  expect(delivered).toEqual(new Set(enqueued.map(({ id }) => id)))
})
