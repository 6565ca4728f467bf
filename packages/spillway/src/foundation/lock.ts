/**
 * A lock that belongs to a process: the system lets go of it when the process ends, also by `kill -9`, so there is
 * never a stale one to clean up. It is an SQLite file whose exclusive file lock stays held.
 *
 * @module
 */
import { Database } from 'bun:sqlite'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { messageOf, SpillwayError } from './errors.ts'

export interface Lock {
  release(): void
}

/** Who holds a lock; written beside it, for people. The lock itself is what counts. */
export interface LockHolder {
  pid: number
  since: string
}

/** Code `LOCK_HELD`: another process, or another part of this one, has the lock. */
export class LockHeldError extends SpillwayError {
  readonly holder: LockHolder | undefined

  constructor(path: string, holder: LockHolder | undefined, cause: unknown) {
    const who = holder ? `process ${holder.pid}, since ${holder.since}` : 'another process'
    super('LOCK_HELD', `${path} is locked by ${who}.`, {
      hint: holder ? `Stop process ${holder.pid} first.` : 'Stop that process first.',
      cause,
    })
    this.holder = holder
  }
}

/**
 * Takes the lock at `path`, or throws: `LockHeldError` at once when somebody has it, `LOCK_FAILED` when the file can't
 * be written. The folder must exist. Don't put it on a network file system that doesn't lock.
 *
 * @example
 * const lock = acquireLock('.spillway/lock')
 * try { await run() } finally { lock.release() }
 */
export function acquireLock(path: string): Lock {
  const file = resolve(path)
  const database = openLocked(file)
  const holder: LockHolder = { pid: process.pid, since: new Date().toISOString() }
  writeFileSync(holderFile(file), `${JSON.stringify(holder)}\n`)

  let released = false
  return {
    release() {
      if (released) return
      released = true
      rmSync(holderFile(file), { force: true })
      database.close()
    },
  }
}

function openLocked(file: string): Database {
  let database: Database | undefined
  try {
    database = new Database(file, { create: true })
    database.run('PRAGMA busy_timeout = 0')
    database.run('PRAGMA journal_mode = MEMORY')
    // The file lock lasts as long as the transaction, which nobody ever ends.
    database.run('BEGIN EXCLUSIVE')
    return database
  } catch (cause) {
    database?.close()
    if (codeOf(cause).startsWith('SQLITE_BUSY')) throw new LockHeldError(file, readHolder(file), cause)
    throw new SpillwayError('LOCK_FAILED', `${file} can't be locked: ${messageOf(cause)}.`, {
      hint: 'Make sure that its folder exists, that you may write there and that the disk has room.',
      cause,
    })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function holderFile(file: string): string {
  return `${file}.holder`
}

function readHolder(file: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(holderFile(file), 'utf8'))
  } catch {
    // Only for the message: the holder may not have written it yet, or be another user.
    return undefined
  }
}
