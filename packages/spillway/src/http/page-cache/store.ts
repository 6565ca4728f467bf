/**
 * Stored pages, bounded in bytes. Pages that were asked for only once leave first, so a crawler can't empty the cache of
 * what people read.
 *
 * @module
 */
import { Sieve, SieveNode } from '../../foundation/index.ts'
import type { Policy } from './policy.ts'
import type { StoredPage } from './stored-page.ts'

/** A page in its place: by canonical address, then by variant. */
export class Slot extends SieveNode {
  constructor(
    readonly address: string,
    readonly variant: string,
    readonly page: StoredPage,
  ) {
    super()
  }
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
  readonly #sieve = new Sieve<Slot>()
  #sizeBytes = 0
  #evictions = 0

  constructor(
    readonly maxBytes: number,
    /** Called for every page that leaves, whatever the reason. */
    readonly onRemove: (slot: Slot) => void,
  ) {}

  get figures() {
    return { pages: this.#sieve.size, sizeBytes: this.#sizeBytes, evictions: this.#evictions }
  }

  resource(address: string): Resource | undefined {
    return this.#resources.get(address)
  }

  put(address: string, variant: string, page: StoredPage): void {
    const replaced = this.#resources.get(address)?.variants.get(variant)
    if (replaced) this.remove(replaced)
    const slot = new Slot(address, variant, page)
    // An eighth: one huge answer must not push out everything else.
    if (page.sizeBytes > this.maxBytes / 8) {
      this.onRemove(slot)
      return
    }
    this.#sieve.add(slot)
    const resource = this.#resources.get(address) ?? { policy: page.policy, variants: new Map(), latest: slot }
    resource.latest = slot
    resource.variants.set(variant, slot)
    this.#resources.set(address, resource)
    page.isStored = true
    this.grow(page.sizeBytes)
  }

  /** Accounts for bytes that a stored page has gained. */
  grow(bytes: number): void {
    this.#sizeBytes += bytes
    while (this.#sizeBytes > this.maxBytes && this.#sieve.size > 1) this.#evictOne()
  }

  remove(slot: Slot): void {
    const resource = this.#resources.get(slot.address)
    if (resource?.variants.get(slot.variant) !== slot) return
    resource.variants.delete(slot.variant)
    const [other] = resource.variants.values()
    if (!other) this.#resources.delete(slot.address)
    else if (resource.latest === slot) resource.latest = other
    this.#sieve.remove(slot)
    this.#sizeBytes -= slot.page.sizeBytes
    slot.page.isStored = false
    this.onRemove(slot)
  }

  clear(): void {
    for (const slot of [...this.#sieve]) this.remove(slot)
  }

  #evictOne(): void {
    const slot = this.#sieve.pick()
    if (!slot) return
    this.#evictions++
    this.remove(slot)
  }
}
