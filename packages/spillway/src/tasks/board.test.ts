import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { Hono } from 'hono'
import { z } from 'zod'
import { createLogger } from '../foundation/index.ts'
import { type OpenedTaskBackends, taskBackends } from '../testing/task-backends.ts'
import { until } from '../testing/until.ts'
import { taskBoard } from './board.ts'
import { type Task, TaskQueues, TaskWorker, task } from './index.ts'

describe.each(taskBackends)('the board of tasks on %s', (_, openBackends) => {
  let backends: OpenedTaskBackends
  let queues: TaskQueues
  let worker: TaskWorker
  let app: Hono
  let isMended = false
  const shaky = task('shaky', { input: z.object({}), queue: 'email', priority: 9 }, () => {
    if (!isMended) throw new Error('not yet')
    return 'done'
  })
  beforeAll(async () => {
    backends = await openBackends()
    queues = new TaskQueues({ backend: backends.open(), app: 'shop' })
    // It is started with its own input, which this doesn't touch.
    const all = [shaky as unknown as Task]
    shaky.start(queues)
    worker = new TaskWorker({ queues, tasks: all, logger: createLogger('test', 'silent') })
    await worker.start()
    app = new Hono().route('/tasks', taskBoard({ queues, queueNames: ['email'], basePath: '/tasks' }))
  })
  afterAll(async () => {
    await worker.stop(100)
    await queues.close()
    await backends.stop()
  })

  const ask = async (
    path: string,
    { headers = {}, ...init }: RequestInit & { headers?: Record<string, string> } = {},
  ) =>
    await app.request(`http://localhost:3000/tasks${path}`, {
      ...init,
      headers: { host: 'localhost:3000', ...headers },
    })

  test('has its page, its scripts and its icons', async () => {
    const page = await ask('')
    expect(page.status).toBe(200)
    const html = await page.text()
    const linked = [...html.matchAll(/(?:src|href)="([^"]*static[^"]*)"/g)].map(([, path]) => path!)
    expect(linked.length).toBeGreaterThan(2)
    const base = /<base href="([^"]*)"/.exec(html)?.[1]
    expect(base).toBe('/tasks/')
    for (const path of linked) {
      const { status, headers } = await ask(new URL(path, `http://localhost${base}`).pathname.slice('/tasks'.length))
      expect({ path, status }).toEqual({ path, status: 200 })
      expect(headers.get('content-type')).not.toContain('html')
    }
  })

  test('tells of the server that the queues are on', async () => {
    const answer = await ask('/api/redis/stats')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ clients: { connected: expect.any(Number) } })
  })

  test('retries dead letters with all their attempts and their priority', async () => {
    const run = await shaky.enqueue({})
    await until(async () => (await run.state()) === 'failed')
    const listed = (await (await ask('/api/queues?activeQueue=shop.email&status=failed&page=1')).json()) as {
      queues: unknown[]
    }
    expect(listed.queues[0]).toMatchObject({ name: 'shop.email', displayName: 'email', counts: { failed: 1 } })
    isMended = true
    const id = run.id.replace('email/', '')
    const retried = await ask(`/api/queues/shop.email/${id}/retry`, {
      method: 'PUT',
      headers: { origin: 'http://localhost:3000' },
    })
    expect(retried.status).toBe(204)
    expect(await run.result()).toBe('done')
    const job = await queues.find(run.id)
    expect(job).toMatchObject({ attemptsMade: 1, priority: 2 })
    expect(job!.data.retriedAtMs).toBeGreaterThan(0)
  })

  test('answers no other name, no other page, and no frame', async () => {
    for (const host of ['rebound.example', 'localhost.rebound.example', '10.0.0.1:3000', '']) {
      expect({ host, status: (await ask('/api/queues', { headers: { host } })).status }).toEqual({ host, status: 403 })
    }
    for (const origin of ['https://foreign.example', 'http://localhost:4000', 'https://localhost:3000', 'null']) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
        const { status } = await ask('/api/queues/pause', { method, headers: { origin } })
        expect({ origin, method, status }).toEqual({ origin, method, status: 403 })
      }
    }
    expect(await queues.queue('email').isPaused()).toBe(false)
    for (const host of ['127.0.0.1:3000', '[::1]:3000', 'LOCALHOST']) {
      expect((await ask('/api/queues', { headers: { host } })).status).toBe(200)
    }
    expect((await ask('')).headers.get('x-frame-options')).toBe('DENY')
  })
})
