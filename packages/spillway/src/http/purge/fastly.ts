/** Fastly: `Surrogate-Key`, and its API to purge many keys at once. @module */
import type { CdnPurge, HeaderList } from './cdn-purge.ts'
import { purgeCall } from './purge-call.ts'
import { inChunks, keyHeader, surrogateKey } from './surrogate-keys.ts'

export interface FastlyOptions {
  service: string
  /** An API token with the scopes `purge_select` and `purge_all`. */
  token: string
  /** Serve the old page while the new one is fetched, within the page's `grace`. @default false */
  soft?: boolean | undefined
  /** @default 'https://api.fastly.com' */
  endpoint?: string | undefined
}

export class Fastly implements CdnPurge {
  readonly name = 'fastly'
  readonly maxTags = 256
  readonly isComplete = true
  readonly #url: string
  readonly #token: string
  readonly #soft: boolean

  constructor({ service, token, soft = false, endpoint = 'https://api.fastly.com' }: FastlyOptions) {
    this.#url = `${endpoint}/service/${encodeURIComponent(service)}`
    this.#token = token
    this.#soft = soft
  }

  label(_address: string, tags: readonly string[]): HeaderList {
    // Keys beyond this many bytes would be ignored.
    return keyHeader('Surrogate-Key', ' ', tags, { maxBytes: 16_384 })
  }

  async purge(tags: readonly string[], signal?: AbortSignal): Promise<void> {
    const softly = this.#soft ? { 'fastly-soft-purge': '1' } : undefined
    for (const some of inChunks(tags, this.maxTags)) {
      await this.#call('purge', signal, { surrogate_keys: some.map(surrogateKey) }, softly)
    }
  }

  /** There is no soft form of it. */
  async purgeEverything(signal?: AbortSignal): Promise<void> {
    await this.#call('purge_all', signal)
  }

  async #call(path: string, signal: AbortSignal | undefined, what = {}, headers = {}): Promise<void> {
    const request = new Request(`${this.#url}/${path}`, {
      method: 'POST',
      headers: {
        'fastly-key': this.#token,
        'content-type': 'application/json',
        accept: 'application/json',
        ...headers,
      },
      body: JSON.stringify(what),
    })
    await purgeCall(request, { cdn: this.name, signal })
  }
}
