/** Change logs of several processes, for tests: each with a connection and a lease of its own. @module */

import { ChangeLog } from '../database/changes/change-log.ts'
import { itemChanges, shelfDatabase } from '../database/changes/fixtures/shelf.ts'
import type { ChangeLogLimits } from '../database/changes/limits.ts'
import { migrate } from '../database/migrate.ts'
import { createLogger } from '../foundation/index.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'

/** A migrated database with nobody who reads its changes. */
export async function shelfServer(): Promise<TestDatabase> {
  const server = await testDatabase()
  const { migrations, changes } = shelfDatabase()
  await migrate(server.primaryUrl, migrations, { watched: changes.watched })
  return server
}

/** A process's change log, not started. */
export const shelfLog = (limits: Partial<ChangeLogLimits> = {}) => new ChangeLog('default', [itemChanges], limits)

/** How the tests' logs connect: through PgBouncer when the database under test is behind one. */
export const connectionTo = ({ primaryUrl }: Pick<TestDatabase, 'primaryUrl'>) => ({
  url: () => primaryUrl,
  applicationName: 'test',
  isPgBouncer: process.env['SPILLWAY_TEST_PGBOUNCER'] === '1',
})

export function startLog(log: ChangeLog, server: TestDatabase): void {
  const logger = createLogger('test', 'silent')
  log.start({ ...connectionTo(server), logger, onHeard: () => undefined })
}
