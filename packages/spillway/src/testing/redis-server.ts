/** One real redis-server on a port and in a folder of its own. @module */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from '../embedded/ports.ts'
import { startTether, type Tether } from '../foundation/index.ts'
import { until } from './until.ts'

const executable = Bun.which('redis-server')

/** Whether there is a `redis-server` on the path. */
export const hasRedis = executable !== null

// Skipped tests look like passed ones from afar.
if (!hasRedis) console.warn('\nredis-server is not installed: the tests of the Redis drivers are SKIPPED.\n')

const taken: number[] = []

/** A port that no other test of this process has got. */
export function redisPort(): number {
  const port = freePort(taken)
  taken.push(port)
  return port
}

export class RedisServer implements AsyncDisposable {
  readonly port = redisPort()
  readonly folder = mkdtempSync(join(tmpdir(), 'spillway-redis-'))
  readonly #args: readonly string[]
  readonly #tether: Tether = startTether({ graceMs: 500 })
  #process: Bun.Subprocess | undefined
  #release: () => void = () => undefined

  /** @param args of redis-server, before those for its port and folder. */
  constructor(args: readonly string[]) {
    this.#args = args
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** Starts it, with what it has saved, and waits until it answers. */
  async start(): Promise<this> {
    const own = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder]
    const command = [executable!, ...this.#args, ...own]
    this.#process = Bun.spawn(command, { cwd: '/', env: {}, stdio: ['ignore', 'ignore', 'ignore'], detached: true })
    this.#release = this.#tether.hold(this.#process.pid, 'SIGKILL')
    await until(async () => (await this.command('PING')) === 'PONG', { what: `redis-server on ${this.port}` })
    return this
  }

  /** `kill -9`: what was not saved is lost. */
  async kill(): Promise<void> {
    this.#process?.kill('SIGKILL')
    await this.#process?.exited
    this.#release()
  }

  async restart(): Promise<void> {
    await this.kill()
    await this.start()
  }

  /** Connections stay, and nothing answers, as behind a broken network. */
  cutOff(): void {
    this.#process?.kill('SIGSTOP')
  }

  reconnect(): void {
    this.#process?.kill('SIGCONT')
  }

  /** One command on a connection of its own. */
  async command(...[name, ...args]: [string, ...(string | number)[]]): Promise<unknown> {
    const client = new Redis(this.port, { lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false })
    // It is told by `connect` as well.
    client.on('error', () => undefined)
    try {
      await client.connect()
      return await client.call(name, ...args)
    } finally {
      client.disconnect()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    await this.#tether.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
