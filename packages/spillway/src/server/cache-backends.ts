/**
 * What the caches of a process share with other processes: Redis where settings name one, else a file in DATA_DIR.
 *
 * @module
 */
import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import type { App } from '../app.ts'
import { Backend, RedisBus, type RedisOptions, RedisTier, redisAddress, SqliteBus, SqliteTier } from '../cache/index.ts'
import { givenRedis, type Logger, messageOf, type PlatformSettings, SpillwayError } from '../foundation/index.ts'

/** How long a start waits for Redis; then it goes on without, until it is there. */
const redisPatienceMs = 2_000

export class CacheBackends {
  readonly #app: string
  readonly #settings: PlatformSettings
  readonly #logger: Logger
  readonly #opened = new Map<string, { backend: Backend; ready: Promise<unknown> }>()

  constructor(app: App, settings: PlatformSettings, logger: Logger) {
    this.#app = app.name
    this.#settings = settings
    this.#logger = logger
    for (const name of app.caches?.all.keys() ?? []) this.of(name)
    this.of('default')
  }

  /** The backend of a cache. Those on the same server share one. */
  of(name: string): Backend {
    const place = this.#placeOf(name)
    const id = JSON.stringify(place)
    const opened = this.#opened.get(id) ?? this.#open(place)
    this.#opened.set(id, opened)
    return opened.backend
  }

  get all(): Backend[] {
    return [...this.#opened.values()].map(({ backend }) => backend)
  }

  /** Names what is kept there: the same in all processes that share it, and in no other. */
  get id(): string {
    const places = [...this.#opened.keys()].map((id) => (id.startsWith('{"file"') ? `${hostname()} ${id}` : id))
    return Bun.hash(places.sort().join()).toString(36)
  }

  async ready(): Promise<void> {
    const late = Bun.sleep(redisPatienceMs).then(() => Promise.reject(new Error('it takes long')))
    const ready = Promise.all([...this.#opened.values()].map(({ ready }) => ready))
    await Promise.race([ready, late]).catch((error: unknown) => {
      this.#logger.warn({ error: messageOf(error) }, 'the shared cache is not there yet: going on without')
    })
    late.catch(() => undefined)
  }

  async close(): Promise<void> {
    const opened = [...this.#opened.values()]
    this.#opened.clear()
    await Promise.all(opened.map(({ backend }) => backend.close()))
  }

  #placeOf(name: string): { file: string } | RedisOptions {
    const { REDIS_PREFIX, DATA_DIR } = this.#settings
    const given = givenRedis(this.#settings, name)
    if (!given) return { file: join(resolve(DATA_DIR), 'cache', 'cache.db') }
    const prefix = `${REDIS_PREFIX}${this.#app}:`
    return 'nodes' in given ? { nodes: given.nodes, prefix } : { ...redisAddress(given.url), prefix }
  }

  #open(place: { file: string } | RedisOptions) {
    const logger = this.#logger
    if (!('file' in place)) {
      const tier = new RedisTier(place)
      const bus = new RedisBus(place)
      return { backend: new Backend({ tier, bus, logger }), ready: Promise.all([tier.ready(), bus.ready()]) }
    }
    const path = place.file
    try {
      mkdirSync(join(path, '..'), { recursive: true })
      const tier = new SqliteTier({ path, maxBytes: this.#settings.CACHE_FILE_MB * 2 ** 20 })
      return { backend: new Backend({ tier, bus: new SqliteBus(path), logger }), ready: Promise.resolve() }
    } catch (cause) {
      throw new SpillwayError('CACHE_FILE_UNUSABLE', `The cache file ${path} can't be used: ${messageOf(cause)}`, {
        hint: 'Let this account write it, or delete it: it is made anew. Or set REDIS_URL.',
        cause,
      })
    }
  }
}
