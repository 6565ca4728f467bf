/** nginx, with the cache-purge module: `PURGE` of the addresses that this process knows a tag by. @module */
import type { CdnPurge, HeaderList } from './cdn-purge.ts'
import { purgeCall } from './purge-call.ts'
import { inChunks } from './surrogate-keys.ts'
import { TaggedAddresses } from './tagged-addresses.ts'

const callsAtOnce = 16

/**
 * nginx knows no tags. Each process remembers the addresses of the pages that it gave out, and purges those: after a
 * restart, or beyond the bound, none. So pages must not live long there without being purged.
 */
export class Nginx implements CdnPurge {
  readonly name = 'nginx'
  readonly maxTags = 100
  readonly isComplete = false
  readonly #hosts: readonly string[]
  readonly #addresses: TaggedAddresses

  /** @param hosts each `host:port`; all of them are purged. */
  constructor(hosts: readonly string[], addresses = new TaggedAddresses()) {
    this.#hosts = hosts
    this.#addresses = addresses
  }

  label(address: string, tags: readonly string[]): HeaderList {
    this.#addresses.add(address, tags)
    return []
  }

  async purge(tags: readonly string[], signal?: AbortSignal): Promise<void> {
    await this.#purgeAll(this.#addresses.of(tags), signal)
  }

  /** All that this process knows. */
  async purgeEverything(signal?: AbortSignal): Promise<void> {
    await this.#purgeAll(this.#addresses.all(), signal)
  }

  async #purgeAll(addresses: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    const urls = addresses.flatMap((address) => this.#hosts.map((host) => `http://${host}${address}`))
    for (const some of inChunks(urls, callsAtOnce)) await Promise.all(some.map((url) => this.#purgeOne(url, signal)))
  }

  async #purgeOne(url: string, signal: AbortSignal | undefined): Promise<void> {
    // 404 and 412: it had nothing there.
    await purgeCall(new Request(url, { method: 'PURGE' }), { cdn: this.name, signal, alsoGood: [404, 412] })
  }
}
