import { describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { describeSettings, readSettings } from '../../foundation/index.ts'
import { defaultSharedTtl } from './cdn-purge.ts'
import { cdnFrom, cdnPurgeUrl } from './cdn-url.ts'

describe('the URL of a CDN', () => {
  test.each([
    ['cloudflare://023e?token=t', 'cloudflare'],
    ['fastly://SU1Z0isxPaozGVKXdv0eY?token=t&soft=on', 'fastly'],
    ['varnish://cache-1:6081,cache-2:6081', 'varnish'],
    ['nginx://[::1]:8080/', 'nginx'],
  ])('names it: %p', (url, name) => {
    expect(cdnFrom(url).name).toBe(name)
  })

  test.each([
    ['akamai://x', 'expected cloudflare://…, fastly://…, cloudfront://…, varnish://…, nginx://…'],
    ['constructor://x', 'expected cloudflare://'],
    ['cloudflare', 'expected cloudflare://'],
    ['cloudflare://zone', 'expected ?token=…'],
    ['fastly://service?token=', 'expected ?token=…'],
    ['fastly://service?tokne=t', 'expected no parameter "tokne" for fastly'],
    ['cloudflare://zone?token=t&endpoint=ftp://x', 'expected an endpoint with http(s)://'],
    ['cloudfront://E1', 'expected AWS_ACCESS_KEY_ID'],
    ['varnish://a b', 'expected hosts'],
    ['nginx://user@host', 'expected hosts'],
  ])('that is wrong is told: %p', (url, message) => {
    expect(() => cdnFrom(url, {})).toThrow(message)
  })

  test('as a setting is checked like the others, and masked', () => {
    const schema = z.object({ CDN_PURGE_URL: cdnPurgeUrl.optional().meta({ secret: true }) })
    const url = 'fastly://service?token=s3cret'
    expect(readSettings(schema, { CDN_PURGE_URL: url }).CDN_PURGE_URL).toBe(url)
    expect(readSettings(schema, {}).CDN_PURGE_URL).toBeUndefined()
    expect(() => readSettings(schema, { CDN_PURGE_URL: 'fastly://service' })).toThrow('CDN_PURGE_URL: expected ?token=')
    expect(describeSettings(schema, { CDN_PURGE_URL: url })[0]?.value).toBe('fastly://service?token=•••')
  })
})

test('a CDN may keep pages for their whole ttl if it finds all of a tag', () => {
  expect(defaultSharedTtl(3_600, cdnFrom('fastly://s?token=t'))).toBe(3_600)
  expect(defaultSharedTtl(3_600, cdnFrom('nginx://localhost'))).toBe(60)
  expect(defaultSharedTtl(3_600, undefined)).toBe(60)
  expect(defaultSharedTtl(30, undefined)).toBe(30)
})
