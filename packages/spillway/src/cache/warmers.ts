/**
 * Warm-up: what visitors will ask for is loaded before they do, hot things first and gently.
 *
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type Logger, messageOf } from '../foundation/index.ts'
import { CacheUsageError, WarmingError } from './errors.ts'

export interface WarmerDefinition {
  /** In log lines and `spillway cache warm <name>`: lower case letters, digits and `-`. */
  name: string
  /** How often it runs; a run that is still under way is not joined by another. @default 600 */
  everySeconds?: number
  /** Loads what there is to load through the caches; what is there and fresh stays as it is. */
  run(warming: Warming): Promise<unknown>
}

export type Warmer = Required<WarmerDefinition>

/** What a run has at hand. */
export interface Warming {
  /** Aborted when the process drains, or when another one has taken over. */
  readonly signal: AbortSignal
  readonly logger: Logger
  /**
   * Warms one thing after the other in their order, two at a time. After each it rests for as long as that one took, so
   * it leaves the database alone when that is slow. What fails is counted and left out; ten in a row end the run.
   */
  each<Item>(items: Iterable<Item>, warm: (item: Item) => unknown): Promise<void>
  /**
   * Renders a page into the page cache, as a visitor's GET of it would, and so also what it reads through the caches.
   *
   * @param headers those that the page varies on.
   * @throws {WarmingError} when it isn't answered with success.
   */
  page(path: string, headers?: Record<string, string>): Promise<void>
}

export interface WarmedRun {
  warmed: number
  failed: number
  tookMs: number
}

const atOnce = 2
const failuresInARowMax = 10
const restMaxMs = 5_000

/**
 * Declares a warmer. It runs once a release in the whole fleet, by one of its processes, and again every
 * `everySeconds`.
 *
 * @throws {CacheUsageError} when it can't be called so, or has no interval.
 * @example
 * export const popular = warmer({
 *   name: 'popular-products',
 *   run: async ({ each, page }) => each(await mostViewed(100), ({ id }) => page(`/products/${id}`)),
 * })
 */
export function warmer({ name, everySeconds = 600, run }: WarmerDefinition): Warmer {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new CacheUsageError(`A warmer can't be called "${name}".`, 'Use lower case letters, digits and -.')
  }
  if (!(everySeconds > 0)) {
    throw new CacheUsageError(`The warmer "${name}" can't run every ${everySeconds} s.`, 'Give seconds above zero.')
  }
  return { name, everySeconds, run }
}

/**
 * Runs a warmer to its end, here and now, and logs what came of it.
 *
 * @throws whatever the warmer throws.
 */
export async function runWarmer(
  { name, run }: Warmer,
  { signal, logger, page }: Pick<Warming, 'signal' | 'logger' | 'page'>,
): Promise<WarmedRun> {
  const startedAt = performance.now()
  const warmed = { warmed: 0, failed: 0 }
  const each: Warming['each'] = (items, warm) => warmEach(items, warm, warmed, { signal, logger, name })
  await run({ signal, logger, page, each })
  const tookMs = Math.round(performance.now() - startedAt)
  const outcome = { warmer: name, ...warmed, tookMs }
  if (signal.aborted) logger.info(outcome, 'warming was ended early: the process drains, or another has taken over')
  else logger.info(outcome, 'caches are warm')
  return { ...warmed, tookMs }
}

async function warmEach<Item>(
  items: Iterable<Item>,
  warm: (item: Item) => unknown,
  counts: { warmed: number; failed: number },
  { signal, logger, name }: { signal: AbortSignal; logger: Logger; name: string },
): Promise<void> {
  const queue = items[Symbol.iterator]()
  let failuresInARow = 0
  const one = async (item: Item) => {
    try {
      await warm(item)
      counts.warmed++
      failuresInARow = 0
    } catch (error) {
      if (signal.aborted) return
      counts.failed++
      failuresInARow++
      logger.warn({ warmer: name, error: messageOf(error) }, 'could not be warmed: its first visitor loads it')
      if (failuresInARow < failuresInARowMax) return
      throw new WarmingError(`${failuresInARow} in a row failed, at last with: ${messageOf(error)}`, error)
    }
  }
  const lane = async () => {
    while (!signal.aborted && failuresInARow < failuresInARowMax) {
      const next = queue.next()
      if (next.done) return
      const startedAt = performance.now()
      await one(next.value)
      const restMs = Math.min(performance.now() - startedAt, restMaxMs)
      // Aborted: the loop ends.
      await pause(restMs, undefined, { signal }).catch(() => undefined)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
