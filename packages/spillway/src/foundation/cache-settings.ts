/**
 * The settings of further caches: `sessions` has `REDIS_SESSIONS_URL`, `longTerm` has `REDIS_LONG_TERM_URL`.
 *
 * @module
 */
import { type PlatformSettings, redisUrl, type SettingsSchema } from './settings.ts'

/** Settings for the cache `name`, to be added to an app's schema; the default one's are the platform's own. */
export function cacheSettings(name: string): SettingsSchema['shape'] {
  if (name === 'default') return {}
  return {
    [settingName(name)]: redisUrl.optional().meta({
      description: `the Redis of the cache "${name}"; unset, it is the default one's`,
      example: `redis://:password@${name.toLowerCase()}:6379`,
      secret: true,
    }),
  }
}

/** What is set for the cache `name`; undefined when it has no Redis. */
export function givenRedis(
  settings: PlatformSettings,
  name: string,
): { url: string } | { nodes: readonly string[] } | undefined {
  // The schema above is what made it.
  const own = (settings as Record<string, unknown>)[settingName(name)] as string | undefined
  const url = (name === 'default' ? undefined : own) ?? settings.REDIS_URL
  if (url && (url === own || settings.REDIS_NODES.length === 0)) return { url }
  return settings.REDIS_NODES.length > 0 ? { nodes: settings.REDIS_NODES } : undefined
}

function settingName(name: string): string {
  return `REDIS_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}_URL`
}
