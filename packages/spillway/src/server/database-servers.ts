/** Which servers each of an app's databases lives on. @module */
import type { App } from '../app.ts'
import { type Database, primaryUrl as findPrimaryUrl } from '../database/index.ts'
import { givenDatabase, type PlatformSettings, SpillwayError } from '../foundation/index.ts'

export interface DatabaseServers {
  database: Database
  primaryUrl: string
  replicaUrls: string[]
  /** Settings of its own name them. */
  isGiven: boolean
  /** The first database on the same primary: they share its log, so they share the consistency tokens. */
  tokenName: string
}

interface DefaultServers {
  primaryUrl: string | undefined
  replicaUrls: string[]
}

/**
 * A further database without settings of its own lives in the default one. With replicas alone it has its own readers
 * of the default primary.
 *
 * @param defaults the default database's, where an embedded PostgreSQL takes the place of DATABASE_URL.
 * @throws {SpillwayError} `DATABASE_URL_MISSING`.
 */
export function databaseServers(
  app: App,
  settings: PlatformSettings,
  defaults: DefaultServers = givenDatabase(settings, 'default'),
): DatabaseServers[] {
  const firstOn = new Map<string, string>()
  return app.databases.map((database) => {
    const given = givenDatabase(settings, database.name)
    const primaryUrl = given.primaryUrl ?? defaults.primaryUrl
    if (!primaryUrl) throw urlMissing()
    const inherited = given.primaryUrl ? [] : defaults.replicaUrls
    const tokenName = firstOn.get(primaryUrl) ?? database.name
    firstOn.set(primaryUrl, tokenName)
    return {
      ...{ database, primaryUrl, tokenName },
      replicaUrls: given.replicaUrls.length > 0 ? given.replicaUrls : inherited,
      isGiven: database.name !== 'default' && given.primaryUrl !== undefined,
    }
  })
}

/** The same with URLs of one host each, for work that needs the primary as it is now. */
export async function atPrimaries(databases: DatabaseServers[]): Promise<DatabaseServers[]> {
  return await Promise.all(databases.map(async (one) => ({ ...one, primaryUrl: await findPrimaryUrl(one.primaryUrl) })))
}

function urlMissing(): SpillwayError {
  return new SpillwayError('DATABASE_URL_MISSING', 'This process has no database.', {
    hint: 'Set DATABASE_URL, or use `spillway start`, which brings an embedded one.',
  })
}
