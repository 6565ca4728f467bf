/** Migrates all databases of an app. @module */
import { type AppliedMigration, migrate, pendingMigrations } from '../database/index.ts'
import type { DatabaseServers } from './database-servers.ts'

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
  }
  return applied
}

/** The names of migrations that `migrateAll` would apply. */
export async function allPending(databases: DatabaseServers[]): Promise<string[]> {
  const pending = await Promise.all(
    databases.map(({ database: { name, migrations }, primaryUrl }) => pendingMigrations(primaryUrl, migrations, name)),
  )
  return pending.flat()
}
