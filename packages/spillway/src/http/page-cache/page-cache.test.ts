import { afterEach, beforeEach, expect, setSystemTime, test } from 'bun:test'
import { Hono } from 'hono'
import { coarseClock, createLogger } from '../../foundation/index.ts'
import { createPipeline, type Pipeline } from '../pipeline.ts'
import { addTags, cachePage } from './middleware.ts'
import { varyOnLanguage } from './vary.ts'

const language = varyOnLanguage(['en', 'ko'])
const logger = createLogger('test', 'silent')

let renders = 0
/** Tests replace it to decide what the handler answers, and when. */
let handle: () => Response | Promise<Response>
let pipeline: Pipeline

const routes = () =>
  new Hono()
    .get(
      '/page/:id',
      cachePage({ ttl: 60, grace: 30, negativeTtl: 10, query: ['q'], tags: (c) => [`id:${c.req.param('id')}`] }),
      (c) => {
        renders++
        addTags(c, 'late')
        return handle()
      },
    )
    .get('/echo', cachePage({ ttl: 60, query: ['q'], vary: [language] }), (c) =>
      c.json({ url: c.req.url, headers: c.req.header(), language: language.of(c.req.raw.headers) }),
    )
    .get('/plain', (c) => c.text('not cached'))

const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const response = await pipeline.fetch(new Request(`http://localhost${path}`, { headers, method }))
  return {
    status: response.status,
    cache: response.headers.get('x-cache'),
    headers: response.headers,
    text: await response.text(),
  }
}

/** The coarse clock ticks by itself; tests move it at once. */
const passSeconds = (seconds: number) => {
  coarseClock.nowMs += seconds * 1_000
  setSystemTime(new Date(coarseClock.nowMs))
}

beforeEach(() => {
  renders = 0
  handle = () => new Response(`render ${renders}`)
  pipeline = createPipeline({ routes: routes(), logger, pageCacheBytes: 1_000_000 })
})
afterEach(() => {
  setSystemTime()
  coarseClock.nowMs = Date.now()
})

test('the second answer comes from the cache, byte for byte', async () => {
  const first = await get('/page/1')
  const second = await get('/page/1')
  expect(first).toMatchObject({ status: 200, cache: 'MISS', text: 'render 1' })
  expect(second).toMatchObject({ status: 200, cache: 'HIT', text: 'render 1' })
  expect(second.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=60, stale-while-revalidate=30')
  expect(second.headers.get('vary')).toBe('Accept-Encoding')
  expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
})

test('parameters that are not declared lead to the same page', async () => {
  await get('/page/1?q=a')
  expect(await get('/page/1?utm_source=x&q=a')).toMatchObject({ cache: 'HIT', text: 'render 1' })
  expect(await get('/page/1?q=b')).toMatchObject({ cache: 'MISS', text: 'render 2' })
})

test('an answer that the client has is a 304, whichever encoding it has it in', async () => {
  handle = () => new Response('x'.repeat(1_000))
  const plain = await get('/page/1')
  const brotli = await get('/page/1', { 'accept-encoding': 'br' })
  expect(brotli.headers.get('content-encoding')).toBe('br')
  for (const etag of [
    plain.headers.get('etag')!,
    brotli.headers.get('etag')!,
    `"other", W/${plain.headers.get('etag')}`,
    '*',
  ]) {
    const answer = await get('/page/1', { 'if-none-match': etag, 'accept-encoding': 'gzip' })
    expect(answer).toMatchObject({ status: 304, text: '' })
    expect(answer.headers.get('cache-control')).toContain('public')
  }
  expect(await get('/page/1', { 'if-none-match': '"other"' })).toMatchObject({ status: 200 })
})

test('each encoding is its own bytes under its own ETag, compressed once', async () => {
  handle = () => new Response('x'.repeat(1_000))
  const etags = new Set<string | null>()
  for (const encoding of ['identity', 'br', 'zstd', 'gzip']) {
    await get('/page/1', { 'accept-encoding': encoding })
    const answer = await get('/page/1', { 'accept-encoding': encoding })
    expect(answer.cache).toBe('HIT')
    expect(answer.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding)
    etags.add(answer.headers.get('etag'))
  }
  expect(etags.size).toBe(4)
  expect(renders).toBe(1)
})

test('HEAD is answered from the page of GET', async () => {
  await get('/page/1')
  expect(await get('/page/1', {}, 'HEAD')).toMatchObject({ status: 200, cache: 'HIT' })
  expect(renders).toBe(1)
})

test('other methods and authorised requests pass by', async () => {
  await get('/page/1')
  expect(await get('/page/1', { authorization: 'Bearer x' })).toMatchObject({ cache: 'BYPASS', text: 'render 2' })
  expect(await get('/page/1')).toMatchObject({ cache: 'HIT', text: 'render 1' })
  expect((await get('/page/1', {}, 'POST')).status).toBe(404)
})

test('a hundred who ask at once wait for one render', async () => {
  const gate = Promise.withResolvers<void>()
  handle = async () => {
    await gate.promise
    return new Response(`render ${renders}`)
  }
  const asking = Array.from({ length: 100 }, () => get('/page/1'))
  gate.resolve()
  expect(new Set((await Promise.all(asking)).map(({ text }) => text))).toEqual(new Set(['render 1']))
  expect(renders).toBe(1)
})

test('a failure is shared by those who wait, and not kept', async () => {
  handle = () => new Response('broken', { status: 503 })
  const answers = await Promise.all([get('/page/1'), get('/page/1'), get('/page/1')])
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503])
  expect(renders).toBe(1)
  await get('/page/1')
  expect(renders).toBe(2)
})

