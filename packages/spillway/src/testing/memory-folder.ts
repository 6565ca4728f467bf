/** A folder for temporary files in memory: tests make and drop thousands, which keeps a disk busier than the tests. @module */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'
const prefix = 'spillway-tests-'
/** Servers with their logs, and some millions of rows, with room to spare. */
const neededBytes = 6 * 2 ** 30

/** @returns nothing where there is no file system in memory, or too little room in it. What tests that were killed have left is removed. */
export function memoryFolder(): { path: string; remove: () => void } | undefined {
  if (!existsSync(memory)) return undefined
  for (const name of readdirSync(memory)) if (isLeft(name)) remove(join(memory, name))
  const { bavail, bsize } = statfsSync(memory)
  if (Math.min(bavail * bsize, freemem()) < neededBytes) return undefined
  const path = mkdtempSync(join(memory, `${prefix}${process.pid}-`))
  // As /tmp is: servers run under accounts of their own.
  chmodSync(path, 0o1777)
  return { path, remove: () => remove(path) }
}

/** Not those of other users, whom the machine may belong to as well. */
function isLeft(name: string): boolean {
  if (!name.startsWith(prefix) || existsSync(`/proc/${Number.parseInt(name.slice(prefix.length), 10)}`)) return false
  return statSync(join(memory, name), { throwIfNoEntry: false })?.uid === process.getuid?.()
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true })
}
