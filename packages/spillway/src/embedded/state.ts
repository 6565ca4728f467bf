/** What a cluster remembers between starts: its password, ports and where its data is. @module */
import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf, SpillwayError } from '../foundation/errors.ts'

export interface ClusterState {
  /** Tells the processes of this cluster from those of any other. */
  id: string
  password: string
  /** Port by server name. */
  ports: Record<string, number>
  /** Where the servers' folders are, when that isn't beside this file. */
  home?: string
}

/** The folder of the cluster inside DATA_DIR. */
export function clusterFolder(dataDir: string): string {
  return join(dataDir, 'postgres')
}

export function newState(): ClusterState {
  return { id: randomBytes(6).toString('hex'), password: randomBytes(18).toString('base64url'), ports: {} }
}

/** `undefined` when there is none; throws `EMBEDDED_STATE_UNREADABLE` for one that can't be read. */
export function readState(folder: string): ClusterState | undefined {
  const file = stateFile(folder)
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new SpillwayError('EMBEDDED_STATE_UNREADABLE', `${file} can't be read: ${messageOf(cause)}.`, {
      hint: 'Run as the user who started it first, or move the data folder away to begin with an empty one.',
      cause,
    })
  }
}

/** Replaced in one step, so that a crash leaves the old or the new one; only we may read it, it has the password. */
export function writeState(folder: string, state: ClusterState) {
  const file = stateFile(folder)
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The superuser's URL of one server. */
export function serverUrl(state: ClusterState, server: string, database = 'spillway'): string {
  return `postgres://spillway:${state.password}@127.0.0.1:${state.ports[server]}/${database}`
}

function stateFile(folder: string): string {
  return join(folder, 'cluster.json')
}
