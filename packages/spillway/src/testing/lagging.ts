/** Replicas that are behind, for tests of who notices. @module */
import type { EmbeddedReplica } from '../embedded/index.ts'

interface LagOptions {
  /** Shortest time without replaying. @default 0 */
  minMs?: number
  /** Longest one. */
  maxMs: number
}

/**
 * Makes a replica stop replaying for a random time and go on for a shorter one, again and again.
 *
 * @returns a function that ends it; the replica replays then.
 * @example
 * const stop = lagging(test.cluster.replicas[0], { maxMs: 2_000 })
 * await stop()
 */
export function lagging(replica: EmbeddedReplica, { minMs = 0, maxMs }: LagOptions): () => Promise<void> {
  let isStopping = false
  const wake = Promise.withResolvers<void>()
  const rest = (ms: number) => Promise.race([Bun.sleep(ms), wake.promise])
  const running = (async () => {
    while (!isStopping) {
      await replica.pause()
      await rest(minMs + Math.random() * (maxMs - minMs))
      await replica.resume()
      await rest((Math.random() * maxMs) / 4)
    }
  })()
  return async () => {
    isStopping = true
    wake.resolve()
    await running
  }
}
