/** Opens the file that the processes of a machine share. @module */
import { Database, SQLiteError } from 'bun:sqlite'

const openingMaxMs = 2_000

/**
 * Opens it, or makes it, in WAL mode. Processes that start together all try to make it; SQLite refuses all but one at
 * once, whatever `busy_timeout` says, so the others try again.
 *
 * @throws {SQLiteError}
 */
export function openSqliteFile(path: string, pragmas: readonly string[] = []): Database {
  const deadline = performance.now() + openingMaxMs
  const db = new Database(path, { create: true, strict: true })
  db.run('pragma busy_timeout = 2000')
  for (;;) {
    try {
      // Not synchronous: what the file would lose with the power is void anyway (see the tier's `epoch`).
      for (const pragma of ['journal_mode = wal', 'synchronous = off', ...pragmas]) db.run(`pragma ${pragma}`)
      return db
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) {
        db.close()
        throw error
      }
      Bun.sleepSync(5)
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof SQLiteError && (error.code ?? '').startsWith('SQLITE_BUSY')
}
