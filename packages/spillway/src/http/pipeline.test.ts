import { describe, expect, test } from 'bun:test'
import { connect } from 'node:net'
import { Hono } from 'hono'
import { createLogger, currentContext, UnavailableError } from '../foundation/index.ts'
import { NotFoundError } from './errors.ts'
import { cachePage } from './page-cache/middleware.ts'
import { createPipeline, type PipelineOptions } from './pipeline.ts'

const logger = createLogger('test', 'silent')

const routes = new Hono()
  .get('/id', (context) => context.text(currentContext()?.id ?? 'none'))
  .get('/api/missing', () => {
    throw new NotFoundError('There is no product 42.')
  })
  .get('/api/away', () => {
    throw new UnavailableError('DATABASE_UNAVAILABLE', 'The database is away.', { retryAfterSeconds: 7 })
  })
  .get('/bug', () => {
    throw new Error('select * from secrets')
  })
  .get('/page/:name', cachePage({ ttl: 60 }), (context) => context.text(`page ${context.req.param('name')}`))
  .get('/:name', (context) => context.text(`plain ${context.req.param('name')}`))

function pipeline(options: Partial<PipelineOptions> = {}) {
  const { fetch } = createPipeline({ routes, logger, pageCacheBytes: 2 ** 20, ...options })
  return async (path: string, init?: RequestInit) => await fetch(new Request(`http://localhost${path}`, init))
}

describe('every request', () => {
  test('has an id of its own, in the context and in the answer', async () => {
    const get = pipeline()
    const [first, second] = [await get('/id'), await get('/id')]
    expect(await first.text()).toBe(first.headers.get('x-request-id')!)
    expect(first.headers.get('x-request-id')).not.toBe(second.headers.get('x-request-id'))
  })

  test('works without a page cache', async () => {
    const response = await pipeline({ pageCacheBytes: 0 })('/page/a')
    expect(await response.text()).toBe('page a')
    expect(response.headers.get('x-cache')).toBe('BYPASS')
  })
})

describe('a failure', () => {
  const errorPage: PipelineOptions['errorPage'] = ({ status, title }) => new Response(`<h1>${title}</h1>`, { status })

  test('of the API is a problem document', async () => {
    const response = await pipeline({ errorPage })('/api/missing')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status: 404, code: 'NOT_FOUND', detail: 'There is no product 42.' })
  })

  test('of a page is a page', async () => {
    const response = await pipeline({ errorPage })('/bug')
    expect(response.status).toBe(500)
    expect(await response.text()).toBe('<h1>Internal Server Error</h1>')
    expect(response.headers.get('x-request-id')).toBeString()
  })

  test('of the error page itself is a problem document', async () => {
    const broken = () => {
      throw new Error('no template')
    }
    const response = await pipeline({ errorPage: broken })('/bug')
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({ code: 'INTERNAL_ERROR' })
  })

  test('for lack of a route is a 404', async () => {
    const response = await pipeline()('/api/no/such/thing')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ detail: 'There is nothing at /api/no/such/thing.' })
  })

  test('that will pass says when to come again', async () => {
    const response = await pipeline()('/api/away')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('7')
  })

  test('tells nothing of the inside, but in development', async () => {
    expect(await (await pipeline()('/bug')).text()).not.toContain('secrets')
    const shown = (await (await pipeline({ development: true })('/bug')).json()) as Record<string, unknown>
    expect(shown['error']).toBe('select * from secrets')
    expect(shown['stack']).toContain('pipeline.test.ts')
  })
})

describe('on the wire', () => {
  test('a request without a usable host gets no other path than it asked for', async () => {
    const { fetch } = createPipeline({ routes, logger, pageCacheBytes: 2 ** 20 })
    await using server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch })
    // Cut at the wrong slash, this would be stored under /order.
    expect(await raw(server.port!, 'GET /ab/page/order HTTP/1.1\r\nHost: a b\r\n\r\n')).toStartWith('HTTP/1.1 400 ')
    expect(await raw(server.port!, 'GET /ab/page/order HTTP/1.0\r\n\r\n')).toStartWith('HTTP/1.1 404 ')
    expect(await raw(server.port!, 'GET /order HTTP/1.1\r\nHost: x:99999999\r\n\r\n')).toStartWith('HTTP/1.1 400 ')
    expect(await raw(server.port!, 'GET /order HTTP/1.0\r\n\r\n')).toEndWith('plain order')
    const response = await globalThis.fetch(`http://127.0.0.1:${server.port}/order`)
    expect(response.headers.get('x-cache')).toBeNull()
    expect(await response.text()).toBe('plain order')
  })
})

/** The whole answer to a request that no client library would send. */
function raw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.on('error', reject)
    socket.on('data', (part) => {
      answer += part
      const [head = '', body = ''] = answer.split('\r\n\r\n')
      if (body.length < Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? Number.POSITIVE_INFINITY)) return
      socket.destroy()
      resolve(answer)
    })
  })
}
