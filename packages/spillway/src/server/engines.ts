/** The engines a program runs on: given by settings, or embedded. @module */
import { type EmbeddedCluster, type EmbeddedEvent, startEmbeddedCluster } from '../embedded/index.ts'
import type { PlatformSettings, Tether } from '../foundation/index.ts'

export interface Engines {
  primaryUrl: string
  replicaUrls: string[]
  /** Undefined when DATABASE_URL names a database. */
  embedded: EmbeddedCluster | undefined
  stop(): Promise<void>
}

/** Starts what no setting replaces. */
export async function startEngines(
  settings: PlatformSettings,
  tether: Tether,
  onEvent: (event: EmbeddedEvent) => void,
): Promise<Engines> {
  if (settings.DATABASE_URL) {
    return {
      primaryUrl: settings.DATABASE_URL,
      replicaUrls: settings.DATABASE_REPLICA_URLS,
      embedded: undefined,
      stop: async () => undefined,
    }
  }
  const cluster = await startEmbeddedCluster({
    dataDir: settings.DATA_DIR,
    replicas: settings.EMBEDDED_REPLICAS,
    tether,
    onEvent,
  })
  const { primaryUrl, replicaUrls } = cluster
  return { primaryUrl, replicaUrls, embedded: cluster, stop: () => cluster.stop() }
}
