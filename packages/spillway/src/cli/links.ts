/** Where people look first. @module */
import type { App } from '../app.ts'

/** Those that the app names, else its first page if it has one. */
export function linksOf({ links, http }: Pick<App, 'links' | 'http'>): App['links'] {
  if (links.length > 0) return links
  const hasHome = http.routes.some(({ method, path }) => path === '/' && (method === 'GET' || method === 'ALL'))
  return hasHome ? [{ label: 'Web', path: '/' }] : []
}
