/** Deleting by pattern: slow, for people who administer. Applications use tags. @module */
import type { Backend } from './backend.ts'

/** So many at a time: the tier serves others in between. */
const batchSize = 500

/**
 * Deletes every value whose key in the tier matches, and tells the other processes. It walks over everything there is,
 * and a load that is under way for a key without a value goes on: what must not be served any more has a tag.
 *
 * @param pattern with `*`, `?` and `[…]`, of the whole key.
 * @param onProgress hears how many of how many are deleted.
 * @returns how many there were.
 */
export async function deleteMatching(
  backend: Backend,
  pattern: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<number> {
  const found = new Set<string>()
  for await (const key of backend.tier.scan(pattern)) found.add(key)
  const keys = [...found]
  let count = 0
  for (let start = 0; start < keys.length; start += batchSize) {
    const batch = keys.slice(start, start + batchSize)
    count += await backend.tier.delete(batch)
    await backend.tell({ keys: batch })
    onProgress(start + batch.length, keys.length)
  }
  return count
}
