/** Copies of the primary, for replicas. @module */
import type { Dirent } from 'node:fs'
import { chown, copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SQL } from 'bun'
import { SpillwayError } from '../foundation/errors.ts'
import type { Account } from './account.ts'

interface CloneOptions {
  from: string
  to: string
  account: Account | undefined
  signal: AbortSignal
}

/** From a primary that is cleanly stopped. */
export async function cloneStopped(options: CloneOptions) {
  await cloneInto(options, (copy) => copy.tree((path) => !leftOut.test(path)))
}

/** From a running primary, with its backup functions. The replica's slot must exist: it keeps the log from here on. */
export async function cloneRunning(options: CloneOptions & { url: string }) {
  const sql = new SQL(options.url, { max: 1 })
  try {
    // A backup belongs to its connection; this pool has just one, and keeps it.
    await sql`select pg_backup_start('spillway', true)`
    await cloneInto(options, async (copy) => {
      await copy.tree((path) => !leftOut.test(path) && !emptied.test(path) && path !== controlFile)
      // Last, as pg_basebackup does: it mustn't be older than what it describes.
      await copy.file(controlFile)
      const [stopped] = await sql`select labelfile from pg_backup_stop(false)`
      await copy.write('backup_label', String(stopped.labelfile))
    })
  } finally {
    // Ends the backup too, if the copy failed.
    await sql.close({ timeout: 0 })
  }
}

const controlFile = 'global/pg_control'

/** What a replica makes for itself or gets by streaming, as in pg_basebackup: the folders stay, without content. */
const emptied = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//
const leftOut =
  /(^|\/)(postmaster\.(pid|opts)|pg_internal\.init.*|pgsql_tmp.*|backup_label.*|tablespace_map.*|standby\.signal)$/

/** The folder gets its name when it is complete. */
async function cloneInto({ from, to, account, signal }: CloneOptions, fill: (copy: Copy) => Promise<void>) {
  const unfinished = `${to}.new`
  await rm(unfinished, { recursive: true, force: true })
  await rm(to, { recursive: true, force: true })
  const copy = new Copy(from, unfinished, account, signal)
  await fill(copy)
  await copy.write('standby.signal', '')
  // Until here it is closed to the account, which so can't put links in the way of what root writes.
  await copy.own('.')
  await rename(unfinished, to)
}

class Copy {
  readonly #from: string
  readonly #to: string
  readonly #account: Account | undefined
  readonly #signal: AbortSignal

  constructor(from: string, to: string, account: Account | undefined, signal: AbortSignal) {
    this.#from = from
    this.#to = to
    this.#account = account
    this.#signal = signal
  }

  async tree(wanted: (path: string) => boolean, folder = '.') {
    await mkdir(join(this.#to, folder), { mode: 0o700 })
    const entries = await readdir(join(this.#from, folder), { withFileTypes: true })
    const pathOf = (entry: Dirent) => join(folder, entry.name)
    const chosen = entries.filter((entry) => wanted(pathOf(entry)))
    await Promise.all(chosen.filter((entry) => entry.isFile()).map((entry) => this.file(pathOf(entry))))
    for (const entry of chosen) {
      if (entry.isSymbolicLink()) throw linked(join(this.#from, pathOf(entry)))
      if (entry.isDirectory()) {
        await this.tree(wanted, pathOf(entry))
        await this.own(pathOf(entry))
      }
    }
  }

  async file(path: string) {
    this.#signal.throwIfAborted()
    try {
      await copyFile(join(this.#from, path), join(this.#to, path))
    } catch (error) {
      // The primary removes files while we copy; replaying its log does the same to the copy.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
      throw error
    }
    await this.own(path)
  }

  async write(path: string, text: string) {
    await writeFile(join(this.#to, path), text, { mode: 0o600 })
    await this.own(path)
  }

  async own(path: string) {
    if (this.#account) await chown(join(this.#to, path), this.#account.uid, this.#account.gid)
  }
}

function linked(path: string): SpillwayError {
  return new SpillwayError('EMBEDDED_NOT_CLONABLE', `${path} is a link to another folder, such as a tablespace.`, {
    hint: 'The embedded PostgreSQL has its data in one folder. Drop the tablespace, or use a PostgreSQL of your own with DATABASE_URL.',
  })
}
