/** Where the caches of an app are shared, as settings say. @module */
import type { App } from '../app.ts'
import { type RedisOptions, redisAddress } from '../cache/index.ts'
import { givenRedis, type PlatformSettings } from '../foundation/index.ts'
import { cacheFile } from './cache-file.ts'

export type CachePlace = { file: string } | RedisOptions

/** Those that the app declares; pages are shared where `default` is. */
export const cacheNames = ({ caches }: App): string[] => [...new Set(['default', ...(caches?.all.keys() ?? [])])]

export function cachePlace(app: App, settings: PlatformSettings, name: string): CachePlace {
  const given = givenRedis(settings, name)
  if (!given) return { file: cacheFile(settings) }
  const prefix = `${settings.REDIS_PREFIX}${app.name}:`
  return 'nodes' in given ? { nodes: given.nodes, prefix } : { ...redisAddress(given.url), prefix }
}

/** Each place with the caches that are shared there, that of `default` first. */
export function cachePlaces(app: App, settings: PlatformSettings): { place: CachePlace; caches: string[] }[] {
  const placed = cacheNames(app).map((name) => ({ name, place: cachePlace(app, settings, name) }))
  return [...Map.groupBy(placed, ({ place }) => JSON.stringify(place)).values()].map((group) => ({
    place: group[0]!.place,
    caches: group.map(({ name }) => name),
  }))
}

/** For people; without user and password. */
export function nameOfPlace(place: CachePlace): string {
  if ('file' in place) return `SQLite file ${place.file}`
  if ('nodes' in place) return `Redis Cluster ${place.nodes.map(hostOf).join(', ')}`
  if ('sentinels' in place) return `Redis "${place.name}" of Sentinels ${place.sentinels.map(hostOf).join(', ')}`
  return `Redis ${hostOf(place.url)}`
}

function hostOf(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || 6379}${pathname.length > 1 ? pathname : ''}`
}
