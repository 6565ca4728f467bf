/** For commands about the caches of a fleet: opens what its processes share. @module */
import { existsSync } from 'node:fs'
import type { App } from '../../app.ts'
import type { Backend } from '../../cache/index.ts'
import { createLogger, type PlatformSettings, SpillwayError } from '../../foundation/index.ts'
import { CacheBackends } from '../../server/cache-backends.ts'
import { cachePlaces, nameOfPlace } from '../../server/cache-places.ts'
import { type Cdn, openCdn } from '../../server/cdn-part.ts'
import { loadApp } from '../../server/load-app.ts'

export const cacheOptions = { app: { type: 'string' }, json: { type: 'boolean' } } as const

export interface OpenedCaches {
  app: App
  settings: PlatformSettings
  backends: CacheBackends
}

/** What belongs to people rather than to content: it is touched only by name. */
export const personal = 'sessions'

/** @throws {SpillwayError} `CACHE_AWAY`, `CACHE_FILE_UNUSABLE`, `NO_CACHE`, `CDN_AWAY`. */
export async function withCaches<Result>(
  appPath: string | undefined,
  work: (caches: OpenedCaches) => Promise<Result>,
): Promise<Result> {
  const app = await loadApp(appPath ?? '.')
  const settings = app.readSettings(process.env)
  ensureFiles(app, settings)
  // What goes wrong is an error of the command, in its own words.
  const logger = createLogger('cache', 'silent')
  const cdn = openCdn(settings, logger)
  const backends = new CacheBackends(app, settings, logger, cdn?.hooks)
  let result: Result
  try {
    await backends.ensureReady()
    for (const { tier } of backends.all) await tier.sequence().catch(rethrowReason)
    app.caches?.start((name) => backends.of(name), logger)
    result = await work({ app, settings, backends })
  } finally {
    app.caches?.stop()
    await backends.close()
    await cdn?.part.stop()
  }
  if (cdn) ensureHeard(cdn)
  return result
}

/** The fleet has heard, and nobody is left here to try the CDN again. */
function ensureHeard({ cdn, lost }: Cdn): void {
  if (lost() === 0) return
  throw new SpillwayError('CDN_AWAY', `The CDN (${cdn.name}) was not purged: old pages stay there until they expire.`, {
    hint: 'See that CDN_PURGE_URL is right and answers, and do it again.',
  })
}

/**
 * Call it after an invalidation: while something is owed to it, a tier refuses every question.
 *
 * @throws {SpillwayError} `CACHE_AWAY` when it could not be done; this process is gone before the tier is back.
 */
export async function ensureDone({ tier }: Backend): Promise<void> {
  await tier.sequence().catch((cause: unknown) => {
    throw new SpillwayError('CACHE_AWAY', `The shared cache (${tier.name}) went away before all was done.`, {
      hint: 'See that it runs, and try again.',
      cause,
    })
  })
}

/** A file that can't be used tells what to do; that it doesn't answer is only a consequence. */
function rethrowReason(error: unknown): never {
  throw error instanceof Error && error.cause instanceof SpillwayError ? error.cause : error
}

/** Opening a file would make it. */
function ensureFiles(app: App, settings: PlatformSettings): void {
  for (const { place } of cachePlaces(app, settings)) {
    if (!('file' in place) || existsSync(place.file)) continue
    throw new SpillwayError('NO_CACHE', `There is no ${nameOfPlace(place)}, so no process has shared anything there.`, {
      hint: 'Start the program, set DATA_DIR to the one that it uses, or REDIS_URL to its Redis.',
    })
  }
}
