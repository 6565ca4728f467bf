/** What is cached ends when the rows it was made of are changed, by whichever client. @module */
import type { Change, ChangesConsumer, Database, Watched } from '../database/index.ts'
import { UnavailableError } from '../foundation/index.ts'
import type { CacheBackends } from './cache-backends.ts'

/** When the shared cache is back, changes must not wait for long: until they are handled, old values are kept anew. */
const retryMaxMs = 1_000

/**
 * Ties the tags that a database's watched tables declare to what caches share. One process of the fleet does it for
 * all; the others hear of it over the caches' bus.
 */
export function invalidateOnChange(databases: readonly Database[], backends: CacheBackends): void {
  for (const { changes } of databases) {
    const tagged = new Map(changes.watched.filter(({ tags }) => tags).map((watched) => [watched.name, watched]))
    if (tagged.size === 0) continue
    const handle: ChangesConsumer = async (batch, { floors }) => {
      const concerned = batch.filter(({ table }) => tagged.has(table))
      if (concerned.length === 0) return
      const tags = new Set(concerned.flatMap((change) => tagsOf(change, tagged)))
      const isAll = concerned.some(({ operation }) => operation === 'many')
      const done = await Promise.all(
        backends.all.map((backend) => {
          return backend.invalidate(isAll ? [...backend.tier.everything] : [...tags], 'hard', floors)
        }),
      )
      // Owed is lost with this process: the position stays, and whoever consumes next does it again.
      if (done.includes('owed'))
        throw new UnavailableError('CACHE_AWAY', 'The shared cache has not taken an invalidation.')
    }
    changes.consume(`cache ${backends.id}`, handle, { retryMaxMs })
  }
}

function tagsOf(change: Change, tagged: Map<string, Watched>): string[] {
  return change.operation === 'many' ? [] : (tagged.get(change.table)?.tags?.(change) ?? [])
}
