import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Program, runCommand, startProgram, temporaryFolder } from '../../testing/program.ts'
import { hasRedis, type RedisServer, startRedis } from '../../testing/redis.ts'
import { until } from '../../testing/until.ts'
import { UsageError } from '../command.ts'
import { cache as command } from '../commands/cache.ts'

const app = new URL('../../server/fixtures/caches-app.ts', import.meta.url).pathname
const bareApp = new URL('../../server/fixtures/bare-app.ts', import.meta.url).pathname
const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))

describe.each([
  ['a file', false],
  ['Redis', true],
] as const)('spillway cache, over %s', (_, wantsRedis) => {
  const isMissing = wantsRedis && !hasRedis
  let redis: RedisServer | undefined
  let program: Program
  let env: Record<string, string>
  beforeAll(async () => {
    if (isMissing) return
    if (wantsRedis) redis = await startRedis()
    env = { ...(redis && { REDIS_URL: redis.url.replace('//', '//:hush@') }), NO_COLOR: '1', COLUMNS: '300' }
    if (redis) await redis.command('CONFIG', 'SET', 'requirepass', 'hush')
    program = await startProgram(app, { env: { ...env, LOG_LEVEL: 'info' } })
  })
  afterAll(async () => {
    await program?.[Symbol.asyncDispose]()
    await redis?.[Symbol.asyncDispose]()
  })

  const cache = (...args: string[]) =>
    runCommand(['cache', ...args, '--app', app], { cwd: folder, env: { ...env, DATA_DIR: program.dataDir } })
  const json = async (...args: string[]) => JSON.parse((await cache(...args, '--json')).stdout)
  /** On a connection of its own, so that any worker may answer. */
  const get = async (path: string) => {
    const answer = await fetch(program.url + path, { keepalive: false, headers: { connection: 'close' } })
    return (await answer.json()) as { load: string; render: string; pid: number }
  }
  /** What each of the workers answers. */
  const inAll = async (path: string) => {
    const seen = new Map<number, string>()
    const ask = async () => {
      const { pid, load } = await get(path)
      return seen.set(pid, load).size === program.workerPids.length
    }
    await until(ask, { what: 'each worker to answer' })
    return new Set(seen.values())
  }
  const countsOf = async (name: string) => {
    const { caches } = await json('stats')
    return caches.find((one: { name: string }) => one.name === name)
  }

  test.skipIf(isMissing)('the start tells where they are shared, without the password', () => {
    const place = redis
      ? `Redis 127.0.0.1:${redis.port}/0`
      : `SQLite file ${join(program.dataDir, 'cache', 'cache.db')}`
    expect(program.output).toContain(`  cache       ${place.replace(/\/0$/, '')}`)
    expect(program.output).not.toContain('hush')
  })

  test.skipIf(isMissing)('stats are those of all processes together', async () => {
    for (let read = 0; read < 10; read++) await inAll('/value/counted?strategy=hot')
    const told = async () => (await countsOf('default')).strategies.hot?.localHits >= 10
    await until(told, { what: 'the processes to tell', timeoutMs: 20_000 })
    const report = await json('stats')
    expect(report.processes.map(({ pid }: { pid: number }) => pid).sort()).toEqual(program.workerPids.sort())
    expect(report.tiers).toEqual([
      expect.objectContaining({ caches: ['default', 'sessions', 'longTerm', 'pages'], entries: expect.any(Number) }),
    ])
    const { counts, strategies, hotKeys, processes } = await countsOf('default')
    expect(processes).toBe(2)
    expect(counts.localHits).toBe(strategies.hot.localHits)
    expect(strategies.hot.loads).toBe(1)
    expect(strategies.hot.sharedHits).toBeGreaterThanOrEqual(1)
    expect(hotKeys[0].key).toBe('counted')
    const { stdout, exitCode } = await cache('stats')
    expect(exitCode).toBe(0)
    expect(stdout).toStartWith('fleet  2 processes (2 web), counted since each began')
    expect(stdout).toMatch(/^ +default +\d+ % +\d+ +\d+ /m)
    expect(stdout).toMatch(/^ +default +hot +\d+ +\d+ +0 +1$/m)
    expect(stdout).toMatch(/^ +default +\d+ +counted$/m)
    expect(stdout).not.toContain('hush')
  })

  test.skipIf(isMissing)('a tag is invalidated in every process, and no other one', async () => {
    const [[before], [other]] = [await inAll('/value/one'), await inAll('/value/two')]
    const { stdout, exitCode } = await cache('invalidate', 'value:one', 'none')
    expect({ stdout, exitCode }).toEqual({ stdout: 'Invalidated in every process: value:one, none.\n', exitCode: 0 })
    await until(async () => !(await inAll('/value/one')).has(before!), { what: 'every process to hear' })
    expect(await inAll('/value/two')).toEqual(new Set([other!]))
    expect(await json('invalidate', '--soft', 'value:one')).toEqual({ tags: ['value:one'], kind: 'soft' })
  })

  test.skipIf(isMissing)('a pattern deletes what it fits', async () => {
    const [[before], [other]] = [await inAll('/value/p1'), await inAll('/value/q1')]
    const { render } = await get('/page/p')
    expect(await json('invalidate', '--pattern', 'p?', '--cache', 'default')).toEqual({ patterns: ['p?'], deleted: 1 })
    await until(async () => !(await inAll('/value/p1')).has(before!), { what: 'every process to hear' })
    expect(await inAll('/value/q1')).toEqual(new Set([other!]))
    expect((await json('invalidate', '--pattern', '/page/p*')).deleted).toBe(1)
    await until(async () => (await get('/page/p')).render !== render, { what: 'the page to be rendered anew' })
  })

  test.skipIf(isMissing)('clear drops everything of a cache; sessions only by name', async () => {
    const [before] = await inAll('/value/c')
    const { render } = await get('/page/c')
    const [session] = await inAll('/value/s?strategy=session')
    expect(await json('clear', 'longTerm')).toEqual({ cleared: ['longTerm'] })
    expect(await inAll('/value/c')).toEqual(new Set([before!]))
    const { stdout } = await cache('clear')
    expect(stdout).toStartWith('Cleared in every process: default, longTerm, pages.\nsessions stays')
    await until(async () => !(await inAll('/value/c')).has(before!), { what: 'every process to hear' })
    await until(async () => (await get('/page/c')).render !== render, { what: 'the page to be rendered anew' })
    expect(await inAll('/value/s?strategy=session')).toEqual(new Set([session!]))
    await cache('clear', 'sessions')
    await until(async () => !(await inAll('/value/s?strategy=session')).has(session!), { what: 'sessions to be gone' })
  })

  test.skipIf(isMissing)('warmers run at the start and whenever they are called', async () => {
    // More often when it began just before their time of the clock.
    const runs = (name: string) => program.output.split(`"warmer":"${name}","warmed"`).length - 1
    await until(() => runs('pages') >= 1 && runs('values') >= 1, { what: 'both warmers' })
    await cache('clear')
    expect(await cache('warm', 'pages')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^pages: 3 warmed, /),
    })
    const { warmers } = await json('warm')
    expect(warmers).toMatchObject([
      { name: 'pages', warmed: 3, failed: 0 },
      { name: 'values', warmed: 2, failed: 0 },
    ])
    const answer = await fetch(`${program.url}/page/b`)
    // What the command has rendered is what the fleet serves.
    expect(answer.headers.get('x-cache')).toBe('HIT')
  })
})

