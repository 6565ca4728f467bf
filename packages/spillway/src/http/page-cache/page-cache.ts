/**
 * The page cache: answers hits before routing, without building a context; renders once for all who wait.
 *
 * @module
 */

import { LocalTags } from '../../cache/index.ts'
import { coarseClock, currentContext } from '../../foundation/index.ts'
import { canonicalAddress, pathOf, rawAddress } from './address.ts'
import { negotiateEncoding } from './encoding.ts'
import { type Policy, policyById, variantOf } from './policy.ts'
import { isPrivate, keyedRequest, mayStore, readAnswer } from './rendering.ts'
import { PageStore, type Resource, type Slot } from './store.ts'
import { type CacheStatus, type RenderedAnswer, StoredPage } from './stored-page.ts'

export interface PageCacheOptions {
  /** Bound of all stored pages. */
  maxBytes: number
  /** Runs a request through the routes again, for a refresh in the background. */
  render: (request: Request) => Promise<unknown>
  /** Hears of each page that was rendered and stored here, to offer it to other processes. */
  onStored?: ((page: SharedPage) => void) | undefined
  /** Hears of each invalidation that was made here, to pass it on. */
  onInvalidated?: ((tags: string[]) => void) | undefined
}

/** A stored page as it travels between processes of one machine that run the same app. */
export interface SharedPage {
  address: string
  variant: string
  policyId: number
  status: number
  headers: [string, string][]
  body: Uint8Array
  tags: string[]
  /** Milliseconds since the epoch, by the machine's one clock. */
  renderStartedAtMs: number
  /** What its process had heard of changes when the render began: see `PageCache.heard`. */
  heard: Record<string, number>
}

/** What a render came to: a page, a failure that all who waited share, or an answer for its own request alone. */
type Outcome =
  | { kind: 'page'; page: StoredPage; isCurrent: boolean }
  | { kind: 'failed'; answer: RenderedAnswer; isCurrent: boolean }
  | { kind: 'private'; response: Response }

export interface Render {
  response: Response
  tags: Iterable<string>
}

const slash = '/'.charCodeAt(0)

/** Pauses between attempts to refresh a stale page whose render fails. */
const refreshPauseMs = 1_000

export class PageCache {
  readonly figures = { hits: 0, stale: 0, misses: 0, bypasses: 0, notModified: 0, invalidations: 0 }

  /** How far this process has heard of the changes of each database whose changes invalidate pages. */
  readonly heard: Record<string, number> = {}

  readonly #tags = new LocalTags()
  readonly #store: PageStore
  readonly #render: PageCacheOptions['render']
  readonly #onStored: PageCacheOptions['onStored']
  readonly #onInvalidated: PageCacheOptions['onInvalidated']
  /** Renders under way, by address and variant. */
  readonly #flights = new Map<string, Promise<Outcome>>()
  /** When a stale page was last tried, by the same key. */
  readonly #refreshedAtMs = new Map<string, number>()
  /** The policy of each path that has stored pages, to read a query that is not in canonical form. */
  readonly #policies = new Map<string, { policy: Policy; pages: number }>()

