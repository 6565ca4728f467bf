/** The program that runs on a DATA_DIR. @module */
import { acquireLock, LockHeldError, SpillwayError } from '../foundation/index.ts'
import { supervisorLock } from '../server/data-dir.ts'

/**
 * Its process id. The lock tells whether there is one: a pid in a file could be anybody's by now.
 *
 * @throws {SpillwayError} `NOT_RUNNING`.
 */
export function runningSupervisor(dataDir: string): number {
  try {
    acquireLock(supervisorLock(dataDir)).release()
  } catch (error) {
    if (error instanceof LockHeldError && error.holder) return error.holder.pid
    if (!(error instanceof SpillwayError && error.code === 'LOCK_FAILED')) throw error
    // There is no such folder, so nothing runs in it.
  }
  throw new SpillwayError('NOT_RUNNING', `Nothing runs on DATA_DIR ${dataDir}.`, {
    hint: 'Start it with `npm start`, or set DATA_DIR to the one that it uses.',
  })
}

export function isRunning(dataDir: string): boolean {
  try {
    runningSupervisor(dataDir)
    return true
  } catch (error) {
    if (error instanceof SpillwayError && error.code === 'NOT_RUNNING') return false
    throw error
  }
}
