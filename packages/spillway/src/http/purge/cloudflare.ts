/** Cloudflare: `Cache-Tag`, and its API to purge by tags. @module */
import type { CdnPurge, HeaderList } from './cdn-purge.ts'
import { purgeCall, refused } from './purge-call.ts'
import { inChunks, keyHeader, surrogateKey } from './surrogate-keys.ts'

export interface CloudflareOptions {
  zone: string
  /** An API token with the permission Zone.Cache Purge. */
  token: string
  /** @default 'https://api.cloudflare.com' */
  endpoint?: string | undefined
}

/** What its documentation calls the header's limits: 16 KB and 1,000 tags. */
const limits = { maxKeys: 1_000, maxBytes: 16_000 }

export class Cloudflare implements CdnPurge {
  readonly name = 'cloudflare'
  readonly maxTags = 100
  readonly isComplete = true
  readonly #url: string
  readonly #token: string

  constructor({ zone, token, endpoint = 'https://api.cloudflare.com' }: CloudflareOptions) {
    this.#url = `${endpoint}/client/v4/zones/${encodeURIComponent(zone)}/purge_cache`
    this.#token = token
  }

  label(_address: string, tags: readonly string[]): HeaderList {
    return keyHeader('Cache-Tag', ',', tags, limits)
  }

  async purge(tags: readonly string[], signal?: AbortSignal): Promise<void> {
    for (const some of inChunks(tags, this.maxTags)) await this.#call({ tags: some.map(surrogateKey) }, signal)
  }

  async purgeEverything(signal?: AbortSignal): Promise<void> {
    await this.#call({ purge_everything: true }, signal)
  }

  async #call(what: object, signal: AbortSignal | undefined): Promise<void> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' }
    const request = new Request(this.#url, { method: 'POST', headers, body: JSON.stringify(what) })
    const text = await purgeCall(request, { cdn: this.name, signal })
    // It has said no with status 200 as well.
    if (!/"success"\s*:\s*true/.test(text)) throw refused(this.name, `refused: ${text.slice(0, 200)}`)
  }
}
