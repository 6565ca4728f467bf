/** Varnish, with vmod_xkey: `PURGE` with the keys in `xkey`. @module */
import type { CdnPurge, HeaderList } from './cdn-purge.ts'
import { purgeCall } from './purge-call.ts'
import { inChunks, keyHeader, surrogateKey } from './surrogate-keys.ts'

export class Varnish implements CdnPurge {
  readonly name = 'varnish'
  /** So many of the longest fit into a header of a request, 8 KB by default. */
  readonly maxTags = 30
  readonly isComplete = true
  readonly #hosts: readonly string[]

  /** @param hosts each `host:port`; all of them are purged. */
  constructor(hosts: readonly string[]) {
    this.#hosts = hosts
  }

  label(_address: string, tags: readonly string[]): HeaderList {
    // A longer line than `http_resp_hdr_len`, 8 KB by default, would be answered with 503.
    return keyHeader('xkey', ' ', tags, { maxBytes: 8_000 })
  }

  async purge(tags: readonly string[], signal?: AbortSignal): Promise<void> {
    for (const some of inChunks(tags, this.maxTags)) {
      await this.#callAll({ xkey: some.map(surrogateKey).join(' ') }, signal)
    }
  }

  async purgeEverything(signal?: AbortSignal): Promise<void> {
    // Not with `BAN`: Bun makes a GET of a method that it doesn't know.
    await this.#callAll({ 'x-purge-everything': '1' }, signal)
  }

  async #callAll(headers: Record<string, string>, signal: AbortSignal | undefined): Promise<void> {
    const requests = this.#hosts.map((host) => new Request(`http://${host}/`, { method: 'PURGE', headers }))
    await Promise.all(requests.map((request) => purgeCall(request, { cdn: this.name, signal })))
  }
}
