import { describe, expect, test } from 'bun:test'
import type { Database, ServerStatus } from '../database/index.ts'
import { healthRoutes } from './health-routes.ts'

const server = (name: string, healthy: boolean): ServerStatus => ({
  name,
  role: name === 'primary' ? 'primary' : 'replica',
  healthy,
  servesReads: healthy,
  lag: { bytes: 0, ms: 0 },
  statements: 0,
  pool: { used: 0, idle: 1, waiting: 0, max: 1 },
})

function ask(path: string, servers: ServerStatus[], isReady = true) {
  const database = { name: 'default', check: async () => servers } as Partial<Database> as Database
  return healthRoutes(servers.length > 0 ? [database] : [], () => isReady).request(path)
}

describe('/readyz', () => {
  test.each([
    ['everything answers', [server('primary', true), server('replica-1', true)], 200],
    ['the primary is away, as reads go on', [server('primary', false), server('replica-1', true)], 200],
    ['the replica is away', [server('primary', true), server('replica-1', false)], 200],
    ['no server answers', [server('primary', false), server('replica-1', false)], 503],
    ['there is no database', [], 200],
  ])('when %s', async (_, servers, status) => {
    const response = await ask('/readyz', servers)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({
      status: status === 200 ? 'ready' : 'unavailable',
      servers: servers.map((one) => ({ database: 'default', ...one })),
    })
  })

  test('says that the process is draining, whatever the databases do', async () => {
    const response = await ask('/readyz', [server('primary', true)], false)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ status: 'draining' })
  })
})

test('/healthz asks nobody: restarting this process would not bring a database back', async () => {
  const response = await ask('/healthz', [server('primary', false)], false)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
})
