/** Migrates all databases of an app. @module */
import { type AppliedMigration, primaryUrl as findPrimaryUrl, migrate, pendingMigrations } from '../database/index.ts'
import { installEffects, migratePostgresTasks } from '../tasks/index.ts'
import type { DatabaseServers } from './database-servers.ts'
import type { TaskPlace } from './task-place.ts'

/** One after the other, in the order in which the app names them. @returns what was applied. */
export async function migrateAll(
  databases: DatabaseServers[],
  onApply: (name: string) => void = () => {},
): Promise<AppliedMigration[]> {
  const applied: AppliedMigration[] = []
  for (const { database, primaryUrl } of databases) {
    const { name, migrations, changes } = database
    const { watched } = changes
    applied.push(...(await migrate(primaryUrl, migrations, { database: name, onApply, watched })))
    await installEffects(primaryUrl)
  }
  return applied
}

/** Brings the tables up to date that tasks wait in. Redis needs none. */
export async function migrateTasks(place: TaskPlace): Promise<void> {
  if ('postgresUrl' in place && place.postgresUrl) await migratePostgresTasks(await findPrimaryUrl(place.postgresUrl))
}

/** The names of migrations that `migrateAll` would apply. */
export async function allPending(databases: DatabaseServers[]): Promise<string[]> {
  const pending = await Promise.all(
    databases.map(({ database: { name, migrations }, primaryUrl }) => pendingMigrations(primaryUrl, migrations, name)),
  )
  return pending.flat()
}
