import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Hono } from 'hono'
import { Backend, MemoryTier, silentBus } from '../cache/index.ts'
import { createLogger, platformSettings, readSettings } from '../foundation/index.ts'
import { cachePage, createPipeline, SharedPages } from '../http/index.ts'
import { until } from '../testing/until.ts'
import { openCdn } from './cdn-part.ts'

const logger = createLogger('test', 'silent')
const purged: string[] = []
/** Hears what a Varnish would be told. */
let proxy: Bun.Server<undefined>
beforeAll(() => {
  proxy = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ method, headers }) => {
      purged.push(`${method} ${headers.get('xkey') ?? 'everything'}`)
      return new Response()
    },
  })
})
afterAll(() => proxy.stop(true))

function start() {
  const settings = readSettings(platformSettings, { CDN_PURGE_URL: `varnish://127.0.0.1:${proxy.port}` })
  const opened = openCdn(settings, logger)!
  const backend = new Backend({ tier: new MemoryTier(), bus: silentBus, logger, ...opened.hooks })
  opened.listen(backend)
  const routes = new Hono().get('/page', cachePage({ ttl: 600, tags: ['product:42'] }), (c) => c.text('page'))
  const sharedPages = new SharedPages({ backend, release: 'one', logger })
  const pipeline = createPipeline({ routes, logger, pageCacheBytes: 1e6, sharedPages, cdn: opened.cdn })
  return { pipeline, backend, stop: () => opened.part.stop() }
}

test('a page tells the CDN what it carries, and may stay there for as long as here', async () => {
  const { pipeline, stop } = start()
  for (const cache of ['MISS', 'HIT']) {
    const { headers } = await pipeline.fetch(new Request('http://localhost/page'))
    expect(headers.get('x-cache')).toBe(cache)
    expect(headers.get('xkey')!.split(' ')).toContain('product:42')
    expect(headers.get('cache-control')).toContain('s-maxage=600')
  }
  await stop()
})

test('what is invalidated is purged there, by whichever way', async () => {
  const { pipeline, backend, stop } = start()
  purged.length = 0
  await pipeline.pageCache!.invalidate('product:42')
  await until(() => purged.includes('PURGE product:42'), { what: 'the tag to be purged' })
  await backend.invalidate([...backend.tier.everything], 'hard')
  await until(() => purged.includes('PURGE everything'), { what: 'everything to be purged' })
  await stop()
})

test('without the setting there is none', () => {
  expect(openCdn(readSettings(platformSettings, {}), logger)).toBeUndefined()
})
