/** Links that stay in the language that the visitor chose. @module */
import type { Language } from './language.ts'

type Parameters = Record<string, string | undefined>

/**
 * A path with its query, without the parameters that are empty.
 *
 * @example address('/products', { sort: 'price', cursor: undefined }) // '/products?sort=price'
 */
export function address(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') query.set(name, value)
  }
  return query.size === 0 ? path : `${path}?${query}`
}

/** Makes links for a page: `?lang=` is kept when it was asked for, and left out when it was negotiated. */
export function linker(chosen: Language | undefined) {
  return (path: string, parameters: Parameters = {}) => address(path, { ...parameters, lang: chosen })
}
