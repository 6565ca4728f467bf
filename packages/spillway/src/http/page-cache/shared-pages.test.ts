import { afterEach, beforeEach, expect, setSystemTime, test } from 'bun:test'
import { Hono } from 'hono'
import { Backend, MemoryTier, type Notice, type SharedTier } from '../../cache/index.ts'
import { coarseClock, createLogger } from '../../foundation/index.ts'
import { ChaosTier } from '../../testing/chaos-tier.ts'
import { createPipeline } from '../pipeline.ts'
import { addTags, cachePage } from './middleware.ts'
import { SharedPages } from './shared-pages.ts'

const logger = createLogger('test', 'silent')

let renders = 0
let handle: () => Response | Promise<Response>
let tier: SharedTier
let buses: LocalBus[]

/** Processes of one machine, as far as pages can tell: each has a bus of its own, which tells the others at once. */
class LocalBus {
  hear: (notice: Notice) => void = () => undefined
  async publish(notice: Notice) {
    for (const other of buses) if (other !== this) other.hear(notice)
  }
  subscribe(onNotice: (notice: Notice) => void) {
    this.hear = onNotice
  }
  async close() {}
}

function startProcess(release = 'one') {
  const bus = new LocalBus()
  buses.push(bus)
  const backend = new Backend({ tier, bus, logger })
  const routes = new Hono().get('/page/:id', cachePage({ ttl: 60, grace: 30, negativeTtl: 10 }), (c) => {
    renders++
    addTags(c, `id:${c.req.param('id')}`)
    return handle()
  })
  const sharedPages = new SharedPages({ backend, release, logger })
  const pipeline = createPipeline({ routes, logger, pageCacheBytes: 1_000_000, sharedPages })
  const get = async (path: string) => {
    const response = await pipeline.fetch(new Request(`http://localhost${path}`))
    const { status, headers } = response
    return { status, cache: headers.get('x-cache'), age: headers.get('age'), text: await response.text() }
  }
  return { get, cache: pipeline.pageCache!, backend }
}

const passSeconds = (seconds: number) => {
  coarseClock.nowMs += seconds * 1_000
  setSystemTime(new Date(coarseClock.nowMs))
}

beforeEach(() => {
  renders = 0
  handle = () => new Response(`render ${renders}`)
  tier = new MemoryTier()
  buses = []
})
afterEach(() => {
  setSystemTime()
  coarseClock.nowMs = Date.now()
})

test('what one process has rendered is a hit in the others', async () => {
  const [one, other] = [startProcess(), startProcess()]
  expect(await one.get('/page/1')).toMatchObject({ cache: 'MISS', text: 'render 1' })
  passSeconds(20.5)
  expect(await other.get('/page/1')).toMatchObject({ cache: 'HIT', text: 'render 1', age: '20' })
  expect(await other.get('/page/1')).toMatchObject({ cache: 'HIT', text: 'render 1' })
  expect(other.cache.stats()).toMatchObject({ misses: 0, sharedHits: 1, hits: 1 })
})

test('all who ask all processes at once get one render', async () => {
  const processes = Array.from({ length: 5 }, () => startProcess())
  const gate = Promise.withResolvers<void>()
  handle = async () => {
    await gate.promise
    return new Response(`render ${renders}`)
  }
  const asking = processes.flatMap(({ get }) => Array.from({ length: 20 }, () => get('/page/1')))
  gate.resolve()
  expect(new Set((await Promise.all(asking)).map(({ text }) => text))).toEqual(new Set(['render 1']))
  expect(renders).toBe(1)
})

test('an invalidation reaches the pages of all processes, and no others', async () => {
  const [one, other] = [startProcess(), startProcess()]
  for (const { get } of [one, other]) await Promise.all([get('/page/1'), get('/page/2')])
  await one.cache.invalidate('id:1')
  handle = () => new Response('new')
  expect(await other.get('/page/1')).toMatchObject({ cache: 'MISS', text: 'new' })
  expect(await one.get('/page/1')).toMatchObject({ cache: 'HIT', text: 'new' })
  for (const { get } of [one, other]) expect((await get('/page/2')).cache).toBe('HIT')
})

