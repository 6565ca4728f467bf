/** PostgreSQL that ships with npm: a primary and its replicas, without anything to install. @module */
export { type EmbeddedCluster, type EmbeddedOptions, startEmbeddedCluster } from './cluster.ts'
export type { EmbeddedEvent } from './events.ts'
export type { EmbeddedReplica, EmbeddedServer } from './handles.ts'
export { type EmbeddedUrls, findEmbeddedUrls, hasEmbeddedCluster } from './urls.ts'
