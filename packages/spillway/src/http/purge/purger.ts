/**
 * Sends what is invalidated to the CDN: together, again when it fails, and never in the way of who invalidates.
 *
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type Logger, messageOf } from '../../foundation/index.ts'
import type { CdnPurge } from './cdn-purge.ts'
import { PurgeFailedError } from './purge-call.ts'
import { everything, PurgeQueue, type Targets } from './purge-queue.ts'

export interface PurgerOptions {
  cdn: CdnPurge
  logger: Logger
  /** What is invalidated within this time is sent together. @default 50 */
  coalesceMs?: number
  /** Each purge is sent a second time after this; 0 is never. See docs/cdn.md. @default 2000 */
  repeatAfterMs?: number
  /** With more tags than this waiting, everything is purged in their place. @default 10000 */
  maxQueued?: number
  /** Of one call. @default 10000 */
  timeoutMs?: number
  /** The first pause after a failure; it doubles up to a minute. @default 500 */
  backoffMs?: number
  /** How long `stop` tries to send what waits. @default 3000 */
  stopTimeoutMs?: number
}

const backoffMaxMs = 60_000
/** Nobody is believed who asks for a longer pause. */
const retryAfterMaxMs = 300_000

/**
 * @example
 * const purger = new Purger({ cdn: cdnFrom('cloudflare://zone?token=…'), logger })
 * purger.purge('product:42')
 */
export class Purger {
  /** `lost` are tags that a stop has given up on. */
  readonly figures = { purged: 0, calls: 0, failures: 0, everything: 0, lost: 0 }

  readonly #options: Required<PurgerOptions>
  readonly #queue: PurgeQueue
  /** Purges that are sent once more, by their timers. */
  readonly #repeats = new Map<Timer, Targets>()
  /** Ends pauses, and then what is under way. */
  readonly #stopping = new AbortController()
  readonly #deadline = new AbortController()
  #sending: Promise<void> | undefined

  constructor(options: PurgerOptions) {
    const defaults = { coalesceMs: 50, repeatAfterMs: 2_000, maxQueued: 10_000, timeoutMs: 10_000 }
    this.#options = { ...defaults, backoffMs: 500, stopTimeoutMs: 3_000, ...options }
    this.#queue = new PurgeQueue(this.#options.maxQueued, () => this.#overflowed())
  }

  /** Returns at once and never fails; what goes wrong is in the log. */
  purge(...tags: string[]): void {
    for (const tag of tags) this.#queue.add(tag, this.#repeatsPurges)
    this.#send()
  }

  /** The same for all that the CDN keeps. */
  purgeEverything(): void {
    this.#queue.add(everything, this.#repeatsPurges)
    this.#send()
  }

  /** Sends what waits, once, and gives up on what fails; the log says so. */
  async stop(): Promise<void> {
    for (const [timer, targets] of this.#repeats) {
      clearTimeout(timer)
      this.#queue.putBack(targets)
    }
    this.#repeats.clear()
    this.#stopping.abort()
    const { stopTimeoutMs } = this.#options
    const timer = setTimeout(() => this.#deadline.abort(new Error('the program is stopping')), stopTimeoutMs)
    this.#send()
    while (this.#sending) await this.#sending
    clearTimeout(timer)
  }

  get #repeatsPurges(): boolean {
    return this.#options.repeatAfterMs > 0 && !this.#stopping.signal.aborted
  }

  #send(): void {
    if (this.#queue.isEmpty) return
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined
      this.#send()
    })
  }

  async #sendAll(): Promise<void> {
    await this.#pause(this.#options.coalesceMs)
    for (let failures = 0; !this.#queue.isEmpty; ) {
      const targets = this.#queue.take(this.#options.cdn.maxTags)
      try {
        await this.#call(targets)
        failures = 0
        this.#repeatLater(targets)
      } catch (error) {
        failures++
        await this.#failed(targets, error, failures)
      }
    }
  }

  async #call(targets: Targets): Promise<void> {
    const { cdn, timeoutMs } = this.#options
    const timeout = AbortSignal.timeout(timeoutMs)
    const signal = AbortSignal.any([timeout, this.#deadline.signal])
    this.figures.calls++
    if (targets.has(everything)) {
      await cdn.purgeEverything(signal)
      this.figures.everything++
    } else {
      const tags = [...targets.keys()].filter((target) => target !== everything)
      await cdn.purge(tags, signal)
      this.figures.purged += tags.length
    }
  }

  async #failed(targets: Targets, error: unknown, failures: number): Promise<void> {
    const { cdn, logger, backoffMs } = this.#options
    this.figures.failures++
    const about = { cdn: cdn.name, err: error, tags: targets.size, failures }
    if (this.#stopping.signal.aborted) {
      const lost = targets.size + this.#queue.clear()
      this.figures.lost += lost
      logger.error(
        { ...about, tags: lost },
        `${lost} purges did not reach the CDN: old pages stay there until they expire`,
      )
      return
    }
    this.#queue.putBack(targets)
    const longest = Math.min(backoffMs * 2 ** (failures - 1), backoffMaxMs)
    // Half of it by chance, so that the processes of a fleet don't come back together.
    const backoff = longest * (0.5 + Math.random() / 2)
    const asked = error instanceof PurgeFailedError ? (error.retryAfterMs ?? 0) : 0
    const retryInMs = Math.round(Math.max(backoff, Math.min(asked, retryAfterMaxMs)))
    logger.warn({ ...about, retryInMs }, `a purge failed and is sent again: ${messageOf(error)}`)
    await this.#pause(retryInMs)
  }

  /** Until the whole fleet has heard of an invalidation, one of its machines may give the CDN the old page once more. */
  #repeatLater(targets: Targets): void {
    if (!this.#repeatsPurges) return
    const again: Targets = new Map()
    for (const [target, isRepeated] of targets) if (isRepeated) again.set(target, false)
    if (again.size === 0) return
    const timer = setTimeout(() => {
      this.#repeats.delete(timer)
      this.#queue.putBack(again)
      this.#send()
    }, this.#options.repeatAfterMs)
    this.#repeats.set(timer, again)
  }

  #overflowed(): void {
    const { cdn, logger, maxQueued } = this.#options
    logger.error(
      { cdn: cdn.name },
      `more than ${maxQueued} tags wait to be purged: everything at the CDN is purged instead`,
    )
  }

  async #pause(ms: number): Promise<void> {
    // Only a stop rejects it, and then there is nothing to wait for.
    await pause(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
  }
}
