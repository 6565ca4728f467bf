/** Stored pages end when what they show is changed, by whichever client. @module */
import type { Change, Database, Watched } from '../database/index.ts'
import type { PageCache } from '../http/index.ts'

/** Ties the tags that a database's watched tables declare to the page cache of this process. */
export function invalidatePagesOnChange(databases: readonly Database[], cache: PageCache): void {
  for (const { name, changes } of databases) {
    const tagged = new Map(changes.watched.filter(({ tags }) => tags).map((watched) => [watched.name, watched]))
    if (tagged.size === 0) continue
    changes.watch((batch, { position }) => {
      cache.heard[name] = position
      const concerned = batch.filter(({ table }) => tagged.has(table))
      if (concerned.length === 0) return
      if (concerned.some(({ operation }) => operation === 'many')) cache.applyInvalidationOfAll()
      else cache.applyInvalidation([...new Set(concerned.flatMap((change) => tagsOf(change, tagged)))])
    })
  }
}

function tagsOf(change: Change, tagged: Map<string, Watched>): string[] {
  return change.operation === 'many' ? [] : (tagged.get(change.table)?.tags?.(change) ?? [])
}
