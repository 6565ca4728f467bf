/**
 * A connection to Redis that knows whether its server may have forgotten something.
 *
 * Redis answers a write before it is on disk or on a replica. After a restart or a failover it may have forgotten
 * invalidations, and remember the values that they were to void. So the ids of the masters are kept in Redis. Who
 * connects to one that isn't among them, or that hasn't given out a number that was seen before, raises the floor: a
 * number of the sequence before which nothing holds. No answer of a new connection is passed on until that is done.
 *
 * The floor is kept in Redis, and not in the names of keys: processes that have noticed a failover and those that have
 * not yet go on sharing tags, so that an invalidation reaches both.
 *
 * @module
 */
import { Cluster, Redis } from 'ioredis'
import { type Floors, highestFloors, noFloors } from '../../foundation/index.ts'
import { TierAwayError } from '../errors.ts'
import {
  defaultPrefix,
  defaultTimeoutMs,
  openRedis,
  type RedisOptions,
  type ScriptArgument,
  scriptsOf,
} from './options.ts'
import type { RedisScript } from './scripts.ts'

const lookAfterMs = 1_000
/** Clocks drift by some milliseconds a minute at worst. */
const clockEveryMs = 60_000

type Client = Redis | Cluster
type Looking = [floor: Buffer | null, time: [Buffer, Buffer]]

export class RedisConnection {
  readonly isCluster: boolean
  readonly #client: Client
  readonly #scripts: ReturnType<typeof scriptsOf>
  readonly #timeoutMs: number
  /** In one slot. */
  readonly #names: { floor: string; servers: string; sequence: string; positions: string }
  readonly #looking: ReturnType<typeof setInterval>
  /** Masters whose connection has been checked, and hasn't broken since. */
  #trusted = new Set<Redis>()
  #trusting: Promise<void> | undefined
  #breaks = 0
  readonly #first = Promise.withResolvers<void>()
  #lastError: unknown
  #floor = 0
  #highest = 0
  /** How far this process knows that databases have come. */
  #positions = noFloors
  /** The server's time at a moment of this process's steady clock. */
  #time = { serverMs: Date.now(), atMs: performance.now() }

