/** The cluster's folder in DATA_DIR, made usable and locked. @module */
import { accessSync, chmodSync, constants, mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf, SpillwayError } from '../foundation/errors.ts'
import { acquireLock, type Lock, LockHeldError } from '../foundation/lock.ts'
import { clusterFolder } from './state.ts'

/** Makes the folder; returns its real path, so that one folder under two names is still one. */
export function openFolder(dataDir: string): string {
  const folder = clusterFolder(dataDir)
  try {
    if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o755)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return realpathSync(folder)
  } catch (cause) {
    throw new SpillwayError('DATA_DIR_NOT_WRITABLE', `${folder} can't be used: ${messageOf(cause)}.`, {
      hint: 'Set DATA_DIR to a folder that you own, or give this one to the user who runs Spillway (chown -R).',
      cause,
    })
  }
}

/** One cluster at a time on a folder; throws `EMBEDDED_IN_USE` for the second. */
export function lockFolder(folder: string): Lock {
  try {
    return acquireLock(join(folder, 'lock'))
  } catch (cause) {
    if (!(cause instanceof LockHeldError)) throw cause
    const who = cause.holder ? `process ${cause.holder.pid}, since ${cause.holder.since}` : 'another process'
    throw new SpillwayError('EMBEDDED_IN_USE', `The embedded PostgreSQL in ${folder} is in use by ${who}.`, {
      hint: 'Stop that one first, or set DATA_DIR to another folder for this one.',
      cause,
    })
  }
}
