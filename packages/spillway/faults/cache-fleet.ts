/** Several processes of `cache-peer.ts` that share a Redis or a file, seen from the drill that starts them. @module */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CacheOptions } from '../src/cache/index.ts'
import { hasRedis, type RedisServer, startRedis } from '../src/testing/index.ts'
import type { Flaw } from './cache-flaws.ts'
import type { Orders, PeerOptions, Store } from './cache-peer.ts'
import type { Race } from './cache-race.ts'
import { Truth } from './cache-truth.ts'

export interface FleetOptions {
  peers: number
  /** @default 1 */
  tags?: number
  /** Where the values are shared; a file of the fleet's own without it. */
  store?: Store | ((index: number) => Store)
  cache?: Omit<CacheOptions, 'name'> | ((index: number) => Omit<CacheOptions, 'name'>)
  flaw?: Flaw
}

export class Fleet implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'spillway-drill-'))
  readonly peers: Peer[] = []
  readonly truth: Truth
  readonly #options: FleetOptions

  private constructor(options: FleetOptions) {
    const { tags = 1 } = options
    this.#options = options
    Truth.create(this.path('truth'), tags)
    this.truth = new Truth(this.path('truth'), tags)
  }

  static async start(options: FleetOptions): Promise<Fleet> {
    const fleet = new Fleet(options)
    try {
      await Promise.all(Array.from({ length: options.peers }, () => fleet.add()))
    } catch (error) {
      await fleet[Symbol.asyncDispose]()
      throw error
    }
    return fleet
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  /** One more process; those beyond the first `peers` have no tags of their own. */
  async add(): Promise<Peer> {
    const { peers, cache = {}, flaw, store = { path: this.path('cache.db') } } = this.#options
    const index = this.peers.length
    const peer = new Peer({
      ...{ index, peers, store: typeof store === 'function' ? store(index) : store },
      cache: typeof cache === 'function' ? cache(index) : cache,
      truth: { path: this.path('truth'), tags: this.truth.tags },
      ...(flaw && { flaw }),
    })
    this.peers.push(peer)
    await peer.ready
    return peer
  }

  /** The same order to all that live. */
  async all<Name extends keyof Orders>(name: Name, ...args: Parameters<Orders[Name]>): Promise<Answer<Name>[]> {
    const living = this.peers.filter(({ isAlive }) => isAlive)
    return await Promise.all(living.map((peer) => peer.order(name, ...args)))
  }

  /** What all have counted so far, as one. */
  async race(): Promise<Race> {
    return (await this.all('race')).reduce(added)
  }

  /** How many keys are old, over all processes. */
  async countStale(): Promise<number> {
    return (await this.all('countStale')).reduce((sum, count) => sum + count, 0)
  }

  /** Lines of a file that the processes write to. */
  lines(name: string): string[] {
    return readFileSync(this.path(name), 'utf8').trim().split('\n').filter(Boolean)
  }

  touch(...names: string[]): void {
    for (const name of names) writeFileSync(this.path(name), '')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.peers.map((peer) => peer.kill()))
    rmSync(this.folder, { recursive: true, force: true })
  }
}

type Answer<Name extends keyof Orders> = Awaited<ReturnType<Orders[Name]>>

interface Reply {
  id: number
  value?: unknown
  error?: string
}

export class Peer {
  readonly ready: Promise<unknown>
  isAlive = true
  readonly #process: Bun.Subprocess
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #count = 0

  constructor(options: PeerOptions) {
    this.ready = this.#wait().promise
    this.#process = Bun.spawn([process.execPath, join(import.meta.dir, 'cache-peer.ts')], {
      env: { ...process.env, PEER_OPTIONS: JSON.stringify(options) },
      stdio: ['ignore', 'inherit', 'inherit'],
      ipc: (reply: Reply) => this.#hear(reply),
    })
    void this.#process.exited.then((code) => {
      this.isAlive = false
      for (const { reject } of this.#waiting.values()) reject(new Error(`A process of the drill ended with ${code}.`))
    })
  }

  get pid(): number {
    return this.#process.pid
  }

  async order<Name extends keyof Orders>(name: Name, ...args: Parameters<Orders[Name]>): Promise<Answer<Name>> {
    const { promise, id } = this.#wait()
    this.#process.send({ id, name, args })
    // The peer answers with what the order of that name gives.
    return (await promise) as Answer<Name>
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal)
  }

  /** With -9. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#process.exited
  }

  #wait(): { id: number; promise: Promise<unknown> } {
    const id = this.#count++
    const waiting = Promise.withResolvers<unknown>()
    // It may be killed while nobody waits any more.
    waiting.promise.catch(() => undefined)
    this.#waiting.set(id, waiting)
    return { id, promise: waiting.promise }
  }

  #hear({ id, value, error }: Reply): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(value)
    else waiting?.reject(new Error(error))
  }
}

function added(one: Race, other: Race): Race {
  const errors = { ...one.errors }
  for (const [name, count] of Object.entries(other.errors)) errors[name] = (errors[name] ?? 0) + count
  return {
    reads: one.reads + other.reads,
    loads: one.loads + other.loads,
    overtaken: one.overtaken + other.overtaken,
    raced: one.raced + other.raced,
    invalidations: one.invalidations + other.invalidations,
    staleOwn: one.staleOwn + other.staleOwn,
    staleOthers: one.staleOthers + other.staleOthers,
    revived: one.revived + other.revived,
    lateMs: [...one.lateMs, ...other.lateMs],
    errors,
    // Each process has its own limit and its own busiest second.
    loadsAtOnce: Math.max(one.loadsAtOnce, other.loadsAtOnce),
    loadsPerSecond: one.loadsPerSecond + other.loadsPerSecond,
  }
}

export interface Place extends AsyncDisposable {
  store?: Store
  redis?: RedisServer
}

/** A fresh place for each drill to share values in. Without redis-server, only the file. */
export const places: Record<string, () => Promise<Place>> = {
  'an SQLite file': async () => ({ [Symbol.asyncDispose]: async () => undefined }),
  ...(hasRedis && {
    Redis: async () => {
      const redis = await startRedis()
      return { redis, store: { url: redis.url }, [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose]() }
    },
  }),
}
