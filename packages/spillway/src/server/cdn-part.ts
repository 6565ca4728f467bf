/** The CDN in front of the program, which is purged of what is invalidated. @module */
import type { Backend } from '../cache/index.ts'
import type { Logger, Part, PlatformSettings } from '../foundation/index.ts'
import { type CdnPurge, cdnFrom, everyPage, Purger } from '../http/index.ts'
import type { BackendHooks } from './cache-backends.ts'

export interface Cdn {
  cdn: CdnPurge
  /** Purges where an invalidation begins: once for the fleet. */
  hooks: BackendHooks
  /** Purges where an invalidation is heard of, when each process knows its own pages only. */
  listen(backend: Backend): void
  part: Part
  /** How many purges a stop has given up on. */
  lost(): number
}

/** @throws {SpillwayError} when CDN_PURGE_URL lacks something. */
export function openCdn({ CDN_PURGE_URL }: PlatformSettings, logger: Logger): Cdn | undefined {
  if (!CDN_PURGE_URL) return undefined
  const cdn = cdnFrom(CDN_PURGE_URL)
  const purger = new Purger({ cdn, logger })
  const purge = (tags: readonly string[]) => {
    if (tags.includes(everyPage)) purger.purgeEverything()
    else purger.purge(...tags)
  }
  return {
    cdn,
    hooks: cdn.isComplete ? { onInvalidated: purge } : {},
    listen: (backend) => {
      if (cdn.isComplete) return
      backend.join({ hear: ({ tags }) => tags && purge(tags), distrust: () => purger.purgeEverything() })
    },
    part: { name: 'cdn', start: async () => undefined, stop: () => purger.stop() },
    lost: () => purger.figures.lost,
  }
}
