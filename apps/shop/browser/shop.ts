/** The real store for browser tests: started as people start it, on a free port with a data folder of its own. @module */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Shop {
  url: string
  stop(): Promise<void>
}

const repository = join(import.meta.dir, '../../..')

/** Starts the store and waits until it is ready, demo data included; with `SHOP_URL` it uses the one that runs there. */
export async function startShop(): Promise<Shop> {
  const running = process.env['SHOP_URL']
  if (running) return { url: running, stop: async () => {} }

  const dataDir = await mkdtemp(join(tmpdir(), 'shop-browser-'))
  const port = await freePort()
  const server = Bun.spawn([process.execPath, 'packages/spillway/bin/spillway.ts', 'start', 'apps/shop'], {
    cwd: repository,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, WEB_WORKERS: '1' },
    stdout: 'ignore',
    stderr: 'inherit',
  })
  const stop = async () => {
    server.kill('SIGTERM')
    await server.exited
    await rm(dataDir, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  try {
    await untilReady(url, server)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

async function untilReady(url: string, server: Bun.Subprocess): Promise<void> {
  while (server.exitCode === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await Bun.sleep(100)
  }
  throw new Error(`The store ended with exit code ${server.exitCode} before it was ready.`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
