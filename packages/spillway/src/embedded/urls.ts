/** How another process finds a running cluster. @module */
import { realpathSync } from 'node:fs'
import { markOf } from './fleet.ts'
import { findLeftovers } from './leftovers.ts'
import { clusterFolder, readState, serverUrl } from './state.ts'

export interface EmbeddedUrls {
  primaryUrl: string
  replicaUrls: string[]
}

/**
 * The URLs of the cluster that some process runs on `dataDir`, or `undefined` when none does. Must be called as the
 * user who runs it; the replicas are those that run now.
 *
 * @example
 * const { primaryUrl } = findEmbeddedUrls('.spillway') ?? (await startEmbeddedCluster({ dataDir: '.spillway' }))
 */
export function findEmbeddedUrls(dataDir: string): EmbeddedUrls | undefined {
  const folder = realFolder(dataDir)
  const state = folder && readState(folder)
  if (!state) return undefined
  const running = Object.keys(state.ports).filter((server) => runs(markOf(state, state.home ?? folder, server)))
  if (!running.includes('primary')) return undefined
  return {
    primaryUrl: serverUrl(state, 'primary'),
    replicaUrls: running.filter((server) => server !== 'primary').map((server) => serverUrl(state, server)),
  }
}

/** Whether there is a cluster in `dataDir`, running or not. */
export function hasEmbeddedCluster(dataDir: string): boolean {
  const folder = realFolder(dataDir)
  return folder !== undefined && readState(folder) !== undefined
}

function runs(mark: string): boolean {
  return findLeftovers(mark).some(({ leader }) => leader)
}

function realFolder(dataDir: string): string | undefined {
  try {
    return realpathSync(clusterFolder(dataDir))
  } catch {
    // No such folder: nothing has ever run there.
    return undefined
  }
}
