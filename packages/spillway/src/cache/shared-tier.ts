/**
 * What processes and machines share: values, the versions of tags, and the leases by which one of them loads for all.
 * Redis and SQLite are its drivers; `spillway/testing` has the suite that both pass.
 *
 * @module
 */
import type { Floors } from '../foundation/index.ts'

/**
 * Where a tag stands: the tier's sequence at its last hard and soft invalidation. Undefined when the tier doesn't know
 * the tag (any more); then nothing is known about the entries that carry it, and they don't hold.
 */
export type TagVersion = { hard: number; soft: number } | undefined

export interface Reading {
  /** In the order of the keys; undefined where there is none. */
  entries: (Uint8Array | undefined)[]
  /** In the order of the tags. */
  versions: TagVersion[]
}

export interface LeaseRequest {
  key: string
  /** Tells the holder from everyone else. */
  token: string
  /** The holder renews it while it loads; when it dies, the next one takes over after this. */
  forMs: number
  /** The newest version among the tags that the caller knows: a load that began before it is void. */
  voidBefore: number
}

export type LeaseAnswer =
  /**
   * The caller loads. What is invalidated from now on has a higher number than `sequence`; of what was invalidated
   * before, `floors` is how far databases had come. `bytes` are those under the key as of now.
   */
  | { kind: 'granted'; sequence: number; floors: Floors; bytes: Uint8Array | undefined }
  /** Someone else loads. */
  | { kind: 'held' }
  /** Someone's load failed a moment ago; nobody tries again before the back-off has passed. */
  | { kind: 'failed'; message: string }

/** Whether an invalidation has taken effect, or will before the tier is trusted again: it is away. */
export type Invalidation = 'done' | 'owed'

/** A message to the other processes. It carries keys and tags, never values. */
export interface Notice {
  /** Written or deleted by someone: loads under way are void. */
  keys?: readonly string[]
  /** Loaded: those who wait for them find them in the tier. */
  filled?: readonly string[]
  tags?: readonly string[]
}

export interface SharedTier {
  readonly name: string
  /** Changes whenever the tier may have forgotten writes: what it kept before is not trusted. */
  readonly epoch: string
  /** The tier's clock. */
  nowMs(): number

  /** One round trip. */
  read(keys: readonly string[], tags: readonly string[]): Promise<Reading>
  /** Writes, and voids the loads of the key that are under way. */
  write(key: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<void>
  /** The sequence as of now: what is written with it is void after the next invalidation of its tags. */
  sequence(): Promise<number>
  /** Writes only if the bytes are still those that were read. */
  replace(key: string, expected: Uint8Array, bytes: Uint8Array, ttlMs: number): Promise<boolean>
  /** Removes, and voids loads under way. @returns how many there were. */
  delete(keys: readonly string[]): Promise<number>

  lease(request: LeaseRequest): Promise<LeaseAnswer>
  /** @returns false when the lease is lost. */
  renew(key: string, token: string, forMs: number): Promise<boolean>
  /** Writes what was loaded and ends the lease. @returns false, having written nothing, when the lease is lost. */
  fill(key: string, token: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<boolean>
  /** Ends the lease without a value. With a message, nobody loads again for `forMs`. */
  fail(key: string, token: string, failure?: { message: string; forMs: number }): Promise<void>

  /**
   * Gives the tags the next number of the sequence, and raises the floors, in one step: whoever has a lease with this
   * number knows these floors. The same cost whatever the number of entries.
   */
  invalidate(tags: readonly string[], kind: 'hard' | 'soft', floors?: Floors): Promise<Invalidation>

  /** A counter, kept apart from entries. @returns its new value. */
  increment(key: string, by: number, ttlMs: number): Promise<number>

  /** Slow: walks over everything. For administration. */
  scan(pattern: string): AsyncIterable<string>
  close(): Promise<void>
}

/** Tells processes of each other's writes and invalidations, in order from each. */
export interface Bus {
  publish(notice: Notice): Promise<void>
  /**
   * @param onNotice hears what others published.
   * @param onGap something may have been missed: what this process keeps can't be trusted.
   */
  subscribe(onNotice: (notice: Notice) => void, onGap: (reason: string) => void): void
  close(): Promise<void>
}
