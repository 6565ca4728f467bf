import { afterAll, describe, expect, test } from 'bun:test'
import { createLogger } from '../../foundation/index.ts'
import { hasNginx, hasVarnish, type RunningProxy, startNginx, startVarnish } from '../../testing/cache-proxies.ts'
import { until } from '../../testing/index.ts'
import { type CdnPurge, notAtCdn } from './cdn-purge.ts'
import { cdnFrom } from './cdn-url.ts'
import { Purger } from './purger.ts'

/** Behind the proxy: each address has the tags of its last segment, and shows how often it was rendered. */
let cdn: CdnPurge
const renders = new Map<string, number>()
const app = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch(request) {
    const { pathname, search } = new URL(request.url)
    const address = pathname + search
    renders.set(address, (renders.get(address) ?? 0) + 1)
    const headers = new Headers({ 'cache-control': 'public, max-age=0, s-maxage=3600', vary: 'Accept-Encoding' })
    const tags = decodeURIComponent(pathname.slice(1)).split('+')
    for (const [name, value] of pathname === '/' ? [] : cdn.label(address, tags)) headers.set(name, value)
    return new Response(`${address} ${renders.get(address)}`, { headers })
  },
})
afterAll(() => app.stop(true))

describe.each([
  ['varnish', hasVarnish, startVarnish],
  ['nginx', hasNginx, startNginx],
] as const)('a real %s', (name, isInstalled, start) => {
  const running = isInstalled ? start({ port: app.port! }) : undefined
  afterAll(async () => (await running)?.[Symbol.asyncDispose]())

  async function ready() {
    const proxy: RunningProxy = await running!
    renders.clear()
    cdn = cdnFrom(`${name}://${proxy.host}`)
    const read = async (address: string) => (await fetch(`http://${proxy.host}${address}`)).text()
    const purger = new Purger({ cdn, logger: createLogger('test', 'silent'), coalesceMs: 1, repeatAfterMs: 0 })
    return { proxy, read, purger }
  }

  test.skipIf(!isInstalled)('keeps a page until one of its tags is invalidated', async () => {
    const { read, purger } = await ready()
    const pages = ['/product:1+category:7', '/product:2+category:7?lang=ko', '/product:3+red%20shoes,%EC%8B%A0']
    for (const page of pages) for (let times = 0; times < 3; times++) expect(await read(page)).toBe(`${page} 1`)

    purger.purge('product:2')
    await until(async () => (await read(pages[1]!)) === `${pages[1]} 2`, { what: 'the fresh page' })
    expect(await read(pages[0]!)).toBe(`${pages[0]} 1`)

    purger.purge('category:7', 'red shoes,신')
    await until(async () => (await read(pages[2]!)) === `${pages[2]} 2`, { what: 'the fresh page' })
    expect(await read(pages[0]!)).toBe(`${pages[0]} 2`)
    expect(await read(pages[1]!)).toBe(`${pages[1]} 3`)
    await purger.stop()
  })

  test.skipIf(!isInstalled)('forgets everything', async () => {
    const { read, purger } = await ready()
    expect([await read('/a'), await read('/b')]).toEqual(['/a 1', '/b 1'])
    purger.purgeEverything()
    await purger.stop()
    expect([await read('/a'), await read('/b')]).toEqual(['/a 2', '/b 2'])
  })

  test.skipIf(!isInstalled)('keeps nothing that goes out as not to be kept', async () => {
    const { read } = await ready()
    cdn.label = () => notAtCdn
    expect([await read('/crowded'), await read('/crowded')]).toEqual(['/crowded 1', '/crowded 2'])
  })

  test.skipIf(!isInstalled)('lets nobody see the tags of a page', async () => {
    const { proxy } = await ready()
    const { headers } = await fetch(`http://${proxy.host}/seen`)
    expect(headers.has('xkey')).toBe(false)
  })
})
