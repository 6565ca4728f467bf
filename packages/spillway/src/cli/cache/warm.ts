/** `spillway cache warm`: the app's warmers, here and now; what they load is there for the whole fleet. @module */
import type { App } from '../../app.ts'
import { runWarmer, type Warmer } from '../../cache/index.ts'
import { createLogger, messageOf, type PlatformSettings, startParts } from '../../foundation/index.ts'
import { createPipeline, SharedPages } from '../../http/index.ts'
import { databaseParts } from '../../server/database-parts.ts'
import { entryOf } from '../../server/load-app.ts'
import { visitor } from '../../server/page-visits.ts'
import { releaseOf, withSettings } from '../../server/release.ts'
import { type Command, parse, UsageError } from '../command.ts'
import { printJson } from '../json.ts'
import { amount, duration } from '../quantities.ts'
import { red } from '../style.ts'
import { withPrimary } from '../with-primary.ts'
import { cacheOptions, type OpenedCaches, withCaches } from './with-caches.ts'

interface Outcome {
  name: string
  warmed: number
  failed: number
  tookMs: number
  /** Why the run has ended early. */
  error?: string
}

export const warm: Command = {
  name: 'warm',
  summary: "run the app's warmers now",
  usage: `
spillway cache warm [warmer]…

  --app <path>   the app, if it isn't the one of this folder
  --json         the answer as data

Without a name all of them run.

Example: spillway cache warm products`,
  run,
}

async function run(args: string[]): Promise<number> {
  const { positionals: names, values } = parse('cache warm', { args, options: cacheOptions })
  const path = values.app ?? '.'
  return await withCaches(path, async (caches) => {
    const warmers = chosenWarmers(caches.app, names)
    const release = withSettings(releaseOf(entryOf(path), caches.settings.DATA_DIR), caches.app, caches.settings)
    const outcomes = await withDatabases(path, caches, () => runAll(warmers, caches, release))
    if (values.json) printJson({ warmers: outcomes })
    else for (const outcome of outcomes) console.log(lineOf(outcome))
    return outcomes.some(({ failed, error }) => failed > 0 || error !== undefined) ? 1 : 0
  })
}

function chosenWarmers({ name, warmers }: App, names: string[]): readonly Warmer[] {
  if (warmers.length === 0) throw new UsageError(`The app ${name} has no warmers.`, 'Declare some: docs/cache.md.')
  const unknown = names.find((one) => warmers.every((warmer) => warmer.name !== one))
  if (unknown === undefined) return warmers.filter((warmer) => names.length === 0 || names.includes(warmer.name))
  throw new UsageError(
    `There is no warmer "${unknown}".`,
    `There are ${warmers.map((warmer) => warmer.name).join(', ')}.`,
  )
}

/** As a process of the fleet has them. */
async function withDatabases<Result>(path: string, { app, settings }: OpenedCaches, work: () => Promise<Result>) {
  if (app.databases.length === 0) return await work()
  return await withPrimary(
    path,
    async ({ primaryUrl, replicaUrls }) => {
      const found: PlatformSettings = { ...settings, DATABASE_URL: primaryUrl, DATABASE_REPLICA_URLS: replicaUrls }
      const stop = await startParts(databaseParts(app, found, 'cache warm', createLogger('cache', 'warn')))
      return await work().finally(stop)
    },
    { whereNone: 'refuse' },
  )
}

async function runAll(warmers: readonly Warmer[], caches: OpenedCaches, release: string): Promise<Outcome[]> {
  const { app, settings, backends } = caches
  // Its lines tell what could not be warmed, and why; on a terminal's other stream.
  const logger = createLogger('cache', 'warn')
  const pipeline = createPipeline({
    routes: app.http,
    logger,
    pageCacheBytes: settings.PAGE_CACHE ? settings.PAGE_CACHE_MB * 2 ** 20 : 0,
    sharedPages: new SharedPages({ backend: backends.of('default'), release, logger }),
  })
  const stopping = new AbortController()
  process.once('SIGINT', () => stopping.abort())
  const outcomes: Outcome[] = []
  for (const warmer of warmers) {
    if (stopping.signal.aborted) break
    const startedAt = performance.now()
    const { name } = warmer
    try {
      const warming = { signal: stopping.signal, logger, page: visitor(pipeline) }
      outcomes.push({ name, ...(await runWarmer(warmer, warming)) })
    } catch (error) {
      const tookMs = Math.round(performance.now() - startedAt)
      outcomes.push({ name, warmed: 0, failed: 0, tookMs, error: messageOf(error) })
    }
  }
  return outcomes
}

function lineOf({ name, warmed, failed, tookMs, error }: Outcome): string {
  if (error !== undefined) return `${red('Not warmed')} ${name}: ${error}`
  const failures = failed > 0 ? `, ${red(`${amount(failed)} could not be`)}` : ''
  return `${name}: ${amount(warmed)} warmed${failures}, ${duration(tookMs)}.`
}
