/** For commands that work on the primary, whether it is given, embedded and running, or embedded and stopped. @module */
import type { App } from '../app.ts'
import { findEmbeddedUrls } from '../embedded/index.ts'
import { type PlatformSettings, startTether } from '../foundation/index.ts'
import { startEngines } from '../server/engines.ts'
import { loadApp } from '../server/load-app.ts'

interface Primary {
  app: App
  settings: PlatformSettings
  primaryUrl: string
}

/** An embedded PostgreSQL that does not run is started for the work and stopped after it. */
export async function withPrimary<Result>(
  appPath: string,
  work: (primary: Primary) => Promise<Result>,
): Promise<Result> {
  const app = await loadApp(appPath)
  const settings = app.readSettings(process.env)
  const primaryUrl = settings.DATABASE_URL ?? findEmbeddedUrls(settings.DATA_DIR)?.primaryUrl
  if (primaryUrl) return await work({ app, settings, primaryUrl })
  const tether = startTether()
  const engines = await startEngines(settings, tether, () => undefined)
  try {
    return await work({ app, settings, primaryUrl: engines.primaryUrl })
  } finally {
    await engines.stop()
    await tether.stop()
  }
}
