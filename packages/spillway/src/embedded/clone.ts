/** Copies of the primary, for replicas. @module */
import { chmod, chown, copyFile, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SQL } from 'bun'
import type { Account } from './account.ts'

/** What a replica makes for itself, or gets by streaming (as in pg_basebackup). Folders are made, without content. */
const emptied = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//
const left =
  /(^|\/)(postmaster\.(pid|opts)|pg_internal\.init.*|pgsql_tmp.*|backup_label.*|tablespace_map.*|backup_manifest|standby\.signal)$/

interface CloneOptions {
  from: string
  to: string
  account: Account | undefined
}

/** From a primary that is cleanly stopped. */
export async function cloneStopped({ from, to, account }: CloneOptions) {
  await cloneInto({ from, to, account }, async (unfinished) => {
    await copyTree(from, unfinished, account, (path) => !left.test(path))
  })
}

/** From a running primary, with its backup functions. The replica's slot must exist: it keeps the log from here on. */
export async function cloneRunning({ from, to, account, url }: CloneOptions & { url: string }) {
  const sql = new SQL(url, { max: 1 })
  try {
    // A backup belongs to its connection; this pool has just one, and keeps it.
    await sql`select pg_backup_start('spillway', true)`
    await cloneInto({ from, to, account }, async (unfinished) => {
      await copyTree(from, unfinished, account, (path) => !left.test(path) && !emptied.test(path))
      await mkdir(join(unfinished, 'pg_wal/archive_status'), { recursive: true })
      const [stop] = await sql`select labelfile from pg_backup_stop(false)`
      await writeFile(join(unfinished, 'backup_label'), String(stop.labelfile))
    })
  } finally {
    // Ends the backup too, if it failed.
    await sql.close({ timeout: 0 })
  }
}

/** The folder gets its name when it is complete. */
async function cloneInto({ to, account }: CloneOptions, copy: (unfinished: string) => Promise<void>) {
  const unfinished = `${to}.new`
  await rm(unfinished, { recursive: true, force: true })
  await rm(to, { recursive: true, force: true })
  await copy(unfinished)
  await writeFile(join(unfinished, 'standby.signal'), '')
  if (account) {
    for (const path of ['standby.signal', 'backup_label', 'pg_wal', 'pg_wal/archive_status']) {
      await chown(join(unfinished, path), account.uid, account.gid).catch(ignoreMissing)
    }
  }
  await rename(unfinished, to)
}

async function copyTree(from: string, to: string, account: Account | undefined, wanted: (path: string) => boolean) {
  const own = async (path: string) => {
    if (account) await chown(path, account.uid, account.gid)
  }
  const copyFolder = async (folder: string) => {
    const target = join(to, folder)
    await mkdir(target, { recursive: true, mode: 0o700 })
    await own(target)
    const entries = await readdir(join(from, folder), { withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name))
    await Promise.all(
      files.filter(wanted).map((path) =>
        copyFile(join(from, path), join(to, path))
          .then(() => own(join(to, path)))
          // The primary removes files while we copy; replaying its log does the same to the copy.
          .catch(ignoreMissing),
      ),
    )
    for (const entry of entries) {
      if (entry.isDirectory()) await copyFolder(join(folder, entry.name))
    }
  }
  await copyFolder('.')
}
