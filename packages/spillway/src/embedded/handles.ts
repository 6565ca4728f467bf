/** What users of a cluster get of each server. @module */
import type { PostgresServer } from './server.ts'

export interface EmbeddedServer {
  /** `primary`, `replica-1`, … */
  readonly name: string
  readonly url: string
  /** `undefined` between a death and the restart. */
  readonly pid: number | undefined
  /** Kills it as a crash would; the cluster brings it back. For fault drills. */
  kill(): Promise<void>
}

export interface EmbeddedReplica extends EmbeddedServer {
  /** Goes on receiving but not replaying, so that reads get older. For tests of replica lag. */
  pause(): Promise<void>
  resume(): Promise<void>
}

export function serverHandle(server: PostgresServer): EmbeddedServer {
  return {
    name: server.name,
    url: server.url,
    get pid() {
      return server.pid
    },
    kill: () => server.kill(),
  }
}

export function replicaHandle(server: PostgresServer): EmbeddedReplica {
  return {
    name: server.name,
    url: server.url,
    get pid() {
      return server.pid
    },
    kill: () => server.kill(),
    pause: async () => void (await server.query('select pg_wal_replay_pause()')),
    resume: async () => void (await server.query('select pg_wal_replay_resume()')),
  }
}
