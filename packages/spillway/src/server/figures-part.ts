/** What a process counts of its caches, told to whoever asks the fleet: `spillway cache stats`. @module */
import { hostname } from 'node:os'
import type { App } from '../app.ts'
import {
  type Cache,
  type CacheFigures,
  FleetFigures,
  figuresEveryMs,
  type HotKey,
  type ProcessFigures,
} from '../cache/index.ts'
import { type Logger, messageOf, type Part } from '../foundation/index.ts'
import type { PageCache, SharedPages } from '../http/index.ts'
import type { CacheBackends } from './cache-backends.ts'

interface FiguresOptions {
  app: App
  backends: CacheBackends
  pages: { pageCache: PageCache | undefined; sharedPages: SharedPages }
  process: Pick<ProcessFigures, 'role' | 'release'>
  logger: Logger
}

/** Publishes them every few seconds, beside requests and never in one. */
export function figuresPart({ app, backends, pages, process: own, logger }: FiguresOptions): Part {
  const id = crypto.randomUUID()
  const startedAtMs = Date.now()
  const figures = new FleetFigures(backends.of('default').tier)
  const hotKeys = new HotKeys()
  let timer: ReturnType<typeof setTimeout> | undefined
  let publishing: Promise<void> = Promise.resolve()

  const publish = async () => {
    const caches = { ...cachesOf(app, hotKeys), ...pagesOf(pages) }
    const told = { id, host: hostname(), pid: process.pid, ...own, startedAtMs, atMs: Date.now(), caches }
    // The tier is away: that is said when it leaves. Figures have no worth later.
    await figures.publish(told).catch((error: unknown) => {
      logger.debug({ error: messageOf(error) }, 'figures of the caches could not be published')
    })
  }
  const turn = () => {
    publishing = publish().finally(() => {
      if (timer) timer = setTimeout(turn, figuresEveryMs)
    })
  }
  return {
    name: 'figures of the caches',
    start: async () => {
      timer = setTimeout(turn, 0)
    },
    stop: async () => {
      clearTimeout(timer)
      timer = undefined
      await publishing
      // Else they vanish by themselves in a moment.
      await figures.withdraw(id).catch(() => undefined)
    },
  }
}

function cachesOf({ caches }: App, hotKeys: HotKeys): Record<string, CacheFigures> {
  return Object.fromEntries(
    [...(caches?.all ?? [])].map(([name, cache]) => {
      const { local, strategies } = cache.stats()
      return [name, { counts: { ...cache.figures }, local, strategies, hotKeys: hotKeys.of(cache) }]
    }),
  )
}

function pagesOf({ pageCache, sharedPages }: FiguresOptions['pages']): Record<string, CacheFigures> {
  if (!pageCache) return {}
  const { hits, sharedHits, stale, misses, invalidations, pages, sizeBytes, evictions } = pageCache.stats()
  const own = { localHits: hits, sharedHits, staleServed: stale, misses, invalidations }
  const local = { entries: pages, bytes: sizeBytes, evictions }
  return { pages: { counts: { ...sharedPages.figures, ...own }, local, strategies: {}, hotKeys: [] } }
}

/** To find them, all that is kept is walked over: that gets a thousandth of the time, and seldom where there is much. */
class HotKeys {
  readonly #known = new Map<Cache, { keys: HotKey[]; untilMs: number }>()

  of(cache: Cache): HotKey[] {
    const startedAtMs = performance.now()
    const known = this.#known.get(cache)
    if (known && startedAtMs < known.untilMs) return known.keys
    const keys = cache.hotKeys()
    const nowMs = performance.now()
    this.#known.set(cache, { keys, untilMs: nowMs + 1_000 * (nowMs - startedAtMs) })
    return keys
  }
}
