/** The servers of a cluster: their names, marks, ports and settings. @module */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SpillwayError } from '../foundation/errors.ts'
import type { Tether } from '../foundation/tether.ts'
import type { Announce } from './events.ts'
import { stopLeftovers } from './leftovers.ts'
import type { Placement } from './placement.ts'
import { freePort, isFree } from './ports.ts'
import { PostgresServer } from './server.ts'
import { type ClusterState, serverUrl } from './state.ts'

export function replicaNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `replica-${index + 1}`)
}

/** Differs for each cluster and folder, so that a copy of a data folder doesn't stop the servers of the original. */
export function markOf(state: ClusterState, home: string, server: string): string {
  const hash = createHash('sha256').update(`${state.id} ${home}`).digest('hex').slice(0, 12)
  return `spillway-${server}-${hash}`
}

/** Stops what a crash has left running, also servers that this start doesn't want. */
export async function clearOrphans(state: ClusterState, home: string, announce: Announce) {
  for (const server of Object.keys(state.ports)) {
    const pids = await stopLeftovers(markOf(state, home, server))
    if (pids.length === 0) continue
    const message = `A ${server} of this data folder was still running (${pids.join(', ')}) and has been stopped.`
    announce({ kind: 'orphan-stopped', server, message })
  }
}

/** Keeps the remembered ports that are free, and chooses others for the rest. */
export function assignPorts(state: ClusterState, servers: string[], announce: Announce) {
  for (const server of servers) {
    const remembered = state.ports[server]
    if (remembered !== undefined && isFree(remembered)) continue
    const port = freePort(Object.values(state.ports))
    state.ports[server] = port
    if (remembered === undefined) continue
    const message = `Port ${remembered} of the embedded ${server} is taken by another program; it gets ${port}.`
    announce({ kind: 'port-changed', server, message })
  }
}

/** A data folder of another major version can't be used; PostgreSQL's own message for it doesn't say what to do. */
export function requireVersion({ home, binaries }: Placement) {
  const data = readFileSync(join(home, 'primary/PG_VERSION'), 'utf8').trim()
  const major = binaries.version.split('.')[0]
  if (data === major) return
  throw new SpillwayError('EMBEDDED_VERSION', `The data in ${home} is of PostgreSQL ${data}, this is ${major}.`, {
    hint: `Make a backup with the earlier version of Spillway and restore it here, or move ${home} away to begin anew.`,
  })
}

export function buildServer(name: string, folder: string, state: ClusterState, placement: Placement, tether: Tether) {
  const port = state.ports[name]!
  const upstream = { port: state.ports['primary']!, password: state.password, name }
  return new PostgresServer({
    name,
    folder: join(placement.home, name),
    logPath: join(folder, `${name}.log`),
    mark: markOf(state, placement.home, name),
    url: serverUrl(state, name),
    config: name === 'primary' ? { port } : { port, upstream },
    placement,
    tether,
  })
}
