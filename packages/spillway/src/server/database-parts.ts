/** The app's databases as parts of a process. @module */
import type { App } from '../app.ts'
import { type Logger, type Part, type PlatformSettings, SpillwayError } from '../foundation/index.ts'

/**
 * @param role part of `application_name`, so that `pg_stat_activity` tells who is connected.
 */
export function databaseParts(app: App, settings: PlatformSettings, role: string, logger: Logger): Part[] {
  return app.databases.map((database) => ({
    name: `database ${database.name}`,
    start: async () => {
      const { DATABASE_URL: primaryUrl, DATABASE_REPLICA_URLS: replicaUrls } = settings
      if (!primaryUrl) {
        throw new SpillwayError('DATABASE_URL_MISSING', 'This process has no database.', {
          hint: 'Set DATABASE_URL, or use `spillway start`, which brings an embedded one.',
        })
      }
      database.start({ primaryUrl, replicaUrls, applicationName: `${app.name} ${role}`, settings, logger })
    },
    stop: () => database.stop(),
  }))
}
