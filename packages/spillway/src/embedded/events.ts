/** What the cluster tells while it starts and runs. @module */

/**
 * `message` is a sentence for people; `kind` and `server` are for programs.
 *
 * | kind | when |
 * |---|---|
 * | `initialising` | there was no database, one is being made |
 * | `relocated` | data or programs had to go to another folder, which the message names |
 * | `port-changed` | the remembered port was taken |
 * | `orphan-stopped` | servers of this data folder were still running and have been stopped |
 * | `recovering` | a server replays its log after a crash and needs more than a moment |
 * | `started`, `restarted` | a server answers (and a replica streams) |
 * | `died` | a server ended without being asked to |
 * | `cloning` | a replica is copied anew from the primary, for the reason told |
 * | `replica-failed` | a replica can't be had now; it is tried again, the primary serves meanwhile |
 * | `failed` | the primary doesn't stay up; `cluster.failed` rejects |
 */
export interface EmbeddedEvent {
  kind:
    | 'initialising'
    | 'relocated'
    | 'port-changed'
    | 'orphan-stopped'
    | 'recovering'
    | 'started'
    | 'restarted'
    | 'died'
    | 'cloning'
    | 'replica-failed'
    | 'failed'
  /** `primary`, `replica-1`, … */
  server?: string
  message: string
}

export type Announce = (event: EmbeddedEvent) => void
