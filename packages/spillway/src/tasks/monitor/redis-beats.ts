/** Beats under keys that expire, and a list of them. @module */
import type { Cluster, Redis } from 'ioredis'
import { type Beat, type BeatStore, beatIn, beatKeptMs, type HeardBeat } from './beat.ts'

/** By the clock of whoever sweeps, so it is far longer than a beat is kept: a list of ids costs little. */
const listedMs = 6 * beatKeptMs

export class RedisBeats implements BeatStore {
  readonly #client: Redis | Cluster
  readonly #list: string

  /** @param prefix holds what keeps all keys in one slot of a Cluster. */
  constructor(client: Redis | Cluster, prefix: string, app: string) {
    this.#client = client
    this.#list = `${prefix}:beats:${app}`
  }

  async publish(beat: Beat): Promise<void> {
    const nowMs = Date.now()
    await Promise.all([
      this.#client.set(this.#key(beat.id), JSON.stringify(beat), 'PX', beatKeptMs),
      this.#client.zadd(this.#list, String(nowMs), beat.id),
      this.#client.zremrangebyscore(this.#list, '-inf', String(nowMs - listedMs)),
      // It vanishes with the last of them.
      this.#client.pexpire(this.#list, beatKeptMs),
    ])
  }

  async read(): Promise<HeardBeat[]> {
    const ids = await this.#client.zrange(this.#list, '0', '-1')
    const heard = await Promise.all(ids.map((id) => this.#readOne(id)))
    const gone = ids.filter((_, index) => heard[index] === undefined)
    if (gone.length > 0) await this.#client.zrem(this.#list, ...gone)
    return heard.filter((one) => one !== undefined)
  }

  async #readOne(id: string): Promise<HeardBeat | undefined> {
    const [text, leftMs] = await Promise.all([this.#client.get(this.#key(id)), this.#client.pttl(this.#key(id))])
    const beat = text === null ? undefined : beatIn(JSON.parse(text))
    return beat && leftMs > 0 ? { beat, ageMs: beatKeptMs - leftMs } : undefined
  }

  #key(id: string): string {
    return `${this.#list}:${id}`
  }
}