test('what was rendered before an invalidation in another process is not kept', async () => {
  const [one, other] = [startProcess(), startProcess()]
  const gate = Promise.withResolvers<void>()
  handle = async () => {
    await gate.promise
    return new Response('old')
  }
  const asking = one.get('/page/1')
  while (renders === 0) await Bun.sleep(1)
  await other.cache.invalidate('id:1')
  gate.resolve()
  expect((await asking).text).toBe('old')
  handle = () => new Response('new')
  for (const { get } of [one, other]) expect((await get('/page/1')).text).toBe('new')
})

test('a page that one process refreshes is new in all', async () => {
  const [one, other] = [startProcess(), startProcess()]
  for (const { get } of [one, other]) await get('/page/1')
  passSeconds(61)
  expect(await one.get('/page/1')).toMatchObject({ cache: 'STALE', text: 'render 1' })
  while (renders < 2) await Bun.sleep(1)
  await Bun.sleep(1)
  expect(await other.get('/page/1')).toMatchObject({ cache: 'HIT', text: 'render 2' })
})

test('a render that fails is not tried again by others for a moment, and not kept', async () => {
  const [one, other] = [startProcess(), startProcess()]
  handle = () => new Response('broken', { status: 500 })
  expect(await one.get('/page/1')).toMatchObject({ status: 500, text: 'broken' })
  expect((await other.get('/page/1')).status).toBe(503)
  expect(renders).toBe(1)
  passSeconds(2)
  handle = () => new Response('well')
  expect(await other.get('/page/1')).toMatchObject({ status: 200, text: 'well' })
})

test('a 404 is shared for its short time', async () => {
  const [one, other] = [startProcess(), startProcess()]
  handle = () => new Response('missing', { status: 404 })
  await one.get('/page/1')
  expect(await other.get('/page/1')).toMatchObject({ status: 404, cache: 'HIT' })
  passSeconds(11)
  await other.get('/page/1')
  expect(renders).toBe(2)
})

test('answers for their askers alone pass each other by', async () => {
  const [one, other] = [startProcess(), startProcess()]
  handle = () => new Response(`render ${renders}`, { headers: { 'set-cookie': 'session=1' } })
  await one.get('/page/1')
  const gate = Promise.withResolvers<void>()
  const answer = handle
  handle = async () => {
    await gate.promise
    return answer()
  }
  const asking = Array.from({ length: 10 }, () => one.get('/page/1'))
  while (renders < 11) await Bun.sleep(1)
  gate.resolve()
  expect((await Promise.all(asking)).every(({ cache }) => cache === 'BYPASS')).toBe(true)
  expect((await other.get('/page/1')).cache).toBe('BYPASS')
})

test('another release does not serve the pages of this one', async () => {
  const [one, other] = [startProcess('one'), startProcess('two')]
  await one.get('/page/1')
  expect(await other.get('/page/1')).toMatchObject({ cache: 'MISS', text: 'render 2' })
})

test('without the tier each process renders for itself, and drops what was invalidated when it is back', async () => {
  const chaos = new ChaosTier(tier)
  tier = chaos
  const [one, other] = [startProcess(), startProcess()]
  await one.get('/page/1')
  await other.get('/page/1')
  chaos.chaos = { kind: 'failing' }
  await one.cache.invalidate('id:1')
  handle = () => new Response('new')
  expect(await one.get('/page/1')).toMatchObject({ status: 200, text: 'new' })
  chaos.chaos = { kind: 'none' }
  while ((await one.backend.tier.sequence().catch(() => undefined)) === undefined) await Bun.sleep(5)
  passSeconds(2)
  expect((await startProcess().get('/page/1')).text).toBe('new')
})
