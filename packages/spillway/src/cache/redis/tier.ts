/**
 * The shared tier of many machines: Redis, alone, behind Sentinels, or as a Cluster.
 *
 * A value and its lease have a slot in common, tags are keys of their own, and one key is the sequence. With a single
 * server a call is one script or one command. In a Cluster it is several, in an order that errs on the side of loading
 * once too often.
 *
 * @module
 */
import type { Redis } from 'ioredis'
import { noFloors, parseFloors } from '../../foundation/index.ts'
import { CacheUsageError } from '../errors.ts'
import type { Invalidation, LeaseAnswer, LeaseRequest, Reading, SharedTier } from '../shared-tier.ts'
import { RedisConnection, scriptText } from './connection.ts'
import { defaultPrefix, type RedisOptions } from './options.ts'
import { RedisReads, versionIn } from './reads.ts'

/** A tag that is forgotten voids what carries it, so it only must outlive what is read often. */
const tagLifeMs = 7 * 86_400_000
/** Keys that a scan looks at with one command: it holds the server up for less than a millisecond. */
const scanCount = 500

export class RedisTier implements SharedTier {
  readonly name = 'redis'
  readonly #connection: RedisConnection
  readonly #reads: RedisReads
  readonly #prefix: string

  /**
   * Starts to connect. Until that is done, and whenever the server is away, calls fail with a `TierAwayError` at once.
   *
   * @example
   * const tier = new RedisTier({ url: 'redis://127.0.0.1:6379' })
   * await tier.ready()
   */
  constructor(options: RedisOptions) {
    const { prefix = defaultPrefix } = options
    if (!/^[\w:.-]+$/.test(prefix)) {
      throw new CacheUsageError(
        `The Redis prefix "${prefix}" is empty or has characters that mean something to Redis.`,
        'Use letters, digits, and any of : . _ -',
      )
    }
    this.#prefix = prefix
    this.#connection = new RedisConnection({ ...options, prefix })
    this.#reads = new RedisReads(this.#connection)
  }

