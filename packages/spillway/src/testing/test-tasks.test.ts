import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { items, itemsDatabase } from '../database/fixtures/items.ts'
import { chain, TaskUsageError, task } from '../tasks/index.ts'
import { hasRedis, type TestDatabase, type TestTasks, testDatabase, testTasks, until } from './index.ts'

const database = itemsDatabase()
const { db } = database
const named = { input: z.object({ name: z.string() }) }

const found: { name: string; rank: number }[][] = []
const find = task('test.find', named, async ({ name }) => {
  const rows = await db.select({ name: items.name, rank: items.rank }).from(items).where(eq(items.name, name))
  found.push(rows)
  return rows
})
const insertOnce = task('test.insert-once', named, async ({ name }, { once }) => {
  for (const _ of [1, 2]) await once('insert', async (tx) => void (await tx.insert(items).values({ name, rank: 1 })))
  return name
})

const insertAgain = task('test.insert-again', { ...named, keepSeconds: 0 }, async ({ name }, { once }) => {
  await once('insert', async (tx) => void (await tx.insert(items).values({ name, rank: 1 })))
})
const rowsOf = (name: string) => db.primary.select().from(items).where(eq(items.name, name))

describe.each(hasRedis ? (['postgres', 'redis'] as const) : (['postgres'] as const))('tasks for tests on %s', (on) => {
  let work: TestTasks
  let server: TestDatabase
  beforeAll(async () => {
    work = await testTasks({ tasks: [find, insertOnce, insertAgain], database, on })
    server = await testDatabase({ database })
  })
  afterAll(async () => {
    await work.stop()
    await server.stop()
    expect(find.enqueue({ name: 'late' })).rejects.toThrow(TaskUsageError)
  })

  test('are run on the database of the app, and their results can be asked for', async () => {
    expect(await (await insertOnce.enqueue({ name: 'enqueued' })).result()).toBe('enqueued')
    expect(await (await find.enqueue({ name: 'enqueued' })).result()).toEqual([{ name: 'enqueued', rank: 1 }])
  })

  test('what a transaction enqueues is run when it has committed, and reads what was written', async () => {
    await until(() => work.reports.length === 2)
    found.length = 0
    await db.transaction(async (tx) => {
      await tx.insert(items).values({ name: 'committed', rank: 7 })
      await tx.enqueue(find, { name: 'committed' })
    })
    await until(() => found.length > 0)
    expect(found).toEqual([[{ name: 'committed', rank: 7 }]])
    await until(() => work.reports.length === 3)
    expect(work.reports.at(-1)).toMatchObject({
      id: expect.stringMatching(/^default\/./),
      task: 'test.find',
      outcome: 'completed',
    })
    await until(async () => (await database.outbox.waiting()).count === 0, { what: 'the outbox to forget it' })
  })

  test('with a key that is used again have effects of their own, and many can not share one', async () => {
    for (const name of ['first', 'second']) {
      await insertAgain.enqueue({ name }, { idempotencyKey: 'again' })
      await until(async () => (await rowsOf(name)).length === 1, { what: name })
      await until(async () => (await work.queues.queue('default').getActiveCount()) === 0)
    }
    const many = db.transaction((tx) =>
      tx.enqueueMany(insertAgain, [{ name: 'a' }, { name: 'b' }], { idempotencyKey: 'again' }),
    )
    await expect(many).rejects.toThrow("can't share one idempotency key")
  })

  test('that are not listed are refused in a transaction as they are outside of one', async () => {
    const unlisted = task('test.unlisted', named, () => undefined)
    const refusal = /"test.unlisted" was used before it was started/
    await expect(unlisted.enqueue({ name: 'x' })).rejects.toThrow(refusal)
    const refused = db.transaction(async (tx) => {
      await tx.insert(items).values({ name: 'refused', rank: 8 })
      await tx.enqueue(unlisted, { name: 'x' })
    })
    await expect(refused).rejects.toThrow(refusal)
    const workflow = chain(find.with({ name: 'x' }), unlisted.with({ name: 'x' }))
    await expect(workflow.enqueue()).rejects.toThrow(refusal)
    await expect(db.transaction((tx) => tx.enqueue(workflow, undefined))).rejects.toThrow(refusal)
    expect(await rowsOf('refused')).toEqual([])
    expect(await database.outbox.waiting()).toMatchObject({ count: 0 })
  })
})
