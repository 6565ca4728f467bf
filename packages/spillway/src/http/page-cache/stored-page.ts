/**
 * An answer that is kept: its bytes in each encoding, with headers prepared so that a hit builds nothing.
 *
 * @module
 */
import { compress, encodings, isCompressible } from './encoding.ts'
import type { Policy } from './policy.ts'
import type { Tag } from './tags.ts'

/** How the cache took part in an answer, as `X-Cache` says it. */
export type CacheStatus = 'HIT' | 'STALE' | 'MISS' | 'BYPASS'

/** One encoding of a page, ready to be handed out. */
export interface Prepared {
  readonly body: Uint8Array
  readonly etag: string
  /** For `new Response(body, answer)` on a hit; only `Age` changes in its headers. */
  readonly answer: { status: number; headers: Headers }
  readonly notModified: { status: number; headers: Headers }
  /** The age that the headers carry now. */
  ageSeconds: number
}

/** Set anew for each answer or by the server. */
const notStored = new Set([
  ...['age', 'cache-control', 'connection', 'content-encoding', 'content-length', 'date', 'etag', 'keep-alive'],
  ...['set-cookie', 'transfer-encoding', 'vary', 'x-cache', 'x-request-id'],
])

/** What an entry costs beside its bytes: objects, headers, map slots. Measured by heap growth over 10,000 entries. */
const overheadBytes = 2_048

export interface RenderedAnswer {
  status: number
  headers: Headers
  body: Uint8Array
}

export class StoredPage {
  readonly status: number
  readonly storedAtMs: number
  readonly freshUntilMs: number
  readonly staleUntilMs: number
  /** By index in `encodings`; identity is always there. */
  readonly prepared: (Prepared | undefined)[] = []
  /** Where the tags' sequence stood when this page was last found valid. */
  checkedAt: number
  /** Read since the eviction hand last passed. */
  visited = false
  /** In the store now, so that its growth counts. */
  isStored = false
  sizeBytes: number

  readonly #headers: [string, string][]
  readonly #hash: string
  readonly #compressing = new Map<number, Promise<Prepared>>()

  constructor(
    answer: RenderedAnswer,
    readonly policy: Policy,
    readonly tags: readonly Tag[],
    /** The tags' sequence when the render began. */
    readonly renderedAt: number,
    nowMs: number,
  ) {
    const isError = answer.status >= 400
    this.status = answer.status
    this.checkedAt = renderedAt
    this.storedAtMs = nowMs
    this.freshUntilMs = nowMs + (isError ? policy.negativeTtl : policy.ttl) * 1_000
    this.staleUntilMs = this.freshUntilMs + (isError ? 0 : policy.grace) * 1_000
    this.#hash = Bun.hash(answer.body).toString(36)
    this.#headers = [...answer.headers].filter(([name]) => !notStored.has(name))
    this.#headers.push(['cache-control', isError ? 'no-cache' : policy.cacheControl], ['vary', policy.varyHeader])
    this.sizeBytes = overheadBytes
    const identity = this.#prepare(answer.body, 0)
    if (isCompressible(answer.headers.get('content-type') ?? '', answer.body.byteLength)) return
    for (let encoding = 1; encoding < encodings.length; encoding++) this.prepared[encoding] = identity
  }

  /** False once one of its tags was invalidated after the render began. `sequence` is the tags' current one. */
  holds(sequence: number): boolean {
    if (this.checkedAt === sequence) return true
    for (const tag of this.tags) if (tag.invalidatedAt > this.renderedAt) return false
    this.checkedAt = sequence
    return true
  }

  /** Compresses once, whoever asks first; `onGrowth` hears how many bytes the page has grown by. */
  encode(encoding: number, onGrowth: (bytes: number) => unknown): Promise<Prepared> {
    const ready = this.prepared[encoding]
    if (ready) return Promise.resolve(ready)
    const running = this.#compressing.get(encoding)
    if (running) return running
    const identity = this.prepared[0]!
    const work = compress(identity.body, encoding).then((body) => {
      this.#compressing.delete(encoding)
      // Compression that makes it longer is not worth the client's work.
      if (body.byteLength >= identity.body.byteLength) {
        this.prepared[encoding] = identity
        return identity
      }
      const prepared = this.#prepare(body, encoding)
      onGrowth(body.byteLength)
      return prepared
    })
    this.#compressing.set(encoding, work)
    return work
  }

  /** An answer from this page. `If-None-Match` with the tag of any of its encodings gives a 304. */
  respond(prepared: Prepared, status: CacheStatus, ifNoneMatch: string | null, nowMs: number): Response {
    const ageSeconds = Math.max(0, Math.floor((nowMs - this.storedAtMs) / 1_000))
    if (ageSeconds !== prepared.ageSeconds) {
      prepared.ageSeconds = ageSeconds
      prepared.answer.headers.set('age', String(ageSeconds))
    }
    if (ifNoneMatch !== null && this.#matches(ifNoneMatch, prepared)) {
      return withStatus(new Response(null, prepared.notModified), status)
    }
    return withStatus(new Response(prepared.body, prepared.answer), status)
  }

  #prepare(body: Uint8Array, encoding: number): Prepared {
    const etag = encoding === 0 ? `"${this.#hash}"` : `"${this.#hash}-${encodings[encoding]}"`
    const headers = new Headers(this.#headers)
    headers.set('etag', etag)
    headers.set('X-Cache', 'HIT')
    const notModified = new Headers({ ETag: etag, 'X-Cache': 'HIT' })
    for (const name of ['cache-control', 'vary']) notModified.set(name, headers.get(name) ?? '')
    if (encoding !== 0) headers.set('content-encoding', encodings[encoding]!)
    headers.set('age', '0')
    const prepared: Prepared = {
      body,
      etag,
      answer: { status: this.status, headers },
      notModified: { status: 304, headers: notModified },
      ageSeconds: 0,
    }
    this.prepared[encoding] = prepared
    this.sizeBytes += body.byteLength
    return prepared
  }

  /** Weak comparison, over the identity of the content: the encodings of one page are the same content. */
  #matches(ifNoneMatch: string, prepared: Prepared): boolean {
    if (this.status !== 200) return false
    if (ifNoneMatch === prepared.etag) return true
    return ifNoneMatch.split(',').some((candidate) => {
      const tag = candidate.trim().replace(/^W\//, '')
      return tag === '*' || tag === `"${this.#hash}"` || tag.startsWith(`"${this.#hash}-`)
    })
  }
}

/** Prepared headers say HIT; the rarer statuses are written over them. */
function withStatus(response: Response, status: CacheStatus): Response {
  if (status !== 'HIT') response.headers.set('X-Cache', status)
  return response
}
