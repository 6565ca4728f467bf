/**
 * The settings of further databases: `analytics` has `ANALYTICS_DATABASE_URL` and `ANALYTICS_DATABASE_REPLICA_URLS`.
 *
 * @module
 */
import { type PlatformSettings, postgresUrl, postgresUrls, type SettingsSchema } from './settings.ts'

/** Settings for the database `name`, to be added to an app's schema; the default one's are the platform's own. */
export function databaseSettings(name: string): SettingsSchema['shape'] {
  if (name === 'default') return {}
  const { url, replicaUrls } = settingNames(name)
  return {
    [url]: postgresUrl.optional().meta({
      description: `the primary of the database "${name}"; unset, it lives in the default one`,
      example: `postgres://user:password@db:5432/${name}`,
      secret: true,
    }),
    [replicaUrls]: postgresUrls.meta({
      description: `read replicas of the database "${name}", comma separated`,
      example: `postgres://user:password@replica:5432/${name}`,
      secret: true,
    }),
  }
}

/** What is set for the database `name`: nothing for one that lives in the default one. */
export function givenDatabase(
  settings: PlatformSettings,
  name: string,
): { primaryUrl: string | undefined; replicaUrls: string[] } {
  const { url, replicaUrls } = settingNames(name)
  // The schema above is what made them.
  const values = settings as Record<string, unknown>
  return {
    primaryUrl: values[url] as string | undefined,
    replicaUrls: (values[replicaUrls] as string[] | undefined) ?? [],
  }
}

function settingNames(name: string): { url: string; replicaUrls: string } {
  const prefix = name === 'default' ? '' : `${name.toUpperCase()}_`
  return { url: `${prefix}DATABASE_URL`, replicaUrls: `${prefix}DATABASE_REPLICA_URLS` }
}