test('a 404 is kept for its short time only', async () => {
  handle = () => new Response('missing', { status: 404 })
  await get('/page/1')
  expect(await get('/page/1')).toMatchObject({ status: 404, cache: 'HIT' })
  passSeconds(11)
  await get('/page/1')
  expect(renders).toBe(2)
})

for (const [name, headers] of [
  ['Set-Cookie', { 'set-cookie': 'session=1' }],
  ['private', { 'cache-control': 'private' }],
  ['no-store', { 'cache-control': 'no-store, max-age=0' }],
] as const) {
  test(`an answer with ${name} is for its asker alone`, async () => {
    handle = () => new Response(`render ${renders}`, { headers })
    const answers = await Promise.all([get('/page/1'), get('/page/1')])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(2)
    expect((await get('/page/1')).cache).toBe('BYPASS')
    expect(renders).toBe(3)
  })
}

test('nothing outside the key reaches the handler', async () => {
  const { text } = await get('/echo?q=1&evil=2', {
    cookie: 'session=secret',
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'accept-language': 'ko-KR,ko;q=0.9',
    'user-agent': 'curl',
  })
  expect(JSON.parse(text)).toEqual({
    url: 'http://localhost/echo?q=1',
    headers: { 'accept-language': 'ko' },
    language: 'ko',
  })
})

test('a page is kept in each language once', async () => {
  expect((await get('/echo', { 'accept-language': 'ko' })).cache).toBe('MISS')
  expect((await get('/echo', { 'accept-language': 'en-US' })).cache).toBe('MISS')
  const hit = await get('/echo', { 'accept-language': 'ko-KR, en;q=0.1' })
  expect(hit.cache).toBe('HIT')
  expect(hit.headers.get('vary')).toBe('Accept-Encoding, Accept-Language')
  expect(JSON.parse(hit.text).language).toBe('ko')
})

test('after its ttl a page is served stale while one request renders it anew', async () => {
  await get('/page/1')
  passSeconds(61)
  expect(await get('/page/1')).toMatchObject({ cache: 'STALE', text: 'render 1' })
  await Bun.sleep(0)
  expect(await get('/page/1')).toMatchObject({ cache: 'HIT', text: 'render 2' })
})

test('a failing render leaves the stale page in place until its grace ends', async () => {
  await get('/page/1')
  handle = () => new Response('broken', { status: 500 })
  passSeconds(61)
  for (let asked = 0; asked < 5; asked++) {
    expect(await get('/page/1')).toMatchObject({ cache: 'STALE', text: 'render 1' })
    await Bun.sleep(0)
  }
  expect(renders).toBe(2)
  passSeconds(30)
  expect((await get('/page/1')).status).toBe(500)
})

test('Age tells how old the page is', async () => {
  await get('/page/1')
  passSeconds(42)
  expect((await get('/page/1')).headers.get('age')).toBe('42')
})

test('invalidating a tag drops the pages that carry it and no others', async () => {
  await get('/page/1')
  await get('/page/2')
  await pipeline.pageCache!.invalidate('id:1')
  expect((await get('/page/1')).cache).toBe('MISS')
  expect((await get('/page/2')).cache).toBe('HIT')
  await pipeline.pageCache!.invalidate('late')
  expect((await get('/page/2')).cache).toBe('MISS')
})

