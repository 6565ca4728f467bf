/**
 * The address under which an answer is stored: the path with the declared query parameters, in one spelling and order.
 *
 * @module
 */

/** Path and query of a request URL as Bun gives it: `http://host/path?query`. No URL object: this is the hot path. */
export function rawAddress(url: string): string {
  // The shortest scheme and host, `http://h`, has eight characters.
  return url.slice(url.indexOf('/', 8))
}

export function pathOf(address: string): string {
  const end = address.search(/[?#]/)
  return end === -1 ? address : address.slice(0, end)
}

/**
 * Drops parameters that are not declared, keeps the first of repeated ones, and orders the rest as declared.
 *
 * @example
 * canonicalAddress('/list?utm_source=x&sort=price&page=2', ['page', 'sort']) // '/list?page=2&sort=price'
 */
export function canonicalAddress(address: string, declared: readonly string[]): string {
  const path = pathOf(address)
  if (path.length === address.length || declared.length === 0) return path
  const given = new Map<string, string>()
  // Bun leaves a fragment in the address when a client sends one.
  const [asked = ''] = address.slice(path.length).split('#', 1)
  for (const pair of asked.slice(1).split('&')) {
    const [name = '', value = ''] = splitOnce(pair).map(decode)
    if (declared.includes(name) && !given.has(name)) given.set(name, value)
  }
  const query = declared
    .filter((name) => given.has(name))
    .map((name) => `${name}=${encodeURIComponent(given.get(name)!)}`)
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}

function splitOnce(pair: string): [string, string] {
  const equals = pair.indexOf('=')
  return equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
}

/** A broken escape stays as it is; half a surrogate pair, which can't be encoded again, becomes U+FFFD. */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced).toWellFormed()
  } catch {
    return spaced.toWellFormed()
  }
}
