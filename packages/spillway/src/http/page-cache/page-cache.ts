/**
 * The page cache: answers hits before routing, without building a context; renders once for all who wait.
 *
 * @module
 */

import { type Listener, LocalTags, type Notice } from '../../cache/index.ts'
import { coarseClock } from '../../foundation/index.ts'
import { type CdnPurge, type HeaderList, notAtCdn } from '../purge/cdn-purge.ts'
import { canonicalAddress, pathOf, rawAddress } from './address.ts'
import { negotiateEncoding } from './encoding.ts'
import { cacheControlOf, lifetimeOf, type Policy, variantOf } from './policy.ts'
import { keyedRequest, type Render, type Rendered, takeRender } from './rendering.ts'
import { everyPage, type FoundPage, type SharedPages } from './shared-pages.ts'
import { PageStore, type Resource, type Slot } from './store.ts'
import { type CacheStatus, type PageTimes, type RenderedAnswer, StoredPage } from './stored-page.ts'

export interface PageCacheOptions {
  /** Bound of all stored pages. */
  maxBytes: number
  /** Runs a request through the routes again, for a refresh in the background. */
  render: (request: Request) => Promise<unknown>
  /** What all processes share. Without it this one renders for itself. */
  shared?: SharedPages | undefined
  /** Keeps pages too, and is purged of what is invalidated; by whom is the backend's business. */
  cdn?: CdnPurge | undefined
}

/** What all who wait for a page get: the page, a failure, or an answer that is for its asker alone. */
type Outcome =
  | { kind: 'page'; page: StoredPage; isCurrent: boolean; isOwn: boolean }
  | { kind: 'failed'; answer: RenderedAnswer; isCurrent: boolean }
  | { kind: 'private'; response: Response }

const slash = '/'.charCodeAt(0)

/** Pauses between attempts to refresh a stale page whose render fails. */
const refreshPauseMs = 1_000

/** For so long nobody waits for another's render under a key whose last answer was for its asker alone. */
const passMs = 10_000
const passesMax = 10_000

export class PageCache implements Listener {
  readonly figures = { hits: 0, sharedHits: 0, stale: 0, misses: 0, bypasses: 0, invalidations: 0 }

  readonly #tags = new LocalTags()
  readonly #store: PageStore
  readonly #render: PageCacheOptions['render']
  readonly #shared: SharedPages | undefined
  readonly #cdn: CdnPurge | undefined
  /** Renders under way, by address and variant. */
  readonly #flights = new Map<string, Promise<Outcome>>()
  /** Until when requests for a private answer pass each other by, by the same key. */
  readonly #passUntilMs = new Map<string, number>()
  /** When a stale page was last tried, by the same key. */
  readonly #refreshedAtMs = new Map<string, number>()
  /** The policy of each path that has stored pages, to read a query that is not in canonical form. */
  readonly #policies = new Map<string, { policy: Policy; pages: number }>()

  constructor({ maxBytes, render, shared, cdn }: PageCacheOptions) {
    this.#render = render
    this.#shared = shared
    this.#cdn = cdn
    this.#store = new PageStore(maxBytes, (slot) => this.#onRemove(slot))
    shared?.backend.join(this)
  }

  /** It hears of nothing any more, and keeps nothing. The pages that all processes share stay. */
  stop(): void {
    this.#shared?.backend.leave(this)
    this.#store.clear()
  }

