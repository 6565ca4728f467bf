/** A network between us and a server that can be made slow, or taken away. @module */
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface SlowProxy {
  /** The target's URL, through the proxy. */
  readonly url: string
  /** Each way; what is under way keeps the delay that it had. */
  delayMs: number
  /** Connections break, and new ones are refused: the server's machine is up, the server is not. */
  cut(): void
  /** Nothing comes through, and nobody is told: a network that loses everything. */
  freeze(): void
  /** Undoes both; what was frozen goes on. */
  restore(): Promise<void>
  /** New connections go there instead, as behind a name or a load balancer; those that exist stay where they are. */
  retarget(url: string): void
  stop(): Promise<void>
}

interface SlowProxyOptions {
  /** URL of the server behind it. */
  target: string
  /** @default 0 */
  delayMs?: number
}

/**
 * Stands in front of a server, for tests of what its users do when it is slow or out of reach.
 *
 * @example
 * const proxy = await slowProxy({ target: test.replicaUrl, delayMs: 50 })
 * proxy.cut()
 * await proxy.restore()
 * await proxy.stop()
 */
export async function slowProxy({ target, delayMs = 0 }: SlowProxyOptions): Promise<SlowProxy> {
  const sockets = new Set<Socket>()
  let behind = new URL(target)
  let isFrozen = false
  let server = await listen(0)
  const { port } = server.address() as { port: number }

  /** What must wait is read no further, so that nothing is lost and the sender's buffers fill up. */
  const forward = (from: Socket, to: Socket) => {
    from.on('data', (part) => setTimeout(() => to.writable && to.write(part), proxy.delayMs))
    from.on('close', () => setTimeout(() => to.destroy(), proxy.delayMs))
    // The close that follows tells the other side.
    from.on('error', () => undefined)
    sockets.add(from)
    from.on('close', () => sockets.delete(from))
    if (isFrozen) from.pause()
  }

  function listen(onPort: number): Promise<Server> {
    return new Promise((resolve, reject) => {
      const listening = createServer((client) => {
        const upstream = connect(Number(behind.port || 5432), behind.hostname)
        forward(client, upstream)
        forward(upstream, client)
      })
      listening.once('error', reject).listen(onPort, '127.0.0.1', () => resolve(listening))
    })
  }

  function cut() {
    server.close()
    for (const socket of sockets) socket.destroy()
  }

  const url = new URL(target)
  url.host = `127.0.0.1:${port}`
  const proxy: SlowProxy = {
    url: url.href,
    delayMs,
    cut,
    freeze() {
      isFrozen = true
      for (const socket of sockets) socket.pause()
    },
    async restore() {
      isFrozen = false
      for (const socket of sockets) socket.resume()
      if (!server.listening) server = await listen(port)
    },
    retarget(to) {
      behind = new URL(to)
    },
    async stop() {
      cut()
    },
  }
  return proxy
}