test('what was rendered from data before an invalidation is never served after it', async () => {
  const gate = Promise.withResolvers<void>()
  handle = async () => {
    await gate.promise
    return new Response('old')
  }
  const asking = get('/page/1')
  await pipeline.pageCache!.invalidate('id:1')
  handle = () => new Response('new')
  gate.resolve()
  await asking
  expect(await get('/page/1')).toMatchObject({ cache: 'MISS', text: 'new' })
})

test('who asks after an invalidation does not join a render from before it', async () => {
  const gate = Promise.withResolvers<void>()
  handle = async () => {
    await gate.promise
    return new Response('old')
  }
  const before = get('/page/1')
  await pipeline.pageCache!.invalidate('id:1')
  handle = () => new Response('new')
  const after = get('/page/1')
  gate.resolve()
  expect((await before).text).toBe('old')
  expect((await after).text).toBe('new')
})

test('the cache stays within its bound and keeps what is read', async () => {
  pipeline = createPipeline({ routes: routes(), logger, pageCacheBytes: 100_000 })
  handle = () => new Response('x'.repeat(5_000), { headers: { 'content-type': 'image/png' } })
  await get('/page/popular')
  for (let id = 0; id < 200; id++) {
    await get(`/page/${id}`)
    await get('/page/popular')
  }
  const stats = pipeline.pageCache!.stats()
  expect(stats.sizeBytes).toBeLessThanOrEqual(100_000)
  expect(stats.pages).toBeGreaterThan(10)
  expect(stats.evictions).toBeGreaterThan(100)
  expect((await get('/page/popular')).cache).toBe('HIT')
})

test('a page too large for the cache is answered and not kept', async () => {
  pipeline = createPipeline({ routes: routes(), logger, pageCacheBytes: 50_000 })
  handle = () => new Response('x'.repeat(20_000))
  await get('/page/1')
  expect((await get('/page/1')).cache).toBe('MISS')
  expect(pipeline.pageCache!.stats()).toMatchObject({ pages: 0, sizeBytes: 0 })
})

test('without the page cache every answer is a BYPASS', async () => {
  pipeline = createPipeline({ routes: routes(), logger, pageCacheBytes: 0 })
  await get('/page/1')
  expect(await get('/page/1')).toMatchObject({ cache: 'BYPASS', text: 'render 2' })
})

test('routes without cachePage are not touched', async () => {
  expect(await get('/plain')).toMatchObject({ cache: null, text: 'not cached' })
})

test('an answer that is not stored does not outlive an invalidation either', async () => {
  const gate = Promise.withResolvers<void>()
  handle = async () => {
    await gate.promise
    return new Response('nothing here', { status: 404 })
  }
  pipeline = createPipeline({
    routes: new Hono().get('/x', cachePage({ ttl: 60, tags: ['x'] }), () => handle()),
    logger,
    pageCacheBytes: 1e6,
  })
  const before = get('/x')
  await pipeline.pageCache!.invalidate('x')
  handle = () => new Response('here it is')
  const after = get('/x')
  gate.resolve()
  expect((await before).status).toBe(404)
  expect(await after).toMatchObject({ status: 200, text: 'here it is' })
})

test('directives count in any spelling', async () => {
  handle = () => new Response(`render ${renders}`, { headers: { 'cache-control': 'Private, Max-Age=0' } })
  await get('/page/1')
  expect((await get('/page/1')).text).toBe('render 2')
})

test('HEAD tells the length that GET has', async () => {
  const server = Bun.serve({ port: 0, fetch: pipeline.fetch })
  const lengthOf = async (method: string) =>
    (await fetch(new URL('/page/7', server.url), { method })).headers.get('content-length')
  expect(await lengthOf('HEAD')).toBe('8')
  expect(await lengthOf('HEAD')).toBe('8')
  expect(await lengthOf('GET')).toBe('8')
  await server.stop(true)
})

test('when nothing is trusted any more, no page is left and none that is being rendered is kept', async () => {
  await get('/page/1')
  const answer = Promise.withResolvers<Response>()
  handle = () => answer.promise
  const underWay = get('/page/2')
  pipeline.pageCache!.distrust()
  answer.resolve(new Response('old'))
  expect(await underWay).toMatchObject({ cache: 'MISS', text: 'old' })
  handle = () => new Response('new')
  expect(await get('/page/1')).toMatchObject({ cache: 'MISS', text: 'new' })
  expect(await get('/page/2')).toMatchObject({ cache: 'MISS', text: 'new' })
})
