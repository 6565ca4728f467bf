import { expect, test } from 'bun:test'
import { z } from 'zod'
import { hostUrls, messageOf } from '../../foundation/index.ts'
import { testDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'
import { chain, TaskQueues, TasksUnavailableError, task } from '../index.ts'
import { migratePostgresTasks, PostgresTasks } from './postgres.ts'

test('of several hosts, tasks wait at the one that takes writes', async () => {
  const servers = await testDatabase()
  const { primaryUrl, replicaUrl } = servers.direct
  await migratePostgresTasks(primaryUrl)
  const primary = new URL(primaryUrl)
  const url = primaryUrl.replace(primary.host, `${new URL(replicaUrl).host},${primary.host}`)
  expect(hostUrls(url)).toHaveLength(2)
  const backend = new PostgresTasks({ url, place: 'two hosts', applicationName: 'test' })
  const queues = new TaskQueues({ backend, app: 'hosts' })
  const note = task('note', { input: z.object({}) }, () => undefined)
  note.start(queues)
  const run = await note.enqueue({})
  expect(await run.state()).toBe('waiting')
  await queues.close()
  await servers.stop()
})

const openedAt = (url: string) =>
  new TaskQueues({ backend: new PostgresTasks({ url, place: 'test', applicationName: 'test' }), app: 'test' })

async function told(ask: () => Promise<unknown>): Promise<string> {
  const error = await ask().then(
    () => undefined,
    (reason: TasksUnavailableError) => reason,
  )
  expect(error).toBeInstanceOf(TasksUnavailableError)
  return `${error?.message} ${error?.hint}`
}

test('who enqueues and who asks for a task is told what is the matter', async () => {
  const servers = await testDatabase()
  const { primaryUrl } = servers.direct
  await migratePostgresTasks(primaryUrl)
  const note = task('note', { input: z.object({}) }, () => undefined)
  const queues = openedAt(primaryUrl)
  note.start(queues)
  const run = await note.enqueue({})
  await servers.sql.unsafe('drop schema bullmq cascade')
  const another = openedAt(primaryUrl)
  for (const enqueue of [
    () => note.enqueue({}),
    () => note.enqueueMany([{}, {}]),
    () => chain(note.with({})).enqueue(),
  ]) {
    expect(await told(enqueue)).toMatch(/has no tables .* was not enqueued.* `spillway migrate`/)
  }
  for (const ask of [() => run.state(), () => run.result(), () => another.find(run.id)]) {
    expect(await told(ask)).toMatch(/has no tables .* no task is known.* `spillway migrate`/)
  }
  await queues.close()
  await another.close()
  await servers.stop()
  const unreachable = openedAt(primaryUrl)
  note.start(unreachable)
  expect(await told(() => note.enqueue({}))).toMatch(
    /does not answer, .* whether the task was enqueued.* `idempotencyKey`/,
  )
  expect(await told(() => unreachable.find(run.id))).toMatch(/does not answer, .* told of the task.* ask again/)
  await unreachable.close()
})

test('what somebody else has promoted, and has ended since, does not come back', async () => {
  const servers = await testDatabase()
  const { primaryUrl } = servers.direct
  await migratePostgresTasks(primaryUrl)
  const note = task('note', { input: z.object({}) }, () => undefined)
  const queues = openedAt(primaryUrl)
  note.start(queues)
  const run = await note.enqueue({}, { delayMs: 3_600_000 })
  const job = (await queues.find(run.id))!
  const { promotion } = await servers.sql.begin(async (others) => {
    await others`update bullmq.job set state = 'waiting'`
    const promotion = job.promote().catch(messageOf)
    const waiting = () => servers.sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%promote%'`
    await until(async () => (await waiting()).length > 0, { what: 'the promotion to wait for the others' })
    await others`update bullmq.job set state = 'failed', finished_at_ms = 1`
    return { promotion }
  })
  expect(await promotion).toContain('is not delayed')
  expect(await run.state()).toBe('failed')
  await queues.close()
  await servers.stop()
})
