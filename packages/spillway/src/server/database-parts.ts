/** The app's databases as parts of a process. @module */
import type { App } from '../app.ts'
import type { Logger, Part, PlatformSettings } from '../foundation/index.ts'
import { databaseServers } from './database-servers.ts'

/**
 * @param role part of `application_name`, so that `pg_stat_activity` tells who is connected.
 * @throws {SpillwayError} `DATABASE_URL_MISSING`.
 */
export function databaseParts(app: App, settings: PlatformSettings, role: string, logger: Logger): Part[] {
  const applicationName = `${app.name} ${role}`
  return databaseServers(app, settings).map(({ database, primaryUrl, replicaUrls, tokenName }) => ({
    name: `database ${database.name}`,
    start: async () => database.start({ name: tokenName, primaryUrl, replicaUrls, applicationName, settings, logger }),
    stop: () => database.stop(),
  }))
}
