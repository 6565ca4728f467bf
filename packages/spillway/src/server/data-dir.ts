/** The folder in which a program keeps its data, and that it is there for one program of one app. @module */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  acquireLock,
  type Lock,
  LockHeldError,
  messageOf,
  type PlatformSettings,
  SpillwayError,
} from '../foundation/index.ts'

/** One program a folder: two would start two servers on the same database files. */
export async function lockDataDir({ DATA_DIR }: PlatformSettings): Promise<Lock> {
  try {
    await mkdir(DATA_DIR, { recursive: true })
    return acquireLock(supervisorLock(DATA_DIR))
  } catch (cause) {
    if (cause instanceof LockHeldError) throw alreadyRunning(DATA_DIR, cause)
    throw new SpillwayError(
      'DATA_DIR_NOT_WRITABLE',
      `DATA_DIR ${resolve(DATA_DIR)} can't be used: ${messageOf(cause)}`,
      {
        hint: 'Set DATA_DIR to a folder that this account may write.',
        cause,
      },
    )
  }
}

function alreadyRunning(dataDir: string, cause: LockHeldError): SpillwayError {
  const who = cause.holder ? ` (process ${cause.holder.pid}, since ${cause.holder.since})` : ''
  return new SpillwayError('ALREADY_RUNNING', `Spillway runs on DATA_DIR ${resolve(dataDir)} already${who}.`, {
    hint: 'Stop it first, or give this one a DATA_DIR and a PORT of its own.',
    cause,
  })
}

/** Two apps in one folder would share a database, and each would run its migrations in the other's. */
export async function claimDataDir(dataDir: string, app: string): Promise<void> {
  const mark = Bun.file(join(dataDir, 'app'))
  const owner = (await mark.exists()) ? (await mark.text()).trim() : app
  if (owner !== app) {
    throw new SpillwayError(
      'DATA_DIR_TAKEN',
      `DATA_DIR ${resolve(dataDir)} belongs to the app "${owner}", not to "${app}".`,
      {
        hint: 'Give this one a DATA_DIR of its own.',
      },
    )
  }
  await mark.write(`${app}\n`)
}

/** Held by the supervisor as long as it lives. */
export const supervisorLock = (dataDir: string) => join(dataDir, 'lock')
