/** What is cached ends when the rows it was made of are changed, by whichever client. @module */
import type { Change, Database, Watched } from '../database/index.ts'
import type { CacheBackends } from './cache-backends.ts'

/**
 * Ties the tags that a database's watched tables declare to what caches share. One process of the fleet does it for
 * all; the others hear of it over the caches' bus.
 */
export function invalidateOnChange(databases: readonly Database[], backends: CacheBackends): void {
  for (const { changes } of databases) {
    const tagged = new Map(changes.watched.filter(({ tags }) => tags).map((watched) => [watched.name, watched]))
    if (tagged.size === 0) continue
    changes.consume(`cache ${backends.id}`, async (batch) => {
      const concerned = batch.filter(({ table }) => tagged.has(table))
      if (concerned.length === 0) return
      const tags = new Set(concerned.flatMap((change) => tagsOf(change, tagged)))
      const isAll = concerned.some(({ operation }) => operation === 'many')
      await Promise.all(
        backends.all.map((backend) => backend.invalidate(isAll ? [...backend.tier.everything] : [...tags], 'hard')),
      )
    })
  }
}

function tagsOf(change: Change, tagged: Map<string, Watched>): string[] {
  return change.operation === 'many' ? [] : (tagged.get(change.table)?.tags?.(change) ?? [])
}
