/**
 * A shared tier with its bus, as the caches of one process use it: several caches may share it, and each hears what the
 * others and other processes write and invalidate.
 *
 * @module
 */
import { type Floors, type Logger, messageOf, noFloors, UnavailableError } from '../foundation/index.ts'
import { GuardedTier } from './guarded-tier.ts'
import type { Bus, Invalidation, Notice, SharedTier } from './shared-tier.ts'

export interface BackendOptions {
  tier: SharedTier
  bus: Bus
  logger: Logger
  /**
   * For caches of what databases with replicas answer: `floorsOf` of `spillway/database` makes it. Without it, a process
   * that has not heard of an invalidation yet may load from a replica that lacks the change.
   */
  floors?: FloorHooks
  /** Hears what is invalidated from here, when it is done. */
  onInvalidated?: (tags: readonly string[]) => void
}

/** How a cache learns what its loads must see, and makes them see it. */
export interface FloorHooks {
  /**
   * What the current context has written or heard of. It rejects with an {@link UnavailableError} while that can't be
   * known: then what it invalidates is invalidated again once it can.
   */
  current(): Promise<Floors>
  /**
   * Runs a load whose reads must see as much. `isBehind` when some of them could not, as nobody who has it answers: then
   * the value isn't shared.
   */
  under<Value>(floors: Floors, load: () => Promise<Value>): Promise<{ value: Value; isBehind: boolean }>
}

/** What keeps values in this process, and must hear when they don't hold any more. */
export interface Listener {
  /** Also hears what this process itself has published. */
  hear(notice: Notice): void
  /** Something may have been missed. */
  distrust(reason: string): void
}

const againAfterMs = 250

export class Backend {
  readonly tier: GuardedTier
  readonly #bus: Bus
  readonly #logger: Logger
  readonly #floors: FloorHooks | undefined
  readonly #onInvalidated: BackendOptions['onInvalidated']
  readonly #again = new Set<ReturnType<typeof setTimeout>>()
  readonly #listeners = new Set<Listener>()

  constructor({ tier, bus, logger, floors, onInvalidated }: BackendOptions) {
    this.tier = new GuardedTier({ tier, logger, onPaid: (notice) => void this.tell(notice) })
    this.#onInvalidated = onInvalidated
    this.#bus = bus
    this.#logger = logger
    this.#floors = floors
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
   *
   * @param floors how far databases must have come for the loads that follow; what this context has seen by default.
   * @returns `owed` when it has not all been done: it will be, unless this process dies before. Who can come again, as a
   * consumer of changes can, does so.
   */
  async invalidate(tags: readonly string[], kind: 'hard' | 'soft', floors?: Floors): Promise<Invalidation> {
    const known = floors ?? (await this.#current())
    if (!known) this.#invalidateAgain(tags, kind)
    let done: Invalidation
    try {
      done = await this.tier.invalidate(tags, kind, known)
    } finally {
      this.#tellHere({ tags: [...tags] })
    }
    await this.#publish({ tags: [...tags] })
    this.#onInvalidated?.(tags)
    return known ? done : 'owed'
  }

  /** Runs a load so that it sees what its lease asks for. */
  async load<Value>(floors: Floors, load: () => Promise<Value>): Promise<{ value: Value; isBehind: boolean }> {
    if (this.#floors && Object.keys(floors).length > 0) return await this.#floors.under(floors, load)
    return { value: await load(), isBehind: false }
  }

  /** For what was written to the tier before. */
  async tell(notice: Notice): Promise<void> {
    this.#tellHere(notice)
    await this.#publish(notice)
  }

  async close(): Promise<void> {
    for (const timer of this.#again) clearTimeout(timer)
    await this.#bus.close()
    await this.tier.close()
  }

  async #current(): Promise<Floors | undefined> {
    if (!this.#floors) return noFloors
    return await this.#floors.current().catch((error: unknown) => {
      if (!(error instanceof UnavailableError)) throw error
      this.#logger.warn({ error: messageOf(error) }, 'what an invalidation is about is not known: it will be repeated')
      return undefined
    })
  }

  /** In the same context, which knows what it has written. */
  #invalidateAgain(tags: readonly string[], kind: 'hard' | 'soft'): void {
    const timer = setTimeout(() => {
      this.#again.delete(timer)
      // It rejects only for what is no outage, which the first attempt has told its caller.
      this.invalidate(tags, kind).catch(() => undefined)
    }, againAfterMs)
    this.#again.add(timer)
  }

  #tellHere(notice: Notice): void {
    for (const listener of this.#listeners) listener.hear(notice)
  }

  /** Others learn by the gap in its notices that they have missed one. */
  async #publish(notice: Notice): Promise<void> {
    await this.#bus.publish(notice).catch(() => undefined)
  }
}
