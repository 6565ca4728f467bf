/** A PostgreSQL primary with streaming replicas in a folder, for as long as we live. @module */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SpillwayError } from '../foundation/errors.ts'
import { startTether, type Tether } from '../foundation/tether.ts'
import { Admin } from './admin.ts'
import { cloneStopped } from './clone.ts'
import type { Announce, EmbeddedEvent } from './events.ts'
import { assignPorts, buildServer, clearOrphans, replicaNames, requireVersion } from './fleet.ts'
import { type EmbeddedReplica, type EmbeddedServer, replicaHandle, serverHandle } from './handles.ts'
import { flushToDisk, initialise } from './initialise.ts'
import { type Placement, place } from './placement.ts'
import { Primary } from './primary.ts'
import { Replica } from './replica.ts'
import type { PostgresServer } from './server.ts'
import { newState, readState, writeState } from './state.ts'
import { dropSlotsExcept } from './streaming.ts'
import { lockFolder, openFolder } from './workspace.ts'

export interface EmbeddedOptions {
  /** Spillway's data folder; the cluster is in `postgres` below it. */
  dataDir: string
  /** @default 1 */
  replicas?: number
  /** Keeps the servers from outliving us. Without one the cluster starts its own. */
  tether?: Tether
  /** Told what happens at the start and while running. */
  onEvent?: (event: EmbeddedEvent) => void
}

export interface EmbeddedCluster {
  /** Connects as the superuser `spillway` to the database `spillway`; the password is in it. */
  readonly primaryUrl: string
  readonly replicaUrls: string[]
  /** The database was made by this start. */
  readonly created: boolean
  readonly primary: EmbeddedServer
  readonly replicas: EmbeddedReplica[]
  /** Rejects with `EMBEDDED_CRASH_LOOP` when the primary doesn't stay up. */
  readonly failed: Promise<never>
  /** Replicas first, then the primary; the next start needs no recovery. */
  stop(): Promise<void>
}

/**
 * Starts the cluster in `dataDir`, and makes it first if need be. It resolves when the primary answers and the replicas
 * stream; servers that die afterwards are started again on the same ports. The folder is locked for other processes,
 * by a lock of the cluster's own: one on the whole of `dataDir` doesn't collide with it.
 *
 * Throws a `SpillwayError`: `EMBEDDED_IN_USE`, `DATA_DIR_NOT_WRITABLE`, `EMBEDDED_DISK_FULL`, `EMBEDDED_UNAVAILABLE`,
 * `EMBEDDED_INIT_FAILED`, `EMBEDDED_START_FAILED` and others, each with what to do.
 *
 * @example
 * const cluster = await startEmbeddedCluster({ dataDir: '.spillway', onEvent: ({ message }) => console.log(message) })
 * const sql = new Bun.SQL(cluster.primaryUrl)
 * await sql`select 1`
 * await sql.close()
 * await cluster.stop()
 */
export async function startEmbeddedCluster({
  dataDir,
  replicas: replicaCount = 1,
  tether: givenTether,
  onEvent = () => undefined,
}: EmbeddedOptions): Promise<EmbeddedCluster> {
  const folder = openFolder(dataDir)
  const held = new AsyncDisposableStack()
  try {
    const lock = lockFolder(folder)
    held.defer(() => lock.release())
    const tether = givenTether ?? startTether()
    if (tether !== givenTether) held.defer(() => tether.stop())

    const names = replicaNames(replicaCount)
    const state = readState(folder) ?? newState()
    const placement = place(folder, state, onEvent)
    if (placement.home !== folder) {
      state.home = placement.home
      const homeLock = lockFolder(placement.home)
      held.defer(() => homeLock.release())
    }
    await clearOrphans(state, placement.home, onEvent)
    assignPorts(state, ['primary', ...names], onEvent)
    writeState(folder, state)

    const build = (name: string) => buildServer(name, folder, state, placement, tether)
    const primary = new Primary(build('primary'), onEvent)
    const replicas = names.map(
      (name) => new Replica({ server: build(name), primary: primary.server, placement, announce: onEvent }),
    )
    if (primary.server.exists) requireVersion(placement)
    else {
      await createFiles(placement, names, state.password, onEvent)
      // Nobody waits for this but a stop: after that everything is on the disk.
      const flushed = Promise.all(
        ['primary', ...names].map((name) => flushToDisk(placement, join(placement.home, name))),
      )
      held.defer(async () => void (await flushed))
    }
    held.defer(() => primary.stop())
    held.defer(async () => void (await Promise.all(replicas.map((replica) => replica.stop()))))

    const replicasArrived = Promise.all(replicas.map((replica) => replica.start()))
    await primary.start()
    const created = await createDatabase(primary.server)
    await dropSlotsExcept(primary.server, names)
    await replicasArrived

    let stopped: Promise<void> | undefined
    return {
      primaryUrl: primary.server.url,
      replicaUrls: replicas.map(({ server }) => server.url),
      created,
      primary: serverHandle(primary.server),
      replicas: replicas.map(({ server }) => replicaHandle(server)),
      failed: primary.failed,
      stop: () => (stopped ??= held.disposeAsync()),
    }
  } catch (error) {
    await held.disposeAsync()
    throw explain(error, folder)
  }
}

/** Files can't be written for reasons that we see only then; everything else has its explanation already. */
function explain(error: unknown, folder: string): unknown {
  if (error instanceof SpillwayError || !(error instanceof Error) || !('syscall' in error)) return error
  return new SpillwayError(
    'EMBEDDED_FILES',
    `The embedded PostgreSQL in ${folder} can't be started: ${error.message}.`,
    {
      hint: 'Check the room on the disk and the permissions of that folder.',
      cause: error,
    },
  )
}

/** Copying the primary before it has ever run is the quickest way to a replica. */
async function createFiles(placement: Placement, replicas: string[], password: string, announce: Announce) {
  const { home, account } = placement
  const from = join(home, 'primary')
  announce({ kind: 'initialising', server: 'primary', message: `A new database is made in ${home}.` })
  // Replicas of a primary that is gone; also those that aren't wanted today.
  for (const entry of readdirSync(home)) {
    if (/^replica-\d+/.test(entry) && !entry.endsWith('.log'))
      rmSync(join(home, entry), { recursive: true, force: true })
  }
  await initialise(placement, from, password)
  const { signal } = new AbortController()
  await Promise.all(replicas.map((name) => cloneStopped({ from, to: join(home, name), account, signal })))
}

/** @returns whether it wasn't there. */
async function createDatabase(primary: PostgresServer): Promise<boolean> {
  const existing = await primary.query(`select 1 from pg_database where datname = 'spillway'`)
  if (existing.length > 0) return false
  await ask(primary.adminUrl, 'create database spillway')
  await ask(primary.url, 'create extension if not exists pg_stat_statements')
  return true
}

/** Something that may take its time on a slow disk. */
async function ask(url: string, statement: string) {
  const admin = new Admin(url, 60_000)
  await admin.query(statement)
  await admin.close()
}
