/** Fills a database with the app's demo data. @module */
import { SQL } from 'bun'
import type { App, Progress } from '../app.ts'
import { type PlatformSettings, SpillwayError } from '../foundation/index.ts'

/**
 * @param replace remove data that is there already; otherwise they are an error.
 */
export async function seed(
  app: App,
  settings: PlatformSettings,
  primaryUrl: string,
  { replace = false, onProgress = (_: Progress) => {} } = {},
): Promise<void> {
  if (!app.seed) {
    throw new SpillwayError('SEED_MISSING', `${app.name} has no demo data.`, { hint: 'Give defineApp a `seed`.' })
  }
  const sql = new SQL({ url: primaryUrl, max: 2, connection: { application_name: `${app.name} seed` } })
  try {
    await app.seed.run({ sql, settings, progress: onProgress, replace })
  } finally {
    await sql.close({ timeout: 5 })
  }
}
