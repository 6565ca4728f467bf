/** Which CDN, in one setting. @module */
import { z } from 'zod'
import { messageOf, SpillwayError } from '../../foundation/index.ts'
import type { CdnPurge } from './cdn-purge.ts'
import { Cloudflare } from './cloudflare.ts'
import { type AwsCredentials, CloudFront } from './cloudfront.ts'
import { Fastly } from './fastly.ts'
import { Nginx } from './nginx.ts'
import { Varnish } from './varnish.ts'

type Environment = Record<string, string | undefined>

/** What stands after `://`, before and after the question mark. */
interface Place {
  name: string
  query: URLSearchParams
  env: Environment
}

const makers: Record<string, { make: (place: Place) => CdnPurge; parameters: readonly string[] }> = {
  cloudflare: {
    parameters: ['token', 'endpoint'],
    make: ({ name, query }) => new Cloudflare({ zone: name, token: tokenIn(query), endpoint: endpointIn(query) }),
  },
  fastly: {
    parameters: ['token', 'soft', 'endpoint'],
    make: ({ name, query }) => {
      const soft = query.get('soft') === 'on'
      return new Fastly({ service: name, token: tokenIn(query), soft, endpoint: endpointIn(query) })
    },
  },
  cloudfront: {
    parameters: ['endpoint'],
    make: ({ name, query, env }) =>
      new CloudFront({ distribution: name, credentials: awsCredentials(env), endpoint: endpointIn(query) }),
  },
  varnish: { parameters: [], make: ({ name }) => new Varnish(hostsIn(name)) },
  nginx: { parameters: [], make: ({ name }) => new Nginx(hostsIn(name)) },
}

/**
 * The CDN that a URL names. Zones and the like keep their upper-case letters, hosts are separated by commas.
 *
 * @throws {SpillwayError} that says what is wrong with it, without its secrets.
 * @example
 * cdnFrom('cloudflare://023e105f4ecef8ad9ca31a8372d0c353?token=…')
 * cdnFrom('varnish://cache-1:6081,cache-2:6081')
 */
export function cdnFrom(url: string, env: Environment = process.env): CdnPurge {
  // Not by `new URL`, which takes one host only.
  const [, scheme = '', name = '', query = ''] = /^([a-z]+):\/\/([^/?#]+)\/?(?:\?(.*))?$/.exec(url.trim()) ?? []
  const maker = Object.hasOwn(makers, scheme) ? makers[scheme] : undefined
  if (!maker) throw invalid(`expected ${Object.keys(makers).join('://…, ')}://…`)
  const parameters = new URLSearchParams(query)
  const unknown = [...parameters.keys()].find((key) => !maker.parameters.includes(key))
  if (unknown !== undefined) throw invalid(`expected no parameter "${unknown}" for ${scheme}`)
  return maker.make({ name, query: parameters, env })
}

/** For a settings schema: the URL as it is, when `cdnFrom` takes it. */
export const cdnPurgeUrl = z.string().superRefine((url, context) => {
  try {
    cdnFrom(url)
  } catch (error) {
    context.addIssue({ code: 'custom', message: messageOf(error) })
  }
})

function tokenIn(query: URLSearchParams): string {
  const token = query.get('token')
  if (!token) throw invalid('expected ?token=… with its API token')
  return token
}

function endpointIn(query: URLSearchParams): string | undefined {
  const endpoint = query.get('endpoint') ?? undefined
  if (endpoint !== undefined && !/^https?:\/\//.test(endpoint)) throw invalid('expected an endpoint with http(s)://')
  return endpoint?.replace(/\/+$/, '')
}

function hostsIn(name: string): string[] {
  const hosts = name.split(',').map((host) => host.trim())
  const wrong = hosts.find((host) => !URL.canParse(`http://${host}/`) || host.includes('@'))
  if (wrong !== undefined) throw invalid('expected hosts, each host:port, separated by commas')
  return hosts
}

function awsCredentials(env: Environment): AwsCredentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env
  if (!accessKeyId || !secretAccessKey) throw invalid('expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY beside it')
  return { accessKeyId, secretAccessKey, ...(token ? { sessionToken: token } : {}) }
}

const invalid = (message: string) =>
  new SpillwayError('CDN_URL_INVALID', message, {
    hint: 'docs/cdn.md has an example for each: cloudflare, fastly, cloudfront, varnish, nginx.',
  })