  /** Rises when the server was started anew or replaced; what was loaded before is void from then on. */
  get epoch(): string {
    return String(this.#connection.floor)
  }

  nowMs(): number {
    return this.#connection.nowMs()
  }

  /** Resolves when the server has answered for the first time. @throws {TierAwayError} when it takes too long. */
  ready(): Promise<void> {
    return this.#connection.ready()
  }

  read(keys: readonly string[], tags: readonly string[]): Promise<Reading> {
    const values = keys.map((key) => this.#value(key))
    const tagNames = tags.map((tag) => this.#tag(tag))
    return this.#connection.isCluster ? this.#readFromNodes(values, tagNames) : this.#reads.read(values, tagNames)
  }

  async write(key: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<void> {
    await this.#put(key, [bufferOf(bytes), wholeMs(ttlMs)], ttlMs, tags)
  }

  async sequence(): Promise<number> {
    return this.#connection.noted(await this.#connection.run<Buffer>('sequence', [this.#connection.sequenceName]))
  }

  async replace(key: string, expected: Uint8Array, bytes: Uint8Array, ttlMs: number): Promise<boolean> {
    const args = [bufferOf(expected), bufferOf(bytes), wholeMs(ttlMs)]
    return (await this.#connection.run('replace', [this.#value(key)], args)) === 1
  }

  async delete(keys: readonly string[]): Promise<number> {
    const drops = keys.map((key) => this.#connection.run<number>('drop', [this.#value(key), this.#lease(key)]))
    return (await Promise.all(drops)).reduce((sum, count) => sum + count, 0)
  }

  async lease({ key, token, forMs, voidBefore }: LeaseRequest): Promise<LeaseAnswer> {
    const { isCluster, sequenceName, positionsName } = this.#connection
    const origin = [sequenceName, positionsName]
    const names = [this.#value(key), this.#lease(key)]
    const args = [token, wholeMs(forMs), voidBefore]
    // Before the grant and so before the load: a number that is too old voids what is loaded, never keeps it.
    const outset = isCluster ? await this.#connection.run<Outset>('outset', origin) : undefined
    const reply = outset
      ? await this.#connection.run<LeaseReply>('lease', names, [...args, outset[0]])
      : await this.#connection.run<LeaseReply>('lease', [...names, ...origin], args)
    const [kind, detail, within, bytes] = reply
    if (kind.equals(granted)) {
      const floors = this.#connection.notedPositions(parseFloors(outset?.[1] ?? within))
      return { kind: 'granted', sequence: this.#connection.noted(detail), floors, bytes: bytes ?? undefined }
    }
    return kind.equals(failed) ? { kind: 'failed', message: String(detail) } : { kind: 'held' }
  }

  async renew(key: string, token: string, forMs: number): Promise<boolean> {
    return (await this.#connection.run('renew', [this.#lease(key)], [token, wholeMs(forMs)])) === 1
  }

  async fill(key: string, token: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<boolean> {
    return await this.#put(key, [bufferOf(bytes), wholeMs(ttlMs)], ttlMs, tags, token)
  }

  async fail(key: string, token: string, failure?: { message: string; forMs: number }): Promise<void> {
    const args = failure ? [token, wholeMs(failure.forMs), failure.message] : [token]
    await this.#connection.run('fail', [this.#lease(key)], args)
  }

  async invalidate(tags: readonly string[], kind: 'hard' | 'soft', floors = noFloors): Promise<Invalidation> {
    if (tags.length === 0) return 'done'
    const { isCluster, sequenceName, positionsName } = this.#connection
    const origin = [sequenceName, positionsName]
    const names = tags.map((tag) => this.#tag(tag))
    const positions = scriptText(this.#connection.notedPositions(floors))
    if (!isCluster) {
      const args = [kind, tagLifeMs, positions]
      this.#connection.noted(await this.#connection.run('invalidate', [...origin, ...names], args))
      return 'done'
    }
    // The number first: a load that begins from here on has it, and reads what this invalidation is about.
    const number = this.#connection.noted(await this.#connection.run<Buffer>('advance', origin, [positions]))
    await Promise.all(names.map((name) => this.#connection.run('mark', [name], [number, kind, tagLifeMs])))
    return 'done'
  }

  async increment(key: string, by: number, ttlMs: number): Promise<number> {
    return await this.#connection.run<number>('increment', [`${this.#value(key)}count`], [by, wholeMs(ttlMs)])
  }

  /** A key may come twice. */
  async *scan(pattern: string): AsyncIterable<string> {
    const match = `{${this.#prefix}${pattern}}`
    for (const master of await this.#connection.ask(async () => this.#connection.masters())) {
      for await (const names of scanAll(master, match)) {
        for (const name of names) yield name.slice(this.#prefix.length + 1, -1)
      }
    }
  }

  close(): Promise<void> {
    return this.#connection.close()
  }

  async #put(key: string, args: (Buffer | number)[], ttlMs: number, tags: readonly string[], token?: string) {
    const { isCluster, sequenceName } = this.#connection
    const lifeMs = Math.max(tagLifeMs, wholeMs(2 * ttlMs))
    const names = tags.map((tag) => this.#tag(tag))
    const ending = token === undefined ? [lifeMs] : [lifeMs, token]
    // A tag that isn't known may have been invalidated and forgotten: it gets the number as of now, so that what began
    // to load before the last invalidation doesn't hold. It must have it before the value can be read: afterwards, the
    // value would be void for a moment, and a reader would load again.
    if (isCluster && tags.length > 0) {
      const now = await this.sequence()
      await Promise.all(names.map((name) => this.#connection.run('know', [name], [now, lifeMs])))
    }
    const inReach = isCluster || tags.length === 0 ? [] : [sequenceName, ...names]
    const keys = [this.#value(key), this.#lease(key), ...inReach]
    return (await this.#connection.run('put', keys, [...args, ...ending])) === 1
  }

  /**
   * Commands of one tick travel together to each node. MGET of one key, because GET fails for a key of another type,
   * where MGET gives nothing.
   */
  async #readFromNodes(values: readonly string[], tags: readonly string[]): Promise<Reading> {
    if (values.length + tags.length === 0) return { entries: [], versions: [] }
    const found = await this.#connection.ask((client) =>
      Promise.all([...values, ...tags].map(async (name) => (await client.mgetBuffer(name))[0] ?? null)),
    )
    const { floor, limit } = this.#connection
    const entries = found.slice(0, values.length).map((bytes) => bytes ?? undefined)
    return { entries, versions: found.slice(values.length).map((bytes) => versionIn(bytes, floor, limit)) }
  }

  /**
   * Redis takes the slot from what is between the first brace and the next closing one, wherever a key has braces of
   * its own; the prefix sees to it that this is never empty. Only values end with a brace.
   */
  #value(key: string): string {
    return `{${this.#prefix}${key}}`
  }

  #lease(key: string): string {
    return `{${this.#prefix}${key}}lease`
  }

  #tag(tag: string): string {
    return `{${this.#prefix}${tag}}tag`
  }
}

type Outset = [sequence: Buffer, positions?: Buffer | null]
type LeaseReply = [kind: Buffer, detail: Buffer, positions?: Buffer, bytes?: Buffer | null]

const granted = Buffer.from('granted')
const failed = Buffer.from('failed')

function wholeMs(ms: number): number {
  return Math.max(1, Math.ceil(ms))
}

/** The same memory, as the driver wants it. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

async function* scanAll(master: Redis, match: string): AsyncIterable<string[]> {
  let cursor = '0'
  do {
    const [next, names] = await master.scan(cursor, 'MATCH', match, 'COUNT', scanCount)
    cursor = next
    yield names
  } while (cursor !== '0')
}
