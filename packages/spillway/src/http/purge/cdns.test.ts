import { describe, expect, test } from 'bun:test'
import { notAtCdn } from './cdn-purge.ts'
import { cdnFrom } from './cdn-url.ts'
import { ApiServer, hanging } from './fixtures/api-server.ts'
import { PurgeFailedError } from './purge-call.ts'

const aws = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session' }
const many = (count: number) => Array.from({ length: count }, (_, index) => `product:${index}`)
const failure = (promise: Promise<unknown>) => promise.then(() => undefined).catch((error: unknown) => error)

describe('Cloudflare', () => {
  const cdnAt = (api: ApiServer) => cdnFrom(`cloudflare://Zone1?token=t%20k&endpoint=${api.url}/`)

  test('is asked to purge tags, as many as it takes at once', async () => {
    await using api = new ApiServer()
    await cdnAt(api).purge([...many(100), 'red shoes'])
    expect(api.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(2).fill('POST /client/v4/zones/Zone1/purge_cache'),
    )
    expect(api.asked[0]!.headers.get('authorization')).toBe('Bearer t k')
    expect(JSON.parse(api.asked[0]!.body).tags).toEqual(many(100))
    expect(JSON.parse(api.asked[1]!.body)).toEqual({ tags: ['red%20shoes'] })
  })

  test('is asked to purge everything', async () => {
    await using api = new ApiServer()
    await cdnAt(api).purgeEverything()
    expect(JSON.parse(api.asked[0]!.body)).toEqual({ purge_everything: true })
  })

  test('reads tags from Cache-Tag', async () => {
    await using api = new ApiServer()
    expect(cdnAt(api).label('/', ['a', 'b c'])).toEqual([['Cache-Tag', 'a,b%20c']])
    expect(cdnAt(api).label('/', many(1_001))).toBe(notAtCdn)
  })

  test('has refused when it says so with status 200', async () => {
    await using api = new ApiServer(() => Response.json({ success: false, errors: [{ message: 'no such zone' }] }))
    expect(await failure(cdnAt(api).purge(['a']))).toMatchObject({
      code: 'CDN_PURGE_FAILED',
      message: expect.stringContaining('no such zone'),
    })
  })
})

describe('Fastly', () => {
  const cdnAt = (api: ApiServer, more = '') => cdnFrom(`fastly://SVC?token=key${more}&endpoint=${api.url}`)

  test('is asked to purge keys, as many as it takes at once', async () => {
    await using api = new ApiServer()
    await cdnAt(api).purge(many(257))
    expect(api.asked.map(({ path }) => path)).toEqual(['/service/SVC/purge', '/service/SVC/purge'])
    expect(api.asked.map(({ body }) => JSON.parse(body).surrogate_keys.length)).toEqual([256, 1])
    expect(api.asked[0]!.headers.get('fastly-key')).toBe('key')
    expect(api.asked[0]!.headers.has('fastly-soft-purge')).toBe(false)
  })

  test('is asked softly on demand, but never for everything', async () => {
    await using api = new ApiServer()
    await cdnAt(api, '&soft=on').purge(['a'])
    await cdnAt(api, '&soft=on').purgeEverything()
    expect(api.asked.map(({ headers }) => headers.get('fastly-soft-purge'))).toEqual(['1', null])
    expect(api.asked[1]!.path).toBe('/service/SVC/purge_all')
  })

  test('reads tags from Surrogate-Key', async () => {
    await using api = new ApiServer()
    expect(cdnAt(api).label('/', ['a', 'b c'])).toEqual([['Surrogate-Key', 'a b%20c']])
    expect(cdnAt(api).label('/', many(2_000))).toBe(notAtCdn)
  })
})

