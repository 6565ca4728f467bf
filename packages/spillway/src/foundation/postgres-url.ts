/**
 * PostgreSQL's URLs, which may name several hosts of one cluster, as libpq has them.
 *
 * @module
 */

/** What libpq calls "the server that takes writes"; `any` is its default. */
const attributesForPrimary = ['any', 'read-write', 'primary']

/**
 * One URL a host, without `target_session_attrs`: that is for the client, and we look for the primary in any case.
 * Empty when it is no PostgreSQL URL.
 *
 * @example
 * hostUrls('postgres://shop:pw@a:5432,b:5433/shop') // ['postgres://shop:pw@a:5432/shop', 'postgres://shop:pw@b:5433/shop']
 */
export function hostUrls(url: string): string[] {
  const [, scheme, authority = '', rest = ''] = /^(postgres(?:ql)?:\/\/)([^/?#]*)(.*)$/s.exec(url) ?? []
  if (!scheme) return []
  const hostsAt = authority.lastIndexOf('@') + 1
  const hosts = authority.slice(hostsAt).split(',')
  const urls = hosts.map((host) => URL.parse(`${scheme}${authority.slice(0, hostsAt)}${host}${rest}`))
  const isWrong = urls.some((one) => !one || (hosts.length > 1 && !one.hostname) || !isForPrimary(one))
  return isWrong ? [] : urls.map((one) => withoutAttributes(one!))
}

/** Hosts, ports and database of a URL, for people; never its password. */
export function placeOf(url: string): string {
  const urls = hostUrls(url).map((one) => new URL(one))
  return `${urls.map(({ hostname, port }) => `${hostname}:${port || 5432}`).join(',')}${urls[0]?.pathname ?? ''}`
}

function isForPrimary({ searchParams }: URL): boolean {
  return attributesForPrimary.includes(searchParams.get('target_session_attrs') ?? 'any')
}

function withoutAttributes(url: URL): string {
  // Deleting what isn't there would still write the other parameters anew.
  if (url.searchParams.has('target_session_attrs')) url.searchParams.delete('target_session_attrs')
  return url.href
}
