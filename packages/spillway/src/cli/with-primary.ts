/** For commands that work on the primary, whether it is given, embedded and running, or embedded and stopped. @module */
import type { App } from '../app.ts'
import { primaryUrl as findPrimaryUrl } from '../database/index.ts'
import { type EmbeddedUrls, findEmbeddedUrls, hasEmbeddedCluster } from '../embedded/index.ts'
import { type PlatformSettings, SpillwayError, startTether } from '../foundation/index.ts'
import { atPrimaries, type DatabaseServers, databaseServers } from '../server/database-servers.ts'
import { startEngines } from '../server/engines.ts'
import { loadApp } from '../server/load-app.ts'

export interface Primary {
  app: App
  settings: PlatformSettings
  /** Of the default database. */
  primaryUrl: string
  replicaUrls: string[]
  /** Every database of the app. */
  databases: DatabaseServers[]
}

interface WithPrimaryOptions {
  /** What happens where there is no embedded database yet. Default `create`. */
  whereNone?: 'create' | 'refuse'
}

/** An embedded PostgreSQL that does not run is started for the work and stopped after it. */
export async function withPrimary<Result>(
  appPath: string,
  work: (primary: Primary) => Promise<Result>,
  { whereNone = 'create' }: WithPrimaryOptions = {},
): Promise<Result> {
  const app = await loadApp(appPath)
  const settings = app.readSettings(process.env)
  const on = async ({ primaryUrl, replicaUrls }: EmbeddedUrls): Promise<Primary> => {
    const databases = await atPrimaries(databaseServers(app, settings, { primaryUrl, replicaUrls }))
    return { app, settings, primaryUrl: await findPrimaryUrl(primaryUrl), replicaUrls, databases }
  }
  const running = givenUrls(settings) ?? findEmbeddedUrls(settings.DATA_DIR)
  if (running) return await work(await on(running))
  if (whereNone === 'refuse' && !hasEmbeddedCluster(settings.DATA_DIR)) {
    throw new SpillwayError('NO_DATABASE', `There is no embedded PostgreSQL in DATA_DIR ${settings.DATA_DIR}.`, {
      hint: 'Start the program with `npm start` first, set DATA_DIR to the one that it uses, or DATABASE_URL.',
    })
  }
  const tether = startTether()
  const engines = await startEngines(settings, tether, () => undefined)
  try {
    return await work(await on(engines))
  } finally {
    await engines.stop()
    await tether.stop()
  }
}

function givenUrls({ DATABASE_URL: primaryUrl, DATABASE_REPLICA_URLS: replicaUrls }: PlatformSettings) {
  return primaryUrl ? { primaryUrl, replicaUrls } : undefined
}
