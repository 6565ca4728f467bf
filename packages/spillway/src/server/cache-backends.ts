/**
 * What the caches of a process share with other processes: Redis where settings name one, else a file in DATA_DIR.
 *
 * @module
 */
import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import type { App } from '../app.ts'
import {
  AbsentTier,
  Backend,
  type BackendOptions,
  RedisBus,
  RedisTier,
  SqliteBus,
  SqliteTier,
  silentBus,
} from '../cache/index.ts'
import { type Logger, messageOf, type PlatformSettings, SpillwayError } from '../foundation/index.ts'
import { isDamage } from './cache-file.ts'
import { type CachePlace, cacheNames, cachePlace, nameOfPlace } from './cache-places.ts'

/** How long a start waits for Redis. */
const redisPatienceMs = 2_000

/** What ties all of them to the rest of a process. */
export type BackendHooks = Pick<BackendOptions, 'floors' | 'onInvalidated'>

interface Opened {
  backend: Backend
  place: CachePlace
  ready: Promise<unknown>
}

export class CacheBackends {
  readonly #app: App
  readonly #settings: PlatformSettings
  readonly #logger: Logger
  readonly #common: Omit<BackendOptions, 'tier' | 'bus'>
  readonly #opened = new Map<string, Opened>()

  constructor(app: App, settings: PlatformSettings, logger: Logger, hooks: BackendHooks = {}) {
    this.#common = { logger, ...hooks }
    this.#app = app
    this.#settings = settings
    this.#logger = logger
    for (const name of cacheNames(app)) this.of(name)
  }

  /** The backend of a cache. Those on the same server share one. */
  of(name: string): Backend {
    const place = cachePlace(this.#app, this.#settings, name)
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

  /** Waits for a moment; then it goes on without, until it is there. */
  async ready(): Promise<void> {
    await this.ensureReady().catch((error: unknown) => {
      this.#logger.warn({ error: messageOf(error) }, 'the shared cache is not there yet: going on without')
    })
  }

  /** @throws {SpillwayError} `CACHE_AWAY` when one of them doesn't answer within a moment. */
  async ensureReady(): Promise<void> {
    await Promise.all([...this.#opened.values()].map(answered))
  }

  async close(): Promise<void> {
    const opened = [...this.#opened.values()]
    this.#opened.clear()
    await Promise.all(opened.map(({ backend }) => backend.close()))
  }

  #open(place: CachePlace): Opened {
    const common = this.#common
    if (!('file' in place)) {
      const tier = new RedisTier(place)
      const bus = new RedisBus(place)
      const ready = Promise.all([tier.ready(), bus.ready()])
      // Whoever asks hears of it.
      ready.catch(() => undefined)
      return { backend: new Backend({ tier, bus, ...common }), place, ready }
    }
    return { backend: new Backend({ ...this.#openFile(place.file), ...common }), place, ready: Promise.resolve() }
  }

  #openFile(path: string) {
    try {
      mkdirSync(dirname(path), { recursive: true })
      const tier = new SqliteTier({ path, maxBytes: this.#settings.CACHE_FILE_MB * 2 ** 20 })
      return { tier, bus: new SqliteBus(path) }
    } catch (cause) {
      const error = fileUnusable(path, cause)
      if (!isDamage(cause)) throw error
      // Others may have it open: it stays as it is, and this process goes on as it would while a server is away.
      this.#logger.error({ file: path, error: error.message }, `this process shares no cache. ${error.hint}`)
      return { tier: new AbsentTier('sqlite', error), bus: silentBus }
    }
  }
}

async function answered({ ready, place }: Opened): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('it takes long')), redisPatienceMs)
  try {
    await Promise.race([ready, late.promise])
  } catch (cause) {
    throw new SpillwayError('CACHE_AWAY', `The shared cache, ${nameOfPlace(place)}, does not answer.`, {
      hint: 'Start it, or name another with REDIS_URL.',
      cause,
    })
  } finally {
    clearTimeout(timer)
  }
}

function fileUnusable(path: string, cause: unknown): SpillwayError {
  const hint = isDamage(cause)
    ? 'Stop the program and start it again: the file is made anew then.'
    : 'Let this account write it, or delete it: it is made anew. Or set REDIS_URL.'
  return new SpillwayError('CACHE_FILE_UNUSABLE', `The cache file ${path} can't be used: ${messageOf(cause)}`, {
    hint,
    cause,
  })
}
