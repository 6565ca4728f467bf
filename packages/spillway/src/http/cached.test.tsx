import { afterEach, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { createContext, useContext } from 'hono/jsx'
import { renderToReadableStream, Suspense } from 'hono/jsx/streaming'
import { Backend, Cache, defineCaches, MemoryTier, SqliteBus, SqliteTier, silentBus } from '../cache/index.ts'
import { observeQueries } from '../database/index.ts'
import { isObserved } from '../database/observed-queries.ts'
import { createLogger, currentContext } from '../foundation/index.ts'
import { Cached } from './cached.tsx'
import { addTags, cachePage } from './page-cache/middleware.ts'
import { SharedPages } from './page-cache/shared-pages.ts'
import { createPipeline } from './pipeline.ts'

const logger = createLogger('test', 'silent')
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

function overMemory(): Cache[] {
  const backend = new Backend({ tier: new MemoryTier(), bus: silentBus, logger })
  return [backend].map(startCache)
}

/** As two processes of one machine have them. */
function overSqlite(): Cache[] {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-cached-'))
  undo.push(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'cache.db')
  return [1, 2].map(() => {
    const backend = new Backend({ tier: new SqliteTier({ path }), bus: new SqliteBus(path), logger })
    return startCache(backend)
  })
}

function startCache(backend: Backend): Cache {
  const cache = new Cache({ name: 'fragments' })
  cache.start(backend, logger)
  undo.push(async () => {
    cache.stop()
    await backend.close()
  })
  return cache
}

/** How pages leave: by the means that Hono has for it. */
async function html(page: unknown): Promise<string> {
  const app = new Hono().get('/', (c) => c.html(page as string))
  return await (await app.request('/')).text()
}

describe.each([
  ['memory', overMemory],
  ['SQLite', overSqlite],
] as const)('a fragment over %s', (_, open) => {
  test('is rendered once for all who see it', async () => {
    const caches = open()
    let renders = 0
    const Reviews = async () => <p>{`<b> & ${++renders}`}</p>
    const page = (cache: Cache) => (
      <main>
        <Cached cache={cache} name="reviews:42" ttl={60}>
          {() => <Reviews />}
        </Cached>
      </main>
    )
    const shown = await Promise.all(caches.flatMap((cache) => Array.from({ length: 10 }, () => html(page(cache)))))
    expect(new Set(shown)).toEqual(new Set(['<main><p>&lt;b&gt; &amp; 1</p></main>']))
    expect(renders).toBe(1)
  })

  test('has a render for each name', async () => {
    const [cache] = open() as [Cache]
    const page = (language: string) => (
      <Cached cache={cache} name={`hello:${language}`} ttl={60}>
        {() => language}
      </Cached>
    )
    expect([await html(page('en')), await html(page('ko')), await html(page('en'))]).toEqual(['en', 'ko', 'en'])
  })

  test('ends by a tag that was declared, and by one that was added inside', async () => {
    const caches = open()
    const writer = caches.at(-1)!
    let renders = 0
    const page = (cache: Cache) => (
      <Cached cache={cache} name="product:42" ttl={60} tags={['product:42']}>
        {async ({ tag }) => {
          tag('category:7')
          return <p>{++renders}</p>
        }}
      </Cached>
    )
    const shown = () => html(page(caches[0]!))
    expect([await shown(), await shown()]).toEqual(['<p>1</p>', '<p>1</p>'])
    await writer.invalidate('category:8')
    expect(await shown()).toBe('<p>1</p>')
    await writer.invalidate('category:7')
    await html(page(writer))
    expect(renders).toBe(2)
    await writer.invalidate('product:42')
    await html(page(writer))
    expect(renders).toBe(3)
  })

  test('ends with a fragment inside of it, also when that came from the cache', async () => {
    const [cache] = open() as [Cache]
    let renders = 0
    const inner = (
      <Cached cache={cache} name="inner" ttl={60}>
        {async ({ tag }) => {
          tag('review:1')
          return <i>{++renders}</i>
        }}
      </Cached>
    )
    const outer = (name: string) => (
      <Cached cache={cache} name={name} ttl={60}>
        {() => <b>{inner}</b>}
      </Cached>
    )
    expect(await html(inner)).toBe('<i>1</i>')
    expect(await html(outer('one'))).toBe('<b><i>1</i></b>')
    await cache.invalidate('review:1')
    expect(await html(outer('one'))).toBe('<b><i>2</i></b>')
  })

  test('ends the page around it, also when it came from the cache', async () => {
    const [cache] = open() as [Cache]
    let stock = 5
    const Stock = () => (
      <Cached cache={cache} name="stock:42" ttl={60} tags={['declared']}>
        {async ({ tag }) => {
          tag('stock:42')
          return <p>{stock}</p>
        }}
      </Cached>
    )
    const routes = new Hono()
    for (const path of ['/one', '/two']) {
      routes.get(path, cachePage({ ttl: 60 }), (c) => {
        addTags(c, 'own')
        return c.html(<Stock />)
      })
    }
    const sharedPages = new SharedPages({ backend: cache.backend!, release: 'one', logger })
    const { fetch, pageCache } = createPipeline({ routes, logger, pageCacheBytes: 2 ** 20, sharedPages })
    undo.push(() => pageCache!.stop())
    const ask = async (path: string) => {
      const response = await fetch(new Request(`http://shop.test${path}`))
      return `${response.headers.get('x-cache')} ${await response.text()}`
    }
    const first = [await ask('/one'), await ask('/two'), await ask('/two')]
    expect(first).toEqual(['MISS <p>5</p>', 'MISS <p>5</p>', 'HIT <p>5</p>'])
    stock = 4
    await cache.invalidate('stock:42')
    expect([await ask('/one'), await ask('/two')]).toEqual(['MISS <p>4</p>', 'MISS <p>4</p>'])
    for (const tag of ['declared', 'own']) {
      await pageCache!.invalidate(tag)
      expect(await ask('/two')).toBe('MISS <p>4</p>')
      expect(await ask('/two')).toBe('HIT <p>4</p>')
    }
  })
})

test('what is waited for inside is in the fragment, in place of what stands for it', async () => {
  const [cache] = overMemory() as [Cache]
  const Slow = async () => {
    await Bun.sleep(1)
    return <p>there</p>
  }
  const page = (
    <Cached cache={cache} name="slow" ttl={60}>
      {() => (
        <Suspense fallback={<p>wait</p>}>
          <Slow />
        </Suspense>
      )}
    </Cached>
  )
  expect([await html(page), await html(page)]).toEqual(['<p>there</p>', '<p>there</p>'])
})

test('a fragment can be what a streamed page waits for', async () => {
  const [cache] = overMemory() as [Cache]
  const page = (
    <Suspense fallback={<p>wait</p>}>
      <Cached cache={cache} name="streamed" ttl={60}>
        {() => <p>there</p>}
      </Cached>
    </Suspense>
  )
  const streamed = await new Response(renderToReadableStream(page)).text()
  expect(streamed).toContain('<p>wait</p>')
  expect(streamed).toContain('<p>there</p>')
})

test('a fragment does not see what the page has set up for its visitor, only the request it belongs to', async () => {
  const [cache] = overMemory() as [Cache]
  const Visitor = createContext('nobody')
  const Greeting = async () => {
    const visitor = useContext(Visitor)
    await Bun.sleep(1)
    return <p>{`${visitor} ${useContext(Visitor)} ${currentContext()?.id ? 'with an id' : ''}`}</p>
  }
  const routes = new Hono().get('/', (c) =>
    c.html(
      <Visitor.Provider value="Mina">
        <Greeting />
        <Cached cache={cache} name="greeting" ttl={60}>
          {() => <Greeting />}
        </Cached>
        <Greeting />
      </Visitor.Provider>,
    ),
  )
  const { fetch } = createPipeline({ routes, logger, pageCacheBytes: 0 })
  const text = await (await fetch(new Request('http://shop.test/'))).text()
  const seen = ['Mina Mina with an id', 'nobody nobody with an id', 'Mina Mina with an id']
  expect(text).toBe(seen.map((line) => `<p>${line}</p>`).join(''))
})

test('a fragment that fails fails its page, and is not kept', async () => {
  const [cache] = overMemory() as [Cache]
  let fails = true
  const page = () => (
    <Cached cache={cache} name="failing" ttl={60} grace={60}>
      {async () => {
        if (fails) throw new Error('the database is away')
        return <p>there</p>
      }}
    </Cached>
  )
  const app = new Hono().get('/', (c) => c.html(page())).onError((error, c) => c.text(error.message, 500))
  expect(await (await app.request('/')).text()).toContain('the database is away')
  fails = false
  await cache.delete('fragment:failing')
  expect(await html(page())).toBe('<p>there</p>')
})

test('a strategy chooses among the caches of an app', async () => {
  const caches = defineCaches()
  const backend = new Backend({ tier: new MemoryTier(), bus: silentBus, logger })
  caches.start(() => backend, logger)
  undo.push(
    () => backend.close(),
    () => caches.stop(),
  )
  const page = (
    <Cached cache={caches} name="tree" strategy="cold">
      {() => <p>tree</p>}
    </Cached>
  )
  expect(await html(page)).toBe('<p>tree</p>')
  expect(caches.named('longTerm').stats().sets).toBe(1)
})

test('the queries of a fragment are seen by whoever watches those of the page', async () => {
  const [cache] = overMemory() as [Cache]
  const seen = await observeQueries(() =>
    html(
      <Cached cache={cache} name="observed" ttl={60}>
        {() => <p>{String(isObserved())}</p>}
      </Cached>,
    ),
  )
  expect(seen.result).toBe('<p>true</p>')
})
