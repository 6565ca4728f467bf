/** PostgreSQL refuses to run as root; this picks who it runs as instead. @module */
import { statSync } from 'node:fs'
import { SpillwayError } from '../foundation/errors.ts'

export interface Account {
  name: string
  uid: number
  gid: number
}

/**
 * The account for the servers, or `undefined` when we are an ordinary user and they simply run as we do. As root it is
 * whoever owns the existing data (it may have been made before, by an ordinary user), else `postgres`, else `nobody`.
 */
export function serverAccount(existingData: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const account = ownerOf(existingData) ?? accountNamed('postgres') ?? accountNamed('nobody')
  if (account) return account
  throw new SpillwayError('EMBEDDED_NO_ACCOUNT', 'PostgreSQL does not run as root, and there is no other account.', {
    hint: 'Start as another user, or make one: useradd --system postgres.',
  })
}

/** The options of `Bun.spawn` that make a child run as the account, without root's supplementary groups. */
export function runAs(account: Account | undefined): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {}
}

function ownerOf(folder: string): Account | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false })
  if (!stat || stat.uid === 0) return undefined
  return { name: `uid ${stat.uid}`, uid: stat.uid, gid: stat.gid }
}

/** Asks `id`, which also knows accounts that aren't in /etc/passwd (LDAP, macOS). */
function accountNamed(name: string): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((option) => {
    const { success, stdout } = Bun.spawnSync(['id', option, name], { stderr: 'ignore' })
    return success ? Number(stdout.toString().trim()) : Number.NaN
  })
  // macOS writes nobody's id as -2.
  return uid && gid ? { name, uid: uid >>> 0, gid: gid >>> 0 } : undefined
}
