/**
 * A shared tier with its bus, as the caches of one process use it: several caches may share it, and each hears what the
 * others and other processes write and invalidate.
 *
 * @module
 */
import type { Logger } from '../foundation/index.ts'
import { GuardedTier } from './guarded-tier.ts'
import type { Bus, Notice, SharedTier } from './shared-tier.ts'

export interface BackendOptions {
  tier: SharedTier
  bus: Bus
  logger: Logger
}

/** What keeps values in this process, and must hear when they don't hold any more. */
export interface Listener {
  /** Also hears what this process itself has published. */
  hear(notice: Notice): void
  /** Something may have been missed. */
  distrust(reason: string): void
}

export class Backend {
  readonly tier: GuardedTier
  readonly #bus: Bus
  readonly #listeners = new Set<Listener>()

  constructor({ tier, bus, logger }: BackendOptions) {
    this.tier = new GuardedTier({ tier, logger })
    this.#bus = bus
    bus.subscribe(
      (notice) => this.#tellHere(notice),
      (reason) => {
        for (const listener of this.#listeners) listener.distrust(reason)
      },
    )
  }

  join(listener: Listener): void {
    this.#listeners.add(listener)
  }

  leave(listener: Listener): void {
    this.#listeners.delete(listener)
  }

  /**
   * Voids what carries one of the tags. Here it takes effect after the tier: until then this process could read the old
   * value from it, and keep that as new.
   */
  async invalidate(tags: readonly string[], kind: 'hard' | 'soft'): Promise<void> {
    try {
      await this.tier.invalidate(tags, kind)
    } finally {
      this.#tellHere({ tags: [...tags] })
    }
    await this.#publish({ tags: [...tags] })
  }

  /** For what was written to the tier before. */
  async tell(notice: Notice): Promise<void> {
    this.#tellHere(notice)
    await this.#publish(notice)
  }

  async close(): Promise<void> {
    await this.#bus.close()
    await this.tier.close()
  }

  #tellHere(notice: Notice): void {
    for (const listener of this.#listeners) listener.hear(notice)
  }

  /** Others learn by the gap in its notices that they have missed one. */
  async #publish(notice: Notice): Promise<void> {
    await this.#bus.publish(notice).catch(() => undefined)
  }
}
