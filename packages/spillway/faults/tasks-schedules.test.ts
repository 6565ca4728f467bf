/** Schedules whose processes are killed, or suspended in the middle of handing out a tick. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { createLogger } from '../src/foundation/index.ts'
import {
  migratePostgresTasks,
  PostgresTasks,
  RedisTasks,
  type Task,
  TaskQueues,
  TaskWorker,
} from '../src/tasks/index.ts'
import { Schedules } from '../src/tasks/schedule/schedules.ts'
import { startRedis, startRedisCluster } from '../src/testing/redis.ts'
import { hasRedis } from '../src/testing/redis-server.ts'
import { testDatabase } from '../src/testing/test-database.ts'
import { until } from '../src/testing/until.ts'
import { everySecond, ran, work } from './schedule-tasks.ts'

const logger = createLogger('drill', 'silent')

interface Backend {
  kind: string
  url: string
  open(): PostgresTasks | RedisTasks
  stop(): Promise<void>
}

async function onPostgres(): Promise<Backend> {
  const database = await testDatabase()
  const { primaryUrl: url } = database.direct
  await migratePostgresTasks(url)
  const open = () => new PostgresTasks({ url, applicationName: 'drill', place: 'PostgreSQL' })
  return { kind: 'postgres', url, open, stop: () => database.stop() }
}

async function onRedis(): Promise<Backend> {
  const redis = await startRedis()
  const { url } = redis
  const open = () => new RedisTasks({ url, prefix: 'test:' }, 'Redis')
  return { kind: 'redis', url, open, stop: async () => await redis[Symbol.asyncDispose]() }
}

const backends: [string, () => Promise<Backend>][] = [
  ['PostgreSQL', onPostgres],
  ...(hasRedis ? [['Redis', onRedis] as [string, typeof onRedis]] : []),
]

describe.each(backends)('schedules on %s', (_, start) => {
  let backend: Backend
  let apps = 0
  let stops: (() => unknown)[] = []

  beforeAll(async () => {
    backend = await start()
  })
  afterAll(() => backend.stop())
  afterEach(async () => {
    for (const stop of stops.reverse()) await stop()
    stops = []
    ran.length = 0
  })

  /** An app whose tasks are run here, and processes that fire its schedule. */
  async function fleet() {
    const app = `drill${++apps}`
    const queues = new TaskQueues({ backend: backend.open(), app })
    const worker = new TaskWorker({ queues, tasks: [work as unknown as Task], logger })
    await worker.start()
    stops.push(
      () => queues.close(),
      () => worker.stop(100),
    )
    return (...how: string[]) => {
      const file = `${import.meta.dir}/schedule-process.ts`
      const child = Bun.spawn(['bun', file, backend.kind, backend.url, app, ...how], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      stops.push(() => child.kill('SIGKILL'))
      return child
    }
  }

  /** Each second from the first that was run, once. */
  function expectEach(): void {
    const inOrder = ran.toSorted((a, b) => a - b)
    expect(inOrder).toEqual(inOrder.map((_, index) => inOrder[0]! + index * 1_000))
  }

  test('five processes that are killed and replaced lose no tick, and double none', async () => {
    const spawn = await fleet()
    const processes = Array.from({ length: 5 }, () => spawn('undisturbed'))
    await until(() => ran.length > 0)
    const endsAt = Date.now() + 20_000
    for (let kill = 0; Date.now() < endsAt; kill++) {
      await Bun.sleep(Math.random() * 400)
      processes[kill % 5]!.kill('SIGKILL')
      processes[kill % 5] = spawn('undisturbed')
    }
    const until20 = Date.now()
    await until(() => ran.some((tick) => tick > until20), { timeoutMs: 20_000 })
    expect(ran.length).toBeGreaterThan(15)
    expectEach()
  })

  const moments = ['decided', 'written', 'added'].filter((moment) => moment !== 'added' || _ === 'PostgreSQL')

  test.each(moments)('a process that is killed when it has %s', async (moment) => {
    const spawn = await fleet()
    const killed = spawn('SIGKILL', moment)
    await killed.exited
    await Bun.sleep(1_500)
    const all = spawn('undisturbed')
    await until(() => ran.length >= 4, { timeoutMs: 20_000 })
    all.kill('SIGKILL')
    expectEach()
  })

  test.each(moments)(
    'a process that is suspended when it has %s, and wakes when all is done and gone',
    async (moment) => {
      const spawn = await fleet()
      const suspended = spawn('SIGSTOP', moment)
      await until(() => stateOf(suspended.pid) === 'T', { timeoutMs: 20_000 })
      spawn('undisturbed')
      await until(() => ran.length >= 3, { timeoutMs: 30_000 })
      const before = ran.length
      suspended.kill('SIGCONT')
      await until(() => ran.length >= before + 3, { timeoutMs: 20_000 })
      expectEach()
    },
  )
})

/** As the kernel has it: T is stopped. */
function stateOf(pid: number): string | undefined {
  const { stdout } = Bun.spawnSync(['ps', '-o', 'state=', '-p', String(pid)])
  return stdout.toString().trim()[0]
}

test.skipIf(!hasRedis)(
  'in a Redis Cluster ticks are fired once, also when the server that has them is replaced',
  async () => {
    await using cluster = await startRedisCluster({ replicas: 'one each' })
    const open = () =>
      new TaskQueues({ backend: new RedisTasks({ nodes: cluster.urls, prefix: 'test:' }, 'Cluster'), app: 'drill' })
    ran.length = 0
    const queues = open()
    const worker = new TaskWorker({ queues, tasks: [work as unknown as Task], logger })
    await worker.start()
    const many = Array.from({ length: 5 }, () => ({ queues: open() }))
    const firing = many.map((one) => new Schedules({ ...one, schedules: [everySecond], logger }))
    for (const one of firing) await one.start()
    await until(() => ran.length >= 3)
    const owner = await ownerOf(cluster, '{test:tasks}:schedules:drill')
    await cluster.replicas[owner]!.command('CLUSTER', 'FAILOVER')
    const at = Date.now()
    await until(() => ran.some((tick) => tick > at + 3_000), { timeoutMs: 30_000 })
    for (const one of firing) await one.stop()
    await worker.stop(100)
    for (const { queues: opened } of [...many, { queues }]) await opened.close()
    const inOrder = ran.toSorted((a, b) => a - b)
    expect(inOrder).toEqual(inOrder.map((_, index) => inOrder[0]! + index * 1_000))
  },
)

async function ownerOf(cluster: Awaited<ReturnType<typeof startRedisCluster>>, key: string): Promise<number> {
  const slot = Number(await cluster.masters[0]!.command('CLUSTER', 'KEYSLOT', key))
  return slot < 5_461 ? 0 : slot < 10_923 ? 1 : 2
}