describe('CloudFront', () => {
  const cdnAt = (api: ApiServer) => cdnFrom(`cloudfront://E1ABC?endpoint=${api.url}`, aws)

  test('is asked to invalidate cache tags, with a signature', async () => {
    await using api = new ApiServer()
    await cdnAt(api).purge(['product:42', 'a&b'])
    const [{ method, path, headers, body }] = api.asked as [(typeof api.asked)[0]]
    expect(`${method} ${path}`).toBe('POST /2020-05-31/distribution/E1ABC/invalidation')
    expect(headers.get('authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/cloudfront\/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$/,
    )
    expect(headers.get('x-amz-security-token')).toBe('session')
    expect(body).toContain('<Quantity>2</Quantity><Items><Path>#product:42</Path><Path>#a&amp;b</Path></Items>')
  })

  test('is never asked twice under one reference', async () => {
    await using api = new ApiServer()
    await cdnAt(api).purge(['a'])
    await cdnAt(api).purgeEverything()
    expect(api.asked[1]!.body).toContain('<Path>/*</Path>')
    const references = api.asked.map(({ body }) => /<CallerReference>(.+)<\/CallerReference>/.exec(body)?.[1])
    expect(new Set(references).size).toBe(2)
  })

  test('keeps no page with more tags than it reads', async () => {
    await using api = new ApiServer()
    expect(cdnAt(api).label('/', many(50))[0]?.[0]).toBe('Cache-Tag')
    expect(cdnAt(api).label('/', many(51))).toBe(notAtCdn)
  })
})

describe('Varnish', () => {
  test('is asked on every host', async () => {
    await using one = new ApiServer()
    await using two = new ApiServer()
    const cdn = cdnFrom(`varnish://${one.host},${two.host}`)
    await cdn.purge(['a', 'b c'])
    await cdn.purgeEverything()
    for (const { asked } of [one, two]) {
      expect(
        asked.map(({ method, headers }) => [method, headers.get('xkey'), headers.get('x-purge-everything')]),
      ).toEqual([
        ['PURGE', 'a b%20c', null],
        ['PURGE', null, '1'],
      ])
    }
  })
})

describe('nginx', () => {
  test('is asked for the addresses that carry a tag, or did on the page before', async () => {
    await using api = new ApiServer()
    const cdn = cdnFrom(`nginx://${api.host}`)
    expect(cdn.label('/products/1?lang=en', ['product:1', 'category:7'])).toEqual([])
    cdn.label('/products/2', ['product:2', 'category:7'])
    cdn.label('/products/2', ['product:2', 'category:8'])
    const purged = async (...tags: string[]) => {
      api.asked.length = 0
      await cdn.purge(tags)
      return api.asked.map(({ method, path }) => `${method} ${path}`).sort()
    }
    expect(await purged('category:7')).toEqual(['PURGE /products/1?lang=en', 'PURGE /products/2'])
    expect(await purged('product:2', 'category:8')).toEqual(['PURGE /products/2'])
    cdn.label('/products/2', ['product:2'])
    cdn.label('/products/2', ['product:2'])
    expect(await purged('category:7', 'unknown')).toEqual(['PURGE /products/1?lang=en'])
  })

  test('has purged what it did not have', async () => {
    await using api = new ApiServer(() => new Response('', { status: 404 }))
    const cdn = cdnFrom(`nginx://${api.host}`)
    cdn.label('/', ['a'])
    await cdn.purge(['a'])
    await cdn.purgeEverything()
    expect(api.asked.length).toBe(2)
  })
})

describe('a purge that fails', () => {
  test.each([
    ['3', 3_000],
    [new Date(Date.now() + 60_000).toUTCString(), 60_000],
    ['soon', undefined],
  ])('says when to come back: Retry-After %p', async (retryAfter, expected) => {
    await using api = new ApiServer(
      () => new Response('slow down', { status: 429, headers: { 'retry-after': retryAfter } }),
    )
    const error = await failure(cdnFrom(`fastly://s?token=t0ken&endpoint=${api.url}`).purge(['a']))
    if (!(error instanceof PurgeFailedError)) throw error
    expect(error.message).toBe('fastly: answered 429: slow down')
    if (expected === undefined) expect(error.retryAfterMs).toBeUndefined()
    else expect(Math.abs(error.retryAfterMs! - expected)).toBeLessThan(5_000)
  })

  test('names what to check, and tells no secret', async () => {
    await using api = new ApiServer(() => new Response('denied', { status: 403 }))
    const error = await failure(cdnFrom(`cloudflare://z?token=t0ken&endpoint=${api.url}`).purge(['a']))
    expect(error).toMatchObject({ hint: expect.stringContaining('credentials') })
    expect(Bun.inspect(error)).not.toContain('t0ken')
  })

  test('at a server that is away, or hangs until the caller gives up', async () => {
    await using api = new ApiServer(hanging)
    const cdn = cdnFrom(`varnish://${api.host}`)
    expect(await failure(cdn.purge(['a'], AbortSignal.timeout(20)))).toMatchObject({
      message: expect.stringMatching(/varnish: did not answer: .*time/i),
    })
    await api.stop()
    expect(await failure(cdn.purge(['a']))).toMatchObject({ code: 'CDN_PURGE_FAILED' })
  })
})
