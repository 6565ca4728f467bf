/**
 * Static files under names that carry a hash of their content, so that they can be cached for ever.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { NotFoundError } from './errors.ts'
import { cachePage } from './page-cache/middleware.ts'

export interface Assets {
  /** The address of a file: `url('shop.css')` is `/assets/shop.1a2b3c.css`. Unknown names throw, at start rather than in a page. */
  url(name: string): string
  /** Serves them; mount it at the root. */
  readonly routes: Hono
}

const yearSeconds = 31_536_000

/**
 * Reads the files of a folder (not of folders below it) once.
 *
 * @example
 * const shopAssets = assets(new URL('./assets/', import.meta.url))
 * app.route('/', shopAssets.routes)
 */
export function assets(folder: URL, { prefix = '/assets' } = {}): Assets {
  const path = fileURLToPath(folder)
  const files = new Map<string, { body: Uint8Array; contentType: string }>()
  const hashedNames = new Map<string, string>()
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (!entry.isFile()) continue
    const body = readFileSync(join(path, entry.name))
    const extension = extname(entry.name)
    const hashed = `${entry.name.slice(0, -extension.length)}.${Bun.hash(body).toString(36)}${extension}`
    hashedNames.set(entry.name, hashed)
    files.set(hashed, { body, contentType: Bun.file(entry.name).type })
  }

  const routes = new Hono()
  const forever = cachePage({
    ttl: yearSeconds,
    browserTtl: yearSeconds,
    sharedTtl: yearSeconds,
    grace: 0,
    immutable: true,
  })
  routes.get(`${prefix}/:file`, forever, (context) => {
    const file = files.get(context.req.param('file'))
    if (!file) throw new NotFoundError(`There is no asset ${context.req.param('file')}.`)
    return new Response(file.body, { headers: { 'content-type': file.contentType } })
  })

  return {
    routes,
    url(name) {
      const hashed = hashedNames.get(name)
      if (!hashed) throw new Error(`There is no asset "${name}" in ${path}.`)
      return `${prefix}/${hashed}`
    },
  }
}
