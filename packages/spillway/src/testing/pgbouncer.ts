/**
 * A real PgBouncer for tests: Debian's `pgbouncer`, in transaction mode, in front of one server.
 *
 * @module
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SQL } from 'bun'
import { runAs, serverAccount } from '../embedded/account.ts'
import { freePort } from '../embedded/ports.ts'
import type { Tether } from '../foundation/index.ts'
import { until } from './until.ts'

export interface PgBouncer {
  /** The URL of a database of the server, by way of PgBouncer. */
  through(url: string): string
  stop(): Promise<void>
}

/** Where the program is, or undefined where it is not installed. */
export function pgBouncerBinary(): string | undefined {
  return Bun.which('pgbouncer', { PATH: `${process.env['PATH']}:/usr/sbin` }) ?? undefined
}

/** Fewer server connections than a pool of clients has, so that one client's statements do run on several. */
const serverConnections = 5

/**
 * @param url a server's, with the user and password that clients use as well.
 * @param tether ends it should this process disappear.
 */
export async function startPgBouncer(url: string, tether: Tether): Promise<PgBouncer> {
  const binary = pgBouncerBinary()
  if (!binary) throw new Error('pgbouncer is not installed: apt-get install pgbouncer')
  const folder = mkdtempSync(join(tmpdir(), 'spillway-pgbouncer-'))
  const port = freePort([])
  const log = join(folder, 'log')
  // Debian's version runs as no root; the folder holds nothing but passwords of a test's own server.
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'users.txt'), userList(url))
  writeFileSync(join(folder, 'pgbouncer.ini'), configuration(url, folder, port))
  const child = Bun.spawn([binary, join(folder, 'pgbouncer.ini')], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'ignore', Bun.file(log)],
    // Ctrl-C in the terminal is for us, who then stop it in order.
    detached: true,
    ...runAs(serverAccount(folder)),
  })
  const release = tether.hold(child.pid, 'SIGTERM')
  const through = (target: string) => {
    const changed = new URL(target)
    changed.port = String(port)
    return changed.href
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await child.exited
    release()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await until(() => answers(through(url)), { what: 'PgBouncer to answer' })
  } catch (cause) {
    const said = readFileSync(log, 'utf8')
    await stop()
    throw new Error(`PgBouncer does not start:\n${said}`, { cause })
  }
  return { through, stop }
}

function userList(url: string): string {
  const { username, password } = new URL(url)
  return `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"\n`
}

function configuration(url: string, folder: string, port: number): string {
  const { hostname, port: serverPort } = new URL(url)
  return `
[databases]
* = host=${hostname} port=${serverPort}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = ${serverConnections}
max_client_conn = 1000
server_login_retry = 1
log_connections = 0
log_disconnections = 0
${maxPreparedStatements()}`
}

/** Since 1.21 it can follow named statements; what works without that works everywhere. */
function maxPreparedStatements(): string {
  const { stdout } = Bun.spawnSync([pgBouncerBinary()!, '--version'])
  const [, major = 0, minor = 0] = /PgBouncer (\d+)\.(\d+)/.exec(stdout.toString()) ?? []
  return Number(major) > 1 || Number(minor) >= 21 ? 'max_prepared_statements = 0\n' : ''
}

async function answers(url: string): Promise<boolean> {
  await using sql = new SQL({ url, max: 1, prepare: false, connectionTimeout: 1 })
  await sql`select 1`
  return true
}
