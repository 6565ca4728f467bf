/** What a cache in front of this program must be able to do: learn what pages carry, and drop them by it. @module */

export type HeaderList = [name: string, value: string][]

/** A CDN or proxy that pages are purged from. Calls can be repeated: purging twice is as good as once. */
export interface CdnPurge {
  /** In log lines and errors. */
  readonly name: string
  /** How many tags one call to it takes; `purge` makes several for more. */
  readonly maxTags: number
  /** False when it may keep pages of a tag that `purge` misses: then they should expire soon by themselves. */
  readonly isComplete: boolean

  /**
   * Tells it what a page carries, on the page's way out.
   *
   * @param address path and query, as clients ask for it.
   * @returns headers for the answer, in place of those it has under the same names. They can say that no CDN may keep it,
   * when it carries more tags than the CDN takes.
   */
  label(address: string, tags: readonly string[]): HeaderList

  /**
   * Drops what carries one of the tags. A task can call it, and be retried.
   *
   * @throws {PurgeFailedError} when it refuses; whatever `signal` was aborted with when it doesn't answer.
   */
  purge(tags: readonly string[], signal?: AbortSignal): Promise<void>

  /** Drops everything. @throws as `purge`. */
  purgeEverything(signal?: AbortSignal): Promise<void>
}

/**
 * For an answer that no CDN may keep: it carries too many tags, or something it shows was invalidated while it was made.
 * `private` is what all of them understand, without a rule of their own; a browser asks again and gets a 304.
 */
export const notAtCdn: HeaderList = [['Cache-Control', 'private, no-cache']]

/** Seconds that shared caches may keep a page with this `ttl`, unless its route says so itself. */
export function defaultSharedTtl(ttl: number, cdn: CdnPurge | undefined): number {
  return cdn?.isComplete ? ttl : Math.min(ttl, 60)
}
