/** Where the shop lives on the network, for the few links that must be absolute. @module */

/**
 * From `PUBLIC_URL`, never from the request: a page is cached for everybody, and a forged `Host` would be in it.
 * Without it links are relative, which browsers and search engines resolve against the page.
 */
const origin = (process.env['PUBLIC_URL'] ?? '').replace(/\/+$/, '')

/** @example absolute('/products') // 'https://shop.example/products' */
export function absolute(path: string): string {
  return path.startsWith('/') ? origin + path : path
}
