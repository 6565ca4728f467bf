/** `spillway cache stats`: the figures of all processes of a fleet, as one. @module */
import { FleetFigures, figuresEveryMs, redisUsage, sqliteUsage, type TierUsage } from '../../cache/index.ts'
import { type CachePlace, cachePlaces, nameOfPlace } from '../../server/cache-places.ts'
import { parse, UsageError } from '../command.ts'
import { printJson } from '../json.ts'
import { printStats, type TierState } from './stats-text.ts'
import { changedSince, summaries } from './summary.ts'
import { cacheOptions, type OpenedCaches, withCaches } from './with-caches.ts'

export async function stats(args: string[]): Promise<number> {
  const options = { ...cacheOptions, watch: { type: 'boolean' } } as const
  const { positionals, values } = parse('cache', { args, options })
  if (positionals.length > 0) {
    throw new UsageError('stats tells of all caches, without names.', '`spillway cache --help` shows how.')
  }
  return await withCaches(values.app, async (caches) => {
    const figures = new FleetFigures(caches.backends.of('default').tier)
    let before = await figures.read()
    await show(before, before, caches, values)
    while (values.watch) {
      await Bun.sleep(figuresEveryMs)
      const now = await figures.read()
      await show(changedSince(before, now), now, caches, values)
      before = now
    }
    return 0
  })
}

type Processes = Awaited<ReturnType<FleetFigures['read']>>

async function show(
  counted: Processes,
  processes: Processes,
  caches: OpenedCaches,
  { json, watch }: { json?: boolean | undefined; watch?: boolean | undefined },
): Promise<void> {
  const tiers = await tiersOf(caches)
  const who = processes.map(({ caches: _, ...process }) => process)
  const report = { processes: who, tiers, caches: summaries(counted) }
  // Whoever reads a stream of data wants a line for each.
  if (json && watch) console.log(JSON.stringify(report))
  else if (json) printJson(report)
  else printStats(report, watch && counted !== processes ? 'since the last look' : 'since each began')
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
