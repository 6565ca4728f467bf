/** The app's caches as a part of a process. @module */
import type { App } from '../app.ts'
import type { Logger, Part, PlatformSettings } from '../foundation/index.ts'
import type { CacheBackends } from './cache-backends.ts'

export function cachePart({ caches }: App, backends: CacheBackends, settings: PlatformSettings, logger: Logger): Part {
  return {
    name: 'caches',
    start: async () => {
      await backends.ready()
      caches?.start((name) => backends.of(name), logger, { remembers: settings.CACHE })
    },
    stop: async () => {
      caches?.stop()
      await backends.close()
    },
  }
}