describe('spillway cache', () => {
  const cache = (args: string[], env: Record<string, string> = {}) =>
    runCommand(['cache', ...args], { cwd: folder, env: { DATA_DIR: join(folder, 'none'), NO_COLOR: '1', ...env } })

  test('is told what to do', async () => {
    await expect(command.run([])).rejects.toThrow('Say stats, invalidate, clear or warm.')
    const unclear = [
      ['stats', 'default'],
      ['invalidate'],
      ['invalidate', 'a', ''],
      ['invalidate', 'a', '--pattern', 'b'],
      ['invalidate', '--pattern', 'b', '--soft'],
      ['invalidate', 'a', '--cache', 'default'],
    ]
    for (const args of unclear) {
      await expect(command.run([...args, '--app', app]), args.join(' ')).rejects.toThrow(UsageError)
    }
  })

  test('says that there is nothing, and makes nothing', async () => {
    const { exitCode, stderr } = await cache(['stats', '--app', app])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('no process has shared anything there.\nStart the program, set DATA_DIR')
    expect(await Bun.file(join(folder, 'none', 'cache', 'cache.db')).exists()).toBe(false)
  })

  test('says that a file is damaged, and leaves it alone', async () => {
    const path = join(folder, 'damaged', 'cache', 'cache.db')
    await Bun.write(path, 'garbage'.repeat(1_000))
    const { exitCode, stderr } = await cache(['stats', '--app', app], { DATA_DIR: join(folder, 'damaged') })
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `Error The cache file ${path} can't be used: file is not a database\nStop the program and start it again: the file is made anew then.\n`,
    })
  })

  test('says which Redis is away, without the password', async () => {
    const { exitCode, stderr } = await cache(['clear', '--app', app], { REDIS_URL: 'redis://:hush@127.0.0.1:1/3' })
    expect(exitCode).toBe(1)
    expect(stderr).toStartWith('Error The shared cache, Redis 127.0.0.1:1/3, does not answer.\n')
    expect(stderr).not.toContain('hush')
  })

  test('says that the CDN has not heard, and knows the caches and warmers of the app', async () => {
    await using program = await startProgram(bareApp)
    const env = { DATA_DIR: program.dataDir }
    const [unheard, cleared, warmed] = await Promise.all([
      cache(['invalidate', 'a', '--app', bareApp], { ...env, CDN_PURGE_URL: 'varnish://127.0.0.1:1' }),
      cache(['clear', 'none', '--app', bareApp], env),
      cache(['warm', '--app', bareApp], env),
    ])
    expect(unheard).toMatchObject({
      exitCode: 1,
      stdout: 'Invalidated in every process: a.\n',
      stderr: expect.stringContaining('Error The CDN (varnish) was not purged'),
    })
    expect(cleared).toMatchObject({ exitCode: 2, stderr: 'Error There is no cache "none".\nThere are pages.\n' })
    expect(warmed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('The app bare has no warmers.') })
  })
})
