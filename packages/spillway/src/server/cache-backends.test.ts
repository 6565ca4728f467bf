import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { defineApp } from '../app.ts'
import { defineCaches } from '../cache/index.ts'
import { createLogger } from '../foundation/index.ts'
import { hasRedis, startRedis } from '../testing/redis.ts'
import { CacheBackends } from './cache-backends.ts'

const lines: string[] = []
const logger = createLogger('test', 'error', { write: (line) => lines.push(line) })
const app = defineApp({ name: 'test', databases: [], caches: defineCaches(), http: new Hono() })

let DATA_DIR: string
const opened: CacheBackends[] = []
beforeEach(async () => {
  DATA_DIR = await mkdtemp(join(tmpdir(), 'backends-'))
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((backends) => backends.close()))
  await rm(DATA_DIR, { recursive: true })
})

function open(env: Record<string, string> = {}): CacheBackends {
  const backends = new CacheBackends(app, app.readSettings({ DATA_DIR, ...env }), logger)
  opened.push(backends)
  return backends
}

test('without Redis all caches share a file in DATA_DIR', async () => {
  const backends = open()
  expect(backends.of('sessions')).toBe(backends.of('default'))
  expect(backends.of('default').tier.name).toBe('sqlite')
  expect(await Bun.file(join(DATA_DIR, 'cache/cache.db')).exists()).toBe(true)
})

test('what is kept in another place has another name', () => {
  expect(open().id).toBe(open().id)
  expect(open({ DATA_DIR: join(DATA_DIR, 'other') }).id).not.toBe(open().id)
})

test('a file that can not be used is said, with what to do', async () => {
  await mkdir(join(DATA_DIR, 'cache/cache.db'), { recursive: true })
  expect(() => open()).toThrow("can't be used")
})

test('with a damaged file a process goes on by itself, and says so', async () => {
  const garbage = 'something else'.repeat(1_000)
  await Bun.write(join(DATA_DIR, 'cache/cache.db'), garbage)
  const backends = open()
  const { caches } = app
  caches!.start((name) => backends.of(name), logger)
  expect(await caches!.remember('a', () => 1)).toBe(1)
  await caches!.invalidate('t')
  caches!.stop()
  expect(backends.of('default').tier.sequence()).rejects.toThrow('does not answer')
  expect(lines.find((line) => line.includes('shares no cache'))).toContain('start it again')
  // Other processes may have it open.
  expect(await Bun.file(join(DATA_DIR, 'cache/cache.db')).text()).toBe(garbage)
})

test.skipIf(!hasRedis)('a cache has its own Redis where settings name one, else the default one', async () => {
  await using shared = await startRedis()
  await using own = await startRedis()
  const backends = open({ REDIS_URL: shared.url, REDIS_SESSIONS_URL: own.url })
  await backends.ready()
  expect(backends.of('longTerm')).toBe(backends.of('default'))
  expect(backends.of('sessions')).not.toBe(backends.of('default'))
  expect(backends.all).toHaveLength(2)
  await backends.of('sessions').invalidate(['x'], 'hard')
  expect(await Bun.file(join(DATA_DIR, 'cache/cache.db')).exists()).toBe(false)
})

test.skipIf(!hasRedis)('a Redis that is not there is waited for no longer than a moment', async () => {
  const redis = await startRedis()
  const { url } = redis
  await redis[Symbol.asyncDispose]()
  const backends = open({ REDIS_URL: url })
  await backends.ready()
  expect(backends.of('default').tier.sequence()).rejects.toThrow('does not answer')
})
