/**
 * Where the servers' data and programs are. Beside DATA_DIR's other files and in node_modules; but as root the servers
 * run as another account, which may be unable to get there (a checkout under /root is an ordinary case). Then both go
 * to a folder of their own under /var.
 *
 * @module
 */
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { messageOf, SpillwayError } from '../foundation/errors.ts'
import { type Account, runAs, serverAccount } from './account.ts'
import { type Binaries, binariesIn, findBinaries } from './binaries.ts'
import type { Announce } from './events.ts'
import type { ClusterState } from './state.ts'

export interface Placement {
  /** Who the servers run as, when that isn't us. */
  account: Account | undefined
  binaries: Binaries
  /** The folder that holds `primary`, `replica-1`, … */
  home: string
}

/** Decides it, and tells when something had to go elsewhere. `folder` is the cluster's, and is real (no symlinks). */
export function place(folder: string, state: ClusterState, announce: Announce): Placement {
  const account = serverAccount(join(state.home ?? folder, 'primary'))
  const binaries = findBinaries()
  if (!account) return { account, binaries, home: state.home ?? folder }
  return {
    account,
    binaries: canRun(binaries, account) ? binaries : copyBinaries(binaries, account, announce),
    home: homeOf(folder, state, account, announce),
  }
}

function homeOf(folder: string, state: ClusterState, account: Account, announce: Announce): string {
  if (state.home) return reopen(state.home)
  if (canEnter(folder, account)) return folder
  letIn(dirname(folder), account)
  if (canEnter(folder, account)) return folder
  if (!existsSync(join(folder, 'primary'))) return relocate(folder, state, account, announce)
  throw new SpillwayError(
    'EMBEDDED_NOT_ENTERABLE',
    `Account ${account.name} can't enter ${folder}, where its data is.`,
    {
      hint: 'Let others enter the folders above it again (chmod o+x), or start as the user who made it.',
    },
  )
}

/**
 * A DATA_DIR that is only root's (umask 077, mkdtemp) may be passed through by the account, but not listed. The folders
 * above it are not ours to change, nor is one that is shared with a group.
 */
function letIn(dataDir: string, account: Account) {
  const { uid, mode } = statSync(dataDir)
  if (uid !== 0 || (mode & 0o070) !== 0) return
  chownSync(dataDir, 0, account.gid)
  chmodSync(dataDir, (mode & 0o7777) | 0o010)
}

/** Asks the kernel, rather than reading modes: access lists and security modules have a say as well. */
function canEnter(folder: string, account: Account): boolean {
  return Bun.spawnSync(['/bin/sh', '-c', 'cd "$1"', 'sh', folder], { ...quiet, ...runAs(account) }).success
}

function canRun({ postgres }: Binaries, account: Account): boolean {
  try {
    return Bun.spawnSync([postgres, '-V'], { ...quiet, ...runAs(account) }).success
  } catch {
    // Bun throws when the program can't be executed at all.
    return false
  }
}

const quiet = { cwd: '/', stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' } as const

function copyBinaries(binaries: Binaries, account: Account, announce: Announce): Binaries {
  const target = join(ownRoot(), `postgresql-${binaries.version}`)
  const copy = binariesIn(target, binaries.version)
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`
    // Libraries for linking programs against are two thirds of it.
    const filter = (source: string) => !source.endsWith('.a') && !source.includes('/lib/pkgconfig')
    cpSync(binaries.root, unfinished, { recursive: true, filter, verbatimSymlinks: true })
    for (const path of ['.', 'bin', 'lib', 'share']) chmodSync(join(unfinished, path), 0o755)
    moveInto(unfinished, target)
    announce({
      kind: 'relocated',
      message: `Account ${account.name} can't get to ${binaries.root}; PostgreSQL's programs are copied to ${target}.`,
    })
  }
  if (canRun(copy, account)) return copy
  throw new SpillwayError('EMBEDDED_UNAVAILABLE', `Account ${account.name} can't run ${copy.postgres}.`, {
    hint: 'Is its folder mounted noexec? Start as an ordinary user, or check out below a folder that everybody may enter.',
  })
}

/** Another start may have been quicker; its copy is as good. */
function moveInto(unfinished: string, target: string) {
  try {
    renameSync(unfinished, target)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
}

function relocate(folder: string, state: ClusterState, account: Account, announce: Announce): string {
  // What was put into the temporary folder is as temporary elsewhere.
  const temporary = folder.startsWith(`${realpathSync(tmpdir())}/`)
  // Named after the cluster, not after its folder: one that is removed and made again there is another one.
  const home = temporary ? join(tmpdir(), `spillway-${state.id}`) : join(ownRoot(), state.id)
  mkdirSync(home)
  chmodSync(home, 0o755)
  writeFileSync(join(home, 'README'), `PostgreSQL's data of ${folder}, which account ${account.name} can't enter.\n`)
  announce({ kind: 'relocated', message: `Account ${account.name} can't enter ${folder}; the data is in ${home}.` })
  return home
}

function reopen(home: string): string {
  if (existsSync(home)) return home
  throw new SpillwayError('EMBEDDED_DATA_MISSING', `The database of this data folder was in ${home}, which is gone.`, {
    hint: 'Bring it back; or, to begin with an empty database, remove the folder "postgres" in DATA_DIR.',
  })
}

/** Persistent, enterable by everybody, and writable by root only: nobody could have prepared it for us. */
function ownRoot(): string {
  const tried: string[] = []
  for (const root of ['/var/lib/spillway', '/opt/spillway', '/var/tmp/spillway']) {
    try {
      mkdirSync(root, { recursive: true, mode: 0o755 })
      const { uid, mode } = statSync(root)
      if (uid === 0 && (mode & 0o022) === 0) {
        chmodSync(root, 0o755)
        return root
      }
      tried.push(`${root} belongs to uid ${uid} or can be written by others`)
    } catch (error) {
      tried.push(messageOf(error))
    }
  }
  throw new SpillwayError(
    'EMBEDDED_NO_FOLDER',
    `There is no folder for PostgreSQL outside DATA_DIR: ${tried.join('; ')}.`,
    {
      hint: 'Set DATA_DIR to a folder that everybody may enter, or start as an ordinary user.',
    },
  )
}
