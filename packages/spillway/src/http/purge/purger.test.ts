import { afterEach, expect, test } from 'bun:test'
import { createLogger } from '../../foundation/index.ts'
import { until } from '../../testing/index.ts'
import { cdnFrom } from './cdn-url.ts'
import { ApiServer, hanging } from './fixtures/api-server.ts'
import { Purger, type PurgerOptions } from './purger.ts'

const lines: { level: string; msg: string; retryInMs?: number; tags?: number }[] = []
const logger = createLogger('test', 'info', { write: (line) => void lines.push(JSON.parse(line)) })
afterEach(() => void lines.splice(0))

function start(api: ApiServer, options: Partial<PurgerOptions> = {}) {
  const cdn = cdnFrom(`cloudflare://zone?token=t&endpoint=${api.url}`)
  return new Purger({ cdn, logger, coalesceMs: 1, repeatAfterMs: 0, backoffMs: 1, ...options })
}

/** What each call asked for. */
const purged = (api: ApiServer) =>
  api.asked.map(({ body }) => {
    const { tags, purge_everything } = JSON.parse(body)
    return purge_everything ? 'everything' : tags.join()
  })

const asked = (api: ApiServer, count: number) =>
  until(() => api.asked.length >= count, { what: `${count} calls` }).then(() => purged(api))

const answer =
  (status: number, headers = {}) =>
  () =>
    new Response('no', { status, headers })

test('what is invalidated together is purged together, each tag once', async () => {
  await using api = new ApiServer()
  const purger = start(api)
  purger.purge('a', 'b')
  purger.purge('b', 'c')
  expect(await asked(api, 1)).toEqual(['a,b,c'])
  purger.purge('a')
  expect(await asked(api, 2)).toEqual(['a,b,c', 'a'])
  await purger.stop()
  expect(purger.figures).toMatchObject({ purged: 4, calls: 2, failures: 0 })
})

test('a purge is sent once more, for what another machine gave the CDN meanwhile', async () => {
  await using api = new ApiServer()
  const purger = start(api, { repeatAfterMs: 30 })
  purger.purge('a')
  expect(await asked(api, 2)).toEqual(['a', 'a'])
  purger.purge('b')
  expect(await asked(api, 4)).toEqual(['a', 'a', 'b', 'b'])
  await purger.stop()
  expect(api.asked.length).toBe(4)
})

test('a tag that is invalidated while it is purged is purged again', async () => {
  await using api = new ApiServer()
  const gate = Promise.withResolvers<void>()
  api.next.push(() => gate.promise.then(() => Response.json({ success: true })))
  const purger = start(api)
  purger.purge('a')
  await asked(api, 1)
  purger.purge('a')
  gate.resolve()
  expect(await asked(api, 2)).toEqual(['a', 'a'])
  await purger.stop()
})

test('what fails is sent again until it gets through, with what came meanwhile', async () => {
  await using api = new ApiServer()
  api.next.push(answer(500), () => {
    purger.purge('b')
    return answer(503)()
  })
  const purger = start(api)
  purger.purge('a')
  expect((await asked(api, 3)).map((tags) => tags.split(',').sort().join())).toEqual(['a', 'a', 'a,b'])
  await purger.stop()
  expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn'])
  expect(lines[0]!.msg).toContain('answered 500')
})

test('the pauses grow', async () => {
  await using api = new ApiServer(answer(500))
  const purger = start(api, { backoffMs: 4, stopTimeoutMs: 100 })
  purger.purge('a')
  await asked(api, 4)
  await purger.stop()
  const pauses = lines.flatMap(({ retryInMs }) => retryInMs ?? [])
  for (const [index, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThanOrEqual(Math.floor(2 * 2 ** index))
    expect(pause).toBeLessThanOrEqual(4 * 2 ** index)
  }
})

test('a CDN that says when to come back is left alone until then', async () => {
  await using api = new ApiServer()
  api.next.push(answer(429, { 'retry-after': '120' }))
  const purger = start(api)
  purger.purge('a')
  await until(() => lines.length >= 1)
  expect(lines[0]!.retryInMs).toBe(120_000)
  purger.purge('b')
  // Stopping is the last chance.
  await purger.stop()
  expect(purged(api)).toEqual(['a', 'a,b'])
})

test('a call that hangs is given up and repeated', async () => {
  await using api = new ApiServer()
  api.next.push(hanging)
  const purger = start(api, { timeoutMs: 20 })
  purger.purge('a')
  expect(await asked(api, 2)).toEqual(['a', 'a'])
  await purger.stop()
})

test('a server that is away is told when it is back', async () => {
  const away = new ApiServer()
  const purger = start(away)
  await away.stop()
  purger.purge('a')
  await until(() => lines.length >= 2)
  await using api = new ApiServer(undefined, away.port)
  expect(await asked(api, 1)).toEqual(['a'])
  await purger.stop()
})

test('no more tags than one call takes are sent at once, and one refusal costs only its own', async () => {
  await using api = new ApiServer()
  api.next.push(() => Response.json({ success: true }), answer(429))
  const purger = start(api)
  purger.purge(...Array.from({ length: 250 }, (_, index) => `t${index}`))
  const counts = (await asked(api, 4)).map((tags) => tags.split(',').length)
  expect(counts).toEqual([100, 100, 100, 50])
  await purger.stop()
  expect(purger.figures.purged).toBe(250)
})

test('with too many waiting, everything is purged in their place, and the log says so once', async () => {
  await using api = new ApiServer()
  const purger = start(api, { maxQueued: 10 })
  purger.purge(...Array.from({ length: 100 }, (_, index) => `t${index}`))
  expect(await asked(api, 1)).toEqual(['everything'])
  await purger.stop()
  expect(lines.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
    'error more than 10 tags wait to be purged: everything at the CDN is purged instead',
  ])
})

test('everything includes what waits, and is repeated like it', async () => {
  await using api = new ApiServer()
  const purger = start(api, { repeatAfterMs: 20 })
  purger.purge('a')
  purger.purgeEverything()
  purger.purge('b')
  expect(await asked(api, 2)).toEqual(['everything', 'everything'])
  purger.purgeEverything()
  expect((await asked(api, 4)).length).toBe(4)
  await purger.stop()
  expect(api.asked.length).toBe(4)
})

test('a stop sends what waits, repeats included, without waiting for them', async () => {
  await using api = new ApiServer()
  const purger = start(api, { coalesceMs: 60_000, repeatAfterMs: 60_000 })
  purger.purge('a')
  await purger.stop()
  expect(purged(api)).toEqual(['a'])

  const other = start(api, { repeatAfterMs: 60_000 })
  other.purge('b')
  await asked(api, 2)
  await until(() => other.figures.purged === 1)
  await other.stop()
  expect(purged(api)).toEqual(['a', 'b', 'b'])
})

test('a stop gives up on a CDN that is away, and says what it did not hear', async () => {
  await using api = new ApiServer(hanging)
  const purger = start(api, { stopTimeoutMs: 20 })
  purger.purge('a')
  await asked(api, 1)
  purger.purge('b', 'c')
  await purger.stop()
  expect(lines.at(-1)).toMatchObject({ level: 'error', tags: 3 })
  expect(lines.at(-1)!.msg).toContain('3 purges did not reach the CDN')
})
