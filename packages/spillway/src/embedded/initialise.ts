/** Makes the folder of a new primary. @module */
import { chownSync, mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SpillwayError } from '../foundation/errors.ts'
import { runAs } from './account.ts'
import { lastLines } from './log.ts'
import type { Placement } from './placement.ts'
import { launchEnvironment } from './server.ts'

const neededBytes = 250 * 2 ** 20

/**
 * Runs initdb. The folder gets its name only when it is complete, so a start that is killed meanwhile leaves nothing
 * that the next one could take for a database.
 */
export async function initialise(placement: Placement, target: string, password: string) {
  requireRoom(placement.home)
  const unfinished = `${target}.new`
  const passwordFile = join(placement.home, '.initial-password')
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  try {
    if (placement.account) {
      for (const path of [unfinished, passwordFile]) chownSync(path, placement.account.uid, placement.account.gid)
    }
    await runInitdb(placement, unfinished, passwordFile)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(unfinished, target)
}

async function runInitdb(placement: Placement, folder: string, passwordFile: string) {
  const failures: string[] = []
  // Sorting and letter cases come from PostgreSQL's own C.UTF-8, alike on every machine. pg_trgm asks the system's
  // locale what a letter is, though: under "C" it finds none in Korean.
  for (const characters of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    const output = await initdb(placement, folder, passwordFile, characters)
    if (output === undefined) return
    failures.push(output)
    if (!output.includes('invalid locale name')) break
  }
  throw new SpillwayError('EMBEDDED_INIT_FAILED', `The database can't be made in ${folder}:\n${failures.at(-1)}`, {
    hint: 'Check the permissions of the data folder and the room on its disk, or set DATABASE_URL to a PostgreSQL of your own.',
  })
}

/** @returns what it said, if it failed. */
async function initdb({ binaries, account }: Placement, folder: string, passwordFile: string, characters: string) {
  const command = [
    ...[binaries.initdb, '-D', folder, '--username=spillway', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C', `--lc-ctype=${characters}`],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    // `flushToDisk` does it once the servers run, when nobody waits for it.
    ...['--no-sync', '--no-instructions'],
  ]
  const child = Bun.spawn(command, {
    cwd: '/',
    env: launchEnvironment(),
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
    detached: true,
    ...runAs(account),
  })
  const output = await new Response(child.stderr).text()
  return (await child.exited) === 0 ? undefined : lastLines(output)
}

/** Writes all files of a server's folder to the disk; the server may run meanwhile. */
export async function flushToDisk({ binaries, account }: Placement, folder: string) {
  const child = Bun.spawn([binaries.initdb, '--sync-only', '-D', folder], {
    cwd: '/',
    env: launchEnvironment(),
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'ignore',
    detached: true,
    ...runAs(account),
  })
  await child.exited
}

function requireRoom(folder: string) {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= neededBytes) return
  throw new SpillwayError(
    'EMBEDDED_DISK_FULL',
    `The disk of ${folder} has ${Math.round((bavail * bsize) / 2 ** 20)} MB left; a new database needs ${neededBytes / 2 ** 20} MB.`,
    { hint: 'Free some room, or set DATA_DIR to a folder on another disk.' },
  )
}