  constructor({ maxBytes, render, onStored, onInvalidated }: PageCacheOptions) {
    this.#render = render
    this.#onStored = onStored
    this.#onInvalidated = onInvalidated
    this.#store = new PageStore(maxBytes, (slot) => this.#onRemove(slot))
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
   * @param render runs the handler on a request that carries nothing beside the key.
   */
  async fill(request: Request, policy: Policy, render: (request: Request) => Promise<Render>): Promise<Response> {
    const address = canonicalAddress(rawAddress(request.url), policy.query)
    const variant = variantOf(policy, request.headers)
    const key = `${address}\n${variant}`
    const running = this.#flights.get(key)
    if (running) {
      const outcome = await running
      // Something it read was invalidated meanwhile, maybe before this request came: it may not have this answer.
      if (outcome.kind !== 'private' && !outcome.isCurrent) return await this.fill(request, policy, render)
      if (outcome.kind !== 'private') {
        this.figures.hits++
        return await this.#share(outcome, request.headers, 'HIT')
      }
    }
    this.figures.misses++
    const flight = this.#fly(address, variant, policy, () => render(keyedRequest(request, address, policy)))
    if (!running) {
      this.#flights.set(key, flight)
      // Its failure reaches everyone who waits for the flight; here it only ends it.
      const land = () => this.#flights.delete(key)
      flight.then(land, land)
    }
    return await this.#share(await flight, request.headers, 'MISS')
  }

  /**
   * Takes over a page that another process rendered, unless something was invalidated here since its render began, or
   * that process had not heard of a change that was heard of here: then nobody knows whether it saw the change.
   */
  adopt({ address, variant, policyId, tags, renderStartedAtMs, heard, status, headers, body }: SharedPage): void {
    const policy = policyById(policyId)
    if (!policy || renderStartedAtMs <= this.#tags.invalidatedAtMs) return
    if (Object.entries(this.heard).some(([database, position]) => (heard[database] ?? 0) < position)) return
    const own = this.#store.resource(address)?.variants.get(variant)
    if (own && coarseClock.nowMs < own.page.freshUntilMs) return
    const { sequence } = this.#tags
    const held = this.#tags.hold(tags, sequence)
    if (!held) return
    const answer = { status, headers: new Headers(headers), body }
    this.#put(address, variant, new StoredPage(answer, policy, held, sequence, coarseClock.nowMs))
  }

  /** Drops every page that carries one of the tags, also those being rendered now. O(1) in the number of pages. */
  invalidate(...tags: string[]): void {
    this.applyInvalidation(tags)
    this.#onInvalidated?.(tags)
  }

  /** The same for one that was made in another process. */
  applyInvalidation(tags: string[]): void {
    this.figures.invalidations++
    this.#tags.invalidate(tags)
  }

  /** The same for every page there is, and every one being rendered. */
  applyInvalidationOfAll(): void {
    this.figures.invalidations++
    this.#tags.invalidateAll()
    this.#store.clear()
  }

  clear(): void {
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

  async #share(outcome: Outcome, headers: Headers, status: CacheStatus): Promise<Response> {
    switch (outcome.kind) {
      case 'page': {
        const encoding = negotiateEncoding(headers.get('accept-encoding'))
        return await this.#respondEncoded(outcome.page, encoding, status, headers.get('if-none-match'))
      }
      case 'failed': {
        const response = new Response(outcome.answer.body, outcome.answer)
        response.headers.set('X-Cache', 'MISS')
        return response
      }
      case 'private':
        outcome.response.headers.set('X-Cache', 'BYPASS')
        return outcome.response
    }
  }

  async #fly(address: string, variant: string, policy: Policy, render: () => Promise<Render>): Promise<Outcome> {
    const renderedAt = this.#tags.sequence
    const renderStartedAtMs = Date.now()
    const heard = { ...this.heard }
    const { response, tags } = await render()
    if (isPrivate(response)) return { kind: 'private', response }
    const answer = await readAnswer(response)
    // A hit has no log line of its own: it carries the id of the request that rendered it, whose lines tell about it.
    const requestId = currentContext()?.id
    if (requestId) answer.headers.set('X-Request-Id', requestId)
    const held = this.#tags.hold(tags, renderedAt)
    if (!mayStore(answer.status, policy)) {
      if (held) this.#tags.release(held)
      return { kind: 'failed', answer, isCurrent: held !== undefined }
    }
    const page = new StoredPage(answer, policy, held ?? [], renderedAt, coarseClock.nowMs)
    // Without its tags it answers the one who asked before the invalidation, and is not kept.
    if (held) {
      this.#put(address, variant, page)
      const { status, headers, body } = answer
      const shared = { address, variant, policyId: policy.id, status, headers: [...headers], body, tags: [...tags] }
      this.#onStored?.({ ...shared, renderStartedAtMs, heard })
    }
    return { kind: 'page', page, isCurrent: held !== undefined }
  }

  #put(address: string, variant: string, page: StoredPage): void {
    const path = pathOf(address)
    const known = this.#policies.get(path)
    if (known) known.pages++
    else this.#policies.set(path, { policy: page.policy, pages: 1 })
    this.#store.put(address, variant, page)
  }

  #onRemove({ address, variant, page }: Slot): void {
    this.#tags.release(page.tags)
    this.#refreshedAtMs.delete(`${address}\n${variant}`)
    const path = pathOf(address)
    const known = this.#policies.get(path)
    if (known && --known.pages === 0) this.#policies.delete(path)
  }

  /** Renders a stale page anew in the background; those who come meanwhile get the stale one. */
  #refresh(slot: Slot, request: Request): void {
    const key = `${slot.address}\n${slot.variant}`
    if (this.#flights.has(key)) return
    const nowMs = Date.now()
    if (nowMs - (this.#refreshedAtMs.get(key) ?? 0) < refreshPauseMs) return
    this.#refreshedAtMs.set(key, nowMs)
    const again = keyedRequest(request, slot.address, slot.page.policy)
    // A render that throws is logged by the routes' error handler; the stale page stays until its grace ends.
    this.#render(again).catch(() => undefined)
  }
}
