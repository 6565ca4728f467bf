/** Opens the file that the processes of a machine share. @module */
import { Database, SQLiteError } from 'bun:sqlite'
import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

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

/**
 * An open file and what is made with it. When the file is deleted or replaced under its path, those who had it open
 * would go on with one that nobody else sees, and processes started later with another: so it is opened anew.
 */
export class SharedFile<Opened extends { db: Database }> {
  readonly #path: string
  readonly #open: () => Opened
  #opened: Opened | undefined
  #inode = 0
  #isClosed = false

  /** @param open with {@link openSqliteFile}; it is called again for another file. */
  constructor(path: string, open: () => Opened) {
    this.#path = path
    this.#open = open
    this.#openAnew()
  }

  /**
   * What belongs to the file that is at the path now. Looking takes a microsecond.
   *
   * @throws when there is none and none can be made; the next call tries again. Once closed, it is at an end.
   */
  get current(): Opened {
    if (this.#opened && inodeOf(this.#path) === this.#inode) return this.#opened
    if (this.#isClosed) throw new Error('The file was closed.')
    this.#leave()
    mkdirSync(dirname(this.#path), { recursive: true })
    return this.#openAnew()
  }

  close(): void {
    this.#isClosed = true
    this.#leave()
  }

  #leave(): void {
    this.#opened?.db.close()
    this.#opened = undefined
  }

  #openAnew(): Opened {
    const opened = this.#open()
    this.#inode = inodeOf(this.#path)
    this.#opened = opened
    return opened
  }
}

/** No file that is created while another one is open gets its number. */
const inodeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.ino ?? 0

function isBusy(error: unknown): boolean {
  return error instanceof SQLiteError && (error.code ?? '').startsWith('SQLITE_BUSY')
}
