/**
 * Load whose failures are counted one by one: a client of our own on plain sockets, because a real one repeats
 * requests behind our back.
 *
 * @module
 */
import type { Socket } from 'bun'

export interface LoadOptions {
  url: string
  /** Clients, each with one request at a time. @default 20 */
  clients?: number
  /** One connection for many requests, or a new one for each. */
  connections: 'kept' | 'new'
  /** A kept connection rests for up to this long between two requests. @default 0 */
  restMs?: number
}

export interface Failure {
  /** `refused`, `reset`, `closed` before the answer was complete, or `status 503`. */
  reason: string
  /** Milliseconds since the load began. */
  atMs: number
  /** The answer before, on the same connection. */
  lastBody: string | undefined
}

export interface Load {
  readonly answered: number
  readonly failures: readonly Failure[]
  /** The longest wait for an answer so far; a SYN that was dropped shows as a second. */
  readonly slowestMs: number
  /** Resolves when every request that was under way has come to its end. */
  stop(): Promise<void>
}

/** Starts `clients` clients that ask for `url` until they are stopped. */
export function startLoad({ url, clients = 20, connections, restMs = 0 }: LoadOptions): Load {
  const { hostname, port, pathname, search } = new URL(url)
  const keep = connections === 'kept'
  const head = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}\r\n${keep ? '' : 'Connection: close\r\n'}\r\n`
  const startedAt = performance.now()
  const failures: Failure[] = []
  let stopping = false
  let answered = 0
  let slowestMs = 0

  async function client(): Promise<void> {
    let connection: Connection | undefined
    while (!stopping) {
      const askedAt = performance.now()
      try {
        if (!connection?.isOpen) connection = await Connection.open(hostname, Number(port))
        const { status, closes } = await connection.ask(head)
        slowestMs = Math.max(slowestMs, performance.now() - askedAt)
        if (status !== 200) throw new Error(`status ${status}`)
        answered++
        if (closes || !keep) connection.close()
      } catch (error) {
        failures.push({ reason: reasonOf(error), atMs: performance.now() - startedAt, lastBody: connection?.lastBody })
        connection?.close()
        // A server that is away refuses at once; asking again without a pause would only count our own speed.
        await Bun.sleep(5)
      }
      if (restMs > 0) await Bun.sleep(Math.random() * restMs)
    }
    connection?.close()
  }

  const running = Promise.all(Array.from({ length: clients }, client))
  return {
    get answered() {
      return answered
    },
    get slowestMs() {
      return slowestMs
    },
    failures,
    async stop() {
      stopping = true
      await running
    },
  }
}

/** How often each reason occurred, for a message. */
export function tally(failures: readonly Failure[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { reason } of failures) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

interface Answer {
  status: number
  /** The server has said that it closes the connection. */
  closes: boolean
}

class Connection {
  isOpen = true
  lastBody: string | undefined
  readonly #socket: Socket<undefined>
  #received = ''
  #waiting: PromiseWithResolvers<Answer> | undefined

  private constructor(socket: Socket<undefined>) {
    this.#socket = socket
  }

  static async open(hostname: string, port: number): Promise<Connection> {
    let connection: Connection | undefined
    const socket = await Bun.connect({
      hostname,
      port,
      socket: {
        data: (_, part) => connection?.onData(part),
        close: (_, error) => connection?.onEnd(error ? 'reset' : 'closed'),
        end: (ended) => void ended.end(),
        error: () => connection?.onEnd('reset'),
      },
    })
    connection = new Connection(socket)
    return connection
  }

  ask(request: string): Promise<Answer> {
    this.#waiting = Promise.withResolvers()
    this.#received = ''
    this.#socket.write(request)
    if (!this.isOpen) this.onEnd('closed')
    return this.#waiting.promise
  }

  close(): void {
    this.isOpen = false
    this.#socket.end()
  }

  onData(part: Uint8Array): void {
    this.#received += Buffer.from(part).toString('latin1')
    const headEnd = this.#received.indexOf('\r\n\r\n')
    if (headEnd === -1) return
    const head = this.#received.slice(0, headEnd)
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1])
    if (this.#received.length < headEnd + 4 + length) return
    this.lastBody = this.#received.slice(headEnd + 4)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve({ status: Number(head.slice(9, 12)), closes: /^connection: close/im.test(head) })
  }

  onEnd(reason: string): void {
    this.isOpen = false
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.reject(new Error(reason))
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && error.code === 'ECONNREFUSED' ? 'refused' : error.message
}
