/** Before the workers start: do the pools of all of them fit into each server's `max_connections`? @module */
import { checkConnectionBudget } from '../database/index.ts'
import type { PlatformSettings } from '../foundation/index.ts'
import type { DatabaseServers } from './database-servers.ts'

/** How many processes open these pools, and what the tasks' own pools come to in all of them. */
export interface Processes {
  count: number
  tasks?: { url: string; connections: number } | undefined
}

/**
 * @returns a sentence for each server that takes fewer connections than the pools may open.
 */
export async function connectionWarnings(
  databases: DatabaseServers[],
  settings: PlatformSettings,
  processes: Processes,
): Promise<string[]> {
  // PgBouncer takes as many as it is told to, and makes few of them.
  if (settings.DATABASE_PGBOUNCER) return []
  const warnings = await Promise.all(
    [...connectionsPerServer(databases, settings.DATABASE_POOL_MAX, processes)].map(
      async ([server, { url, connections }]) => {
        // A replica that is away is no reason not to start; the migrations have met the primary.
        const budget = await checkConnectionBudget(url, connections).catch(() => undefined)
        if (!budget || budget.fits) return undefined
        return `The pools may open ${budget.wanted} connections to ${server}, which takes ${budget.available}. Lower DATABASE_POOL_MAX, WEB_WORKERS or TASK_WORKERS, or raise max_connections.`
      },
    ),
  )
  return warnings.filter((warning) => warning !== undefined)
}

/** Connections to each server, by host and port: several databases may live on one. */
function connectionsPerServer(databases: DatabaseServers[], poolMax: number, { count, tasks }: Processes) {
  const servers = new Map<string, { url: string; connections: number }>()
  const add = (url: string, connections: number) => {
    const { hostname, port } = new URL(url)
    const server = `${hostname}:${port || 5432}`
    servers.set(server, { url, connections: connections + (servers.get(server)?.connections ?? 0) })
  }
  for (const { primaryUrl, replicaUrls } of databases) {
    // Where there are replicas, each server is watched over a connection beside its pool.
    const connections = poolMax + (replicaUrls.length > 0 ? 1 : 0)
    for (const url of [primaryUrl, ...replicaUrls]) add(url, count * connections)
  }
  if (tasks) add(tasks.url, tasks.connections)
  return servers
}
