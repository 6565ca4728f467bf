/** CloudFront: `Cache-Tag`, and invalidations by cache tag. @module */
import { AwsClient } from 'aws4fetch'
import type { CdnPurge, HeaderList } from './cdn-purge.ts'
import { purgeCall } from './purge-call.ts'
import { inChunks, keyHeader, surrogateKey } from './surrogate-keys.ts'

export interface CloudFrontOptions {
  distribution: string
  credentials: AwsCredentials
  /** @default 'https://cloudfront.amazonaws.com' */
  endpoint?: string | undefined
}

export interface AwsCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

const apiVersion = '2020-05-31'
/** Tags beyond this many a page are ignored. */
const limits = { maxKeys: 50, maxBytes: 16_000 }

/**
 * The distribution's `CacheTagConfig` must name `Cache-Tag` as its header. Each purged tag costs as much as a path.
 */
export class CloudFront implements CdnPurge {
  readonly name = 'cloudfront'
  /** 3,000 may be in progress at once; an invalidation takes some 25 seconds. */
  readonly maxTags = 500
  readonly isComplete = true
  readonly #url: string
  readonly #aws: AwsClient

  constructor({ distribution, credentials, endpoint = 'https://cloudfront.amazonaws.com' }: CloudFrontOptions) {
    this.#url = `${endpoint}/${apiVersion}/distribution/${encodeURIComponent(distribution)}/invalidation`
    this.#aws = new AwsClient({ ...credentials, service: 'cloudfront', region: 'us-east-1' })
  }

  label(_address: string, tags: readonly string[]): HeaderList {
    return keyHeader('Cache-Tag', ',', tags, limits)
  }

  async purge(tags: readonly string[], signal?: AbortSignal): Promise<void> {
    for (const some of inChunks(tags, this.maxTags)) {
      await this.#invalidate(
        some.map((tag) => `#${surrogateKey(tag)}`),
        signal,
      )
    }
  }

  async purgeEverything(signal?: AbortSignal): Promise<void> {
    await this.#invalidate(['/*'], signal)
  }

  async #invalidate(items: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    const headers = { 'content-type': 'application/xml' }
    const request = await this.#aws.sign(this.#url, { method: 'POST', headers, body: invalidationBatch(items) })
    await purgeCall(request, { cdn: this.name, signal })
  }
}

function invalidationBatch(items: readonly string[]): string {
  const paths = items.map((item) => `<Path>${escapeXml(item)}</Path>`).join('')
  return [
    `<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/${apiVersion}/">`,
    `<Paths><Quantity>${items.length}</Quantity><Items>${paths}</Items></Paths>`,
    // A repeated reference with other items would be refused.
    `<CallerReference>${crypto.randomUUID()}</CallerReference>`,
    '</InvalidationBatch>',
  ].join('')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