  constructor(options: RedisOptions) {
    const { prefix = defaultPrefix, timeoutMs = defaultTimeoutMs } = options
    this.#timeoutMs = timeoutMs
    const named = (name: string) => `{${prefix}}${name}`
    this.#names = {
      ...{ floor: named('floor'), servers: named('servers') },
      ...{ sequence: named('sequence'), positions: named('positions') },
    }
    this.#client = openRedis(options)
    this.isCluster = this.#client instanceof Cluster
    this.#scripts = scriptsOf(this.#client)
    this.#watch()
    this.#looking = setInterval(() => this.#look(), lookAfterMs)
    this.#looking.unref()
  }

  /** What was loaded before this number of the sequence may have been invalidated without Redis remembering it. */
  get floor(): number {
    return this.#floor
  }

  get sequenceName(): string {
    return this.#names.sequence
  }

  get positionsName(): string {
    return this.#names.positions
  }

  /** Positions of databases, remembered: a server that was started anew or evicts them is told again. */
  notedPositions(positions: Floors): Floors {
    this.#positions = highestFloors(this.#positions, positions)
    return this.#positions
  }

  /** A number of the sequence, remembered: a server that doesn't know it later has lost writes. */
  noted(number: Buffer): number {
    this.#highest = Math.max(this.#highest, Number(number))
    return Number(number)
  }

  /** The highest number that the sequence can have reached, and an hour more: what is above it is not ours. */
  get limit(): number {
    return Math.max(this.#highest, this.nowMs() * 1_000) + 3.6e9
  }

  /** The server's clock, whatever this machine's says. */
  nowMs(): number {
    return this.#time.serverMs + performance.now() - this.#time.atMs
  }

  /** Resolves when the server has answered for the first time. @throws {TierAwayError} when it takes too long. */
  async ready(): Promise<void> {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(this.#away()), this.#timeoutMs)
    await Promise.race([this.#first.promise, late.promise]).finally(() => clearTimeout(timer))
  }

  /** Runs a script. Replies are bytes, numbers, or lists of them. */
  run<Reply>(script: RedisScript, keys: readonly string[], args: readonly ScriptArgument[] = []) {
    return this.ask(() => this.#scripts[`${script}Buffer`](keys.length, ...keys, ...args) as Promise<Reply>)
  }

  /** Sends commands, and gives their answer only once it is sure that the floor holds for it. */
  async ask<Reply>(send: (client: Client) => Promise<Reply>): Promise<Reply> {
    if (!this.#isTrusted()) await this.#settle()
    let reply: Reply
    try {
      reply = await this.#bounded(send(this.#client))
    } catch (error) {
      throw this.#away(error)
    }
    // A node of the Cluster may have been replaced meanwhile, and this be the answer of the new one.
    if (!this.#isTrusted()) await this.#settle()
    return reply
  }

  /** The masters that answer. */
  masters(): Redis[] {
    const servers = this.#client instanceof Redis ? [this.#client] : this.#client.nodes('master')
    return servers.filter(({ status }) => status === 'ready')
  }

  async close(): Promise<void> {
    clearInterval(this.#looking)
    this.#client.disconnect()
    this.#trusted.clear()
  }

  #watch(): void {
    const remember = (error: unknown) => {
      this.#lastError = error
    }
    this.#client.on('error', remember)
    if (this.#client instanceof Cluster) {
      this.#client.on('node error', remember)
      this.#client.on('ready', () => void this.#trust())
      this.#client.on('+node', (node: Redis) => node.on('ready', () => void this.#trust()))
      // A node that was demoted and is master again may have missed something in between.
      this.#client.on('refresh', () => {
        const masters = new Set(this.masters())
        for (const node of this.#trusted) if (!masters.has(node)) this.#trusted.delete(node)
      })
      return
    }
    this.#client.on('close', () => {
      this.#breaks++
      this.#trusted.clear()
    })
    this.#client.on('ready', () => void this.#trust())
  }

  #isTrusted(): boolean {
    const client = this.#client
    if (client instanceof Redis) return client.status === 'ready' && this.#trusted.has(client)
    if (client.status !== 'ready') return false
    const masters = this.masters()
    return masters.length > 0 && masters.every((node) => this.#trusted.has(node))
  }

  /** Waits for a check that is under way, and for one that takes in what came up meanwhile. */
  async #settle(): Promise<void> {
    if (this.#trusting) await this.#trusting
    if (!this.#isTrusted() && this.masters().length > 0) await this.#trust()
    if (!this.#isTrusted()) throw this.#away()
  }

  /** One at a time; those that come meanwhile join it. Never rejects. */
  #trust(): Promise<void> {
    this.#trusting ??= this.#trustMasters()
      .catch((error: unknown) => {
        this.#lastError = error
      })
      .finally(() => {
        this.#trusting = undefined
      })
    return this.#trusting
  }

  async #trustMasters(): Promise<void> {
    const breaks = this.#breaks
    const client = this.#client
    const servers = client instanceof Redis ? this.masters() : client.nodes('master')
    const asked = await Promise.allSettled(servers.map((server) => this.#bounded(idOf(server))))
    const answered = asked.flatMap((answer, index) =>
      answer.status === 'fulfilled' ? { server: servers[index]!, id: answer.value } : [],
    )
    if (answered.length === 0) return
    const { floor, servers: known, sequence, positions } = this.#names
    const ids = answered.map(({ id }) => id)
    const askedAtMs = performance.now()
    const seen = [this.#highest, scriptText(this.#positions), ...ids]
    const reply = await this.#bounded(this.#scripts.trustBuffer(4, floor, known, sequence, positions, ...seen))
    this.#note(reply as Looking, askedAtMs)
    // A connection that has broken meanwhile leads to whatever server comes next.
    if (breaks !== this.#breaks) return
    for (const { server } of answered) if (server.status === 'ready') this.#trusted.add(server)
    this.#first.resolve()
  }

  #look(): void {
    if (!this.#isTrusted()) {
      void this.#trust()
      return
    }
    const askedAtMs = performance.now()
    if (askedAtMs - this.#time.atMs < clockEveryMs) return
    this.#bounded(this.#scripts.lookBuffer(2, this.#names.floor, this.#names.sequence)).then(
      (reply) => this.#note(reply as Looking, askedAtMs),
      (error: unknown) => {
        this.#lastError = error
      },
    )
  }

  #note([floor, [seconds, micros]]: Looking, askedAtMs: number): void {
    // Evicted or foreign: then the last one that was heard of goes on holding.
    if (floor) this.#floor = Math.max(this.#floor, this.noted(floor))
    const atMs = (askedAtMs + performance.now()) / 2
    this.#time = { serverMs: Number(seconds) * 1_000 + Number(micros) / 1_000, atMs }
  }

  /** The driver bounds what a single server owes; in a Cluster it tries again elsewhere, and nothing bounds that. */
  #bounded<Reply>(reply: Promise<Reply>): Promise<Reply> {
    if (!this.isCluster) return reply
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Error(`No answer within ${this.#timeoutMs} ms.`)), this.#timeoutMs)
    return Promise.race([reply, late.promise]).finally(() => clearTimeout(timer))
  }

  #away(cause = this.#lastError): TierAwayError {
    return new TierAwayError('redis', cause)
  }
}

/** As scripts take them: they need not parse what is empty. */
export function scriptText(positions: Floors): string {
  return Object.keys(positions).length === 0 ? '' : JSON.stringify(positions)
}

/** New with every start of the server. */
async function idOf(server: Redis): Promise<string> {
  const info = await server.info('server')
  return /^run_id:(\w+)/m.exec(info)?.[1] ?? 'unknown'
}
