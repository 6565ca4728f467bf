/** The file that caches share without Redis. @module */
import { Database } from 'bun:sqlite'
import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { PlatformSettings } from '../foundation/index.ts'

export const cacheFile = ({ DATA_DIR }: PlatformSettings) => join(resolve(DATA_DIR), 'cache', 'cache.db')

/** What SQLite says of a file that is broken, or none of its own; anything else may pass. */
export function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')
}

/**
 * Removes a damaged file, so that it is made anew. Only for a process that knows that no other one has it open: what
 * one removes under another's feet would be shared by nobody.
 *
 * @returns what is wrong with it; undefined when it is sound, or not there.
 */
export function removeIfDamaged(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  const damage = damageOf(path)
  if (damage === undefined) return undefined
  for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true })
  return damage
}

function damageOf(path: string): string | undefined {
  let db: Database | undefined
  try {
    db = new Database(path, { create: true })
    // A third of the time: 0.3 s where the file has a gigabyte.
    db.run('pragma mmap_size = 4294967296')
    const [first] = db.query<{ quick_check: string }, []>('pragma quick_check(1)').all()
    return first === undefined || first.quick_check === 'ok' ? undefined : first.quick_check
  } catch (error) {
    // That it may not be read, or is busy, its users will say.
    return isDamage(error) && error instanceof Error ? error.message : undefined
  } finally {
    db?.close()
  }
}