  /** An answer from the cache, or undefined when the routes must answer. The hot path: see docs/page-cache.md. */
  answer(request: Request): Response | Promise<Response> | undefined {
    const method = request.method
    if (method !== 'GET' && method !== 'HEAD') return undefined
    const url = request.url
    // A request without a host has a path here, in which an address can't be told; the pipeline gives it one.
    if (url.charCodeAt(0) === slash) return undefined
    const address = rawAddress(url)
    const resource = this.#store.resource(address) ?? this.#resourceByCanonicalAddress(address)
    if (resource === undefined) return undefined
    const headers = request.headers
    if (headers.get('authorization') !== null) return undefined
    const { policy } = resource
    const slot = policy.vary.length === 0 ? resource.latest : resource.variants.get(variantOf(policy, headers))
    if (slot === undefined) return undefined

    const page = slot.page
    const nowMs = coarseClock.nowMs
    if (!page.holds(this.#tags.sequence) || nowMs >= page.staleUntilMs) {
      this.#store.remove(slot)
      return undefined
    }
    slot.lives = 1
    let status: CacheStatus = 'HIT'
    if (nowMs >= page.freshUntilMs) {
      status = 'STALE'
      this.#refresh(slot, request)
      this.figures.stale++
    } else {
      this.figures.hits++
    }
    const encoding = negotiateEncoding(headers.get('accept-encoding'))
    const prepared = page.prepared[encoding]
    if (prepared === undefined) return this.#respondEncoded(page, encoding, status, headers.get('if-none-match'))
    return page.respond(prepared, status, headers.get('if-none-match'), nowMs)
  }

  /**
   * Renders what `answer` did not have, once for all who ask meanwhile, and stores it if it may be stored.
   *
   * @param policy the route's.
   * @param tags those that are known before the render.
   * @param render runs the handler on a request that carries nothing beside the key.
   */
  async fill(
    request: Request,
    policy: Policy,
    tags: readonly string[],
    render: (request: Request) => Promise<Render>,
  ): Promise<Response> {
    const address = canonicalAddress(rawAddress(request.url), policy.query)
    const variant = variantOf(policy, request.headers)
    const key = keyOf({ address, variant })
    const renderKeyed = () => render(keyedRequest(request, address, policy)).then((made) => takeRender(made, policy))
    if (this.#isPassing(key)) return await this.#share(await this.#pass(key, renderKeyed), request.headers)
    const running = this.#flights.get(key)
    if (running) {
      const outcome = await running
      // Something it read was invalidated meanwhile, maybe before this request came: it may not have this answer.
      if (outcome.kind !== 'private' && !outcome.isCurrent) return await this.fill(request, policy, tags, render)
      if (outcome.kind !== 'private') {
        this.figures.hits++
        return await this.#share(outcome.kind === 'page' ? { ...outcome, isOwn: false } : outcome, request.headers)
      }
    }
    const flight = this.#fly({ address, variant }, policy, tags, renderKeyed)
    if (!running) {
      this.#flights.set(key, flight)
      // Its failure reaches everyone who waits for the flight; here it only ends it.
      const land = () => this.#flights.delete(key)
      flight.then(land, land)
    }
    return await this.#share(await flight, request.headers)
  }

  /**
   * Drops every page that carries one of the tags, also those being rendered now, in all processes. O(1) in the number
   * of pages.
   */
  async invalidate(...tags: string[]): Promise<void> {
    if (this.#shared) await this.#shared.backend.invalidate(tags, 'hard')
    else this.hear({ tags })
  }

  /** @internal Something was written or invalidated, here or elsewhere. */
  hear(notice: Notice): void {
    for (const key of this.#shared?.keysIn(notice) ?? []) {
      const [address = '', variant = ''] = key.split(keySeparator)
      const slot = this.#store.resource(address)?.variants.get(variant)
      if (slot) this.#store.remove(slot)
      this.#shared?.wake(key)
    }
    if (!notice.tags) return
    this.figures.invalidations++
    this.#tags.invalidate(notice.tags)
  }

  /** @internal Something may have been missed: no page holds, nor one that is being rendered. */
  distrust(): void {
    this.#tags.invalidateAll()
    this.#store.clear()
  }

  stats() {
    return { ...this.figures, ...this.#store.figures }
  }

  /** A request with undeclared or oddly spelled parameters finds the page of its canonical address. */
  #resourceByCanonicalAddress(address: string): Resource | undefined {
    const path = pathOf(address)
    if (path.length === address.length) return undefined
    const known = this.#policies.get(path)
    return known && this.#store.resource(canonicalAddress(address, known.policy.query))
  }

  async #respondEncoded(page: StoredPage, encoding: number, status: CacheStatus, ifNoneMatch: string | null) {
    const prepared = await page.encode(encoding, (bytes) => page.isStored && this.#store.grow(bytes))
    return page.respond(prepared, status, ifNoneMatch, coarseClock.nowMs)
  }

  async #share(outcome: Outcome, headers: Headers): Promise<Response> {
    switch (outcome.kind) {
      case 'page': {
        const { page, isOwn } = outcome
        const encoding = negotiateEncoding(headers.get('accept-encoding'))
        const status = isOwn ? 'MISS' : coarseClock.nowMs < page.freshUntilMs ? 'HIT' : 'STALE'
        return await this.#respondEncoded(page, encoding, status, headers.get('if-none-match'))
      }
      case 'failed': {
        const response = new Response(outcome.answer.body, outcome.answer)
        response.headers.set('X-Cache', 'MISS')
        // Caches on the way would decide by themselves how long to keep a 404.
        if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache')
        return response
      }
      case 'private':
        outcome.response.headers.set('X-Cache', 'BYPASS')
        return outcome.response
    }
  }

  async #fly(
    place: { address: string; variant: string },
    policy: Policy,
    tags: readonly string[],
    render: () => Promise<Rendered>,
  ): Promise<Outcome> {
    const renderedAt = this.#tags.sequence
    const key = keyOf(place)
    const found = this.#shared ? await this.#shared.find(key, policy, tags, render) : await render()
    if (found.kind === 'private') return this.#notePass(key, found)
    const isOwn = isShared(found) ? found.isOwn : true
    if (isOwn) this.figures.misses++
    else this.figures.sharedHits++
    const held = this.#tags.hold(found.tags, renderedAt)
    if (found.kind === 'failed') {
      if (held) this.#tags.release(held)
      return { kind: 'failed', answer: found.answer, isCurrent: held !== undefined }
    }
    const outward = this.#outward(place.address, policy, found, held !== undefined)
    const page = new StoredPage(found.answer, policy, held ?? [], renderedAt, timesOf(found, policy), outward)
    // Without its tags it answers the one who asked before the invalidation, and is kept nowhere.
    if (held) this.#put(place, page)
    return { kind: 'page', page, isCurrent: held !== undefined, isOwn }
  }

  /** What caches on the way are told about a page. A CDN must not keep what could not be kept here. */
  #outward(
    address: string,
    policy: Policy,
    { answer, tags }: Exclude<FoundPage | Rendered, { kind: 'private' }>,
    isCurrent: boolean,
  ): HeaderList {
    const told: HeaderList = [['cache-control', cacheControlOf(policy, answer.status, this.#cdn)]]
    if (!this.#cdn) return told
    return [...told, ...(isCurrent ? this.#cdn.label(address, [...tags, everyPage]) : notAtCdn)]
  }

  #isPassing(key: string): boolean {
    const untilMs = this.#passUntilMs.get(key)
    return untilMs !== undefined && coarseClock.nowMs < untilMs
  }

  /** Without waiting for anyone; when the answer turns out to be for everyone, the next request has it stored. */
  async #pass(key: string, render: () => Promise<Rendered>): Promise<Outcome> {
    const rendered = await render()
    if (rendered.kind === 'private') return this.#notePass(key, rendered)
    this.#passUntilMs.delete(key)
    return { kind: 'failed', answer: rendered.answer, isCurrent: true }
  }

  #notePass(key: string, outcome: { kind: 'private'; response: Response }): Outcome {
    this.figures.bypasses++
    if (this.#passUntilMs.size >= passesMax) this.#passUntilMs.clear()
    this.#passUntilMs.set(key, coarseClock.nowMs + passMs)
    return outcome
  }

  #put({ address, variant }: { address: string; variant: string }, page: StoredPage): void {
    const path = pathOf(address)
    const known = this.#policies.get(path)
    if (known) known.pages++
    else this.#policies.set(path, { policy: page.policy, pages: 1 })
    this.#store.put(address, variant, page)
  }

  #onRemove(slot: Slot): void {
    const { address, page } = slot
    this.#tags.release(page.tags)
    this.#refreshedAtMs.delete(keyOf(slot))
    const path = pathOf(address)
    const known = this.#policies.get(path)
    if (known && --known.pages === 0) this.#policies.delete(path)
  }

  /** Renders a stale page anew in the background; those who come meanwhile get the stale one. */
  #refresh(slot: Slot, request: Request): void {
    const key = keyOf(slot)
    if (this.#flights.has(key)) return
    const nowMs = Date.now()
    if (nowMs - (this.#refreshedAtMs.get(key) ?? 0) < refreshPauseMs) return
    this.#refreshedAtMs.set(key, nowMs)
    const again = keyedRequest(request, slot.address, slot.page.policy)
    // A render that throws is logged by the routes' error handler; the stale page stays until its grace ends.
    this.#render(again).catch(() => undefined)
  }
}

/** Addresses have no line feed: Bun refuses requests that do. */
const keySeparator = '\n'

const keyOf = ({ address, variant }: { address: string; variant: string }) => address + keySeparator + variant

const isShared = (found: FoundPage | Rendered): found is FoundPage => 'isOwn' in found

/** A page that was rendered without others to share it with is as old as this moment. */
function timesOf(found: FoundPage | Rendered, policy: Policy): PageTimes {
  if (isShared(found)) return found
  const { ttl, grace } = lifetimeOf(policy, found.kind === 'page' ? found.answer.status : 500)
  const freshUntilMs = coarseClock.nowMs + ttl * 1_000
  return { freshUntilMs, staleUntilMs: freshUntilMs + grace * 1_000 }
}
