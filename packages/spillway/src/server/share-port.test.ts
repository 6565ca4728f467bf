import { expect, test } from 'bun:test'
import { availableParallelism } from 'node:os'
import { freePort } from '../embedded/ports.ts'
import { platformSettings, readSettings } from '../foundation/index.ts'
import { until } from '../testing/until.ts'
import { webWorkers } from './share-port.ts'

const isLinux = process.platform === 'linux'

test('there is a worker for each core where processes can share a port, unless somebody says how many', () => {
  const workers = (WEB_WORKERS: string) => webWorkers(readSettings(platformSettings, { WEB_WORKERS }))
  expect(workers('0')).toBe(isLinux ? availableParallelism() : 1)
  expect(workers('7')).toBe(7)
})

test.if(isLinux)('while there is a process more than usual, new connections are for the newest', async () => {
  const port = freePort([])
  const first = await startSharer(port, 'first')
  const second = await startSharer(port, 'second')
  await until(async () => (await askOften(port)).size === 2, { what: 'both to answer' })

  const newest = await startSharer(port, 'newest')
  expect(await askOften(port)).toEqual(new Set(['newest']))

  // Its place is the one of the process that left; there is no place more than usual, and all share again.
  first.kill()
  await first.exited
  await until(async () => (await askOften(port)).size === 2, { what: 'the two that are left to answer' })
  expect(await askOften(port)).not.toContain('first')
  for (const sharer of [second, newest]) sharer.kill()
})

/** A process that listens on the port with others, of which there are usually two. */
async function startSharer(port: number, name: string) {
  const code = `
    import { dealToNewcomers } from ${JSON.stringify(new URL('./share-port.ts', import.meta.url).pathname)}
    Bun.serve({ hostname: '127.0.0.1', port: ${port}, reusePort: true, fetch: () => new Response('${name}') })
    if (!dealToNewcomers(2)) throw new Error('refused by the kernel')
    console.log('listening')`
  const sharer = Bun.spawn([process.execPath, '-e', code], { stdout: 'pipe' })
  const { done } = await sharer.stdout.getReader().read()
  if (done) throw new Error(`${name} does not listen`)
  return sharer
}

async function askOften(port: number): Promise<Set<string>> {
  const ask = () => fetch(`http://127.0.0.1:${port}`, { keepalive: false, headers: { connection: 'close' } })
  return new Set(await Promise.all(Array.from({ length: 30 }, async () => await (await ask()).text())))
}
