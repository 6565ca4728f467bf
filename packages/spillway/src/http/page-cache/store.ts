/**
 * Stored pages, bounded in bytes. Eviction is SIEVE (Zhang et al., NSDI 2024): a hit sets one bit and moves nothing,
 * and pages that were asked for only once leave first, so a crawler can't empty the cache of what people read.
 *
 * @module
 */
import type { Policy } from './policy.ts'
import type { StoredPage } from './stored-page.ts'

/** A page in its place: by canonical address, then by variant. */
export interface Slot {
  readonly address: string
  readonly variant: string
  readonly page: StoredPage
  newer: Slot | undefined
  older: Slot | undefined
}

/** The pages of one address. All have the policy of its route. */
export interface Resource {
  readonly policy: Policy
  readonly variants: Map<string, Slot>
  /** The newest page: the only one where nothing varies. */
  latest: Slot
}

export class PageStore {
  readonly #resources = new Map<string, Resource>()
  #newest: Slot | undefined
  #oldest: Slot | undefined
  #hand: Slot | undefined
  #sizeBytes = 0
  #pages = 0
  #evictions = 0

  constructor(
    readonly maxBytes: number,
    /** Called for every page that leaves, whatever the reason. */
    readonly onRemove: (slot: Slot) => void,
  ) {}

  get figures() {
    return { pages: this.#pages, sizeBytes: this.#sizeBytes, evictions: this.#evictions }
  }

  resource(address: string): Resource | undefined {
    return this.#resources.get(address)
  }

  put(address: string, variant: string, page: StoredPage): void {
    const replaced = this.#resources.get(address)?.variants.get(variant)
    if (replaced) this.remove(replaced)
    // An eighth: one huge answer must not push out everything else.
    if (page.sizeBytes > this.maxBytes / 8) {
      this.onRemove({ address, variant, page, newer: undefined, older: undefined })
      return
    }
    const slot: Slot = { address, variant, page, newer: undefined, older: this.#newest }
    if (this.#newest) this.#newest.newer = slot
    this.#newest = slot
    this.#oldest ??= slot
    const resource = this.#resources.get(address) ?? { policy: page.policy, variants: new Map(), latest: slot }
    resource.latest = slot
    resource.variants.set(variant, slot)
    this.#resources.set(address, resource)
    page.isStored = true
    this.#pages++
    this.grow(page.sizeBytes)
  }

  /** Accounts for bytes that a stored page has gained. */
  grow(bytes: number): void {
    this.#sizeBytes += bytes
    while (this.#sizeBytes > this.maxBytes && this.#pages > 1) this.#evictOne()
  }

  remove(slot: Slot): void {
    const resource = this.#resources.get(slot.address)
    if (resource?.variants.get(slot.variant) !== slot) return
    resource.variants.delete(slot.variant)
    const [other] = resource.variants.values()
    if (!other) this.#resources.delete(slot.address)
    else if (resource.latest === slot) resource.latest = other
    if (this.#hand === slot) this.#hand = slot.newer
    if (slot.newer) slot.newer.older = slot.older
    else this.#newest = slot.older
    if (slot.older) slot.older.newer = slot.newer
    else this.#oldest = slot.newer
    this.#sizeBytes -= slot.page.sizeBytes
    this.#pages--
    slot.page.isStored = false
    // Whoever still holds this slot must not hold those that leave after it: they would be a chain without end.
    slot.newer = undefined
    slot.older = undefined
    this.onRemove(slot)
  }

  clear(): void {
    while (this.#oldest) this.remove(this.#oldest)
  }

  /** The hand walks from old to new, forgives what was visited, and takes the first that was not. */
  #evictOne(): void {
    let candidate = this.#hand ?? this.#oldest
    while (candidate?.page.visited) {
      candidate.page.visited = false
      candidate = candidate.newer ?? this.#oldest
    }
    if (!candidate) return
    this.#hand = candidate.newer
    this.#evictions++
    this.remove(candidate)
  }
}
