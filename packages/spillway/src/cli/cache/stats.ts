/** `spillway cache stats`: the figures of all processes of a fleet, as one. @module */
import { FleetFigures, figuresEveryMs, redisUsage, sqliteUsage, type TierUsage } from '../../cache/index.ts'
import { type CachePlace, cachePlaces, nameOfPlace } from '../../server/cache-places.ts'
import { type Command, parse, UsageError } from '../command.ts'
import { show } from '../watch.ts'
import { statsText, type TierState } from './stats-text.ts'
import { changedSince, summaries } from './summary.ts'
import { cacheOptions, type OpenedCaches, withCaches } from './with-caches.ts'

export const stats: Command = {
  name: 'stats',
  summary: 'hits, misses, loads and hot keys of all processes, and how full the tier is',
  usage: `
spillway cache stats

  --watch        again every few seconds, with what has changed since
  --app <path>   the app, if it isn't the one of this folder
  --json         the answer as data; with --watch a line for each look

Example: spillway cache stats --watch`,
  run,
}

async function run(args: string[]): Promise<number> {
  const options = { ...cacheOptions, watch: { type: 'boolean' } } as const
  const { positionals, values } = parse('cache stats', { args, options })
  if (positionals.length > 0) {
    throw new UsageError('stats tells of all caches, without names.', '`spillway cache stats --help` shows how.')
  }
  return await withCaches(values.app, async (caches) => {
    const figures = new FleetFigures(caches.backends.of('default').tier)
    let before: Processes | undefined
    const look = async () => {
      const now = await figures.read()
      const report = await reportOf(now, before, caches)
      const counted = before ? 'since the last look' : 'since each began'
      before = now
      return { data: report, text: () => statsText(report, counted) }
    }
    await show(look, { ...values, everyMs: figuresEveryMs })
    return 0
  })
}

type Processes = Awaited<ReturnType<FleetFigures['read']>>

async function reportOf(now: Processes, before: Processes | undefined, caches: OpenedCaches) {
  const processes = now.map(({ caches: _, ...process }) => process)
  const counted = before ? changedSince(before, now) : now
  return { processes, tiers: await tiersOf(caches), caches: summaries(counted) }
}

async function tiersOf({ app, settings }: OpenedCaches): Promise<TierState[]> {
  const places = cachePlaces(app, settings)
  return await Promise.all(
    places.map(async ({ place, caches }) => ({
      place: nameOfPlace(place),
      caches: caches.includes('default') ? [...caches, 'pages'] : caches,
      ...(await usageOf(place)),
    })),
  )
}

async function usageOf(place: CachePlace): Promise<TierUsage> {
  return 'file' in place ? sqliteUsage(place.file) : await redisUsage(place)
}
