import { afterAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createLogger } from '../foundation/index.ts'
import { assets } from './assets.ts'
import { createPipeline } from './pipeline.ts'

const folder = mkdtempSync(join(tmpdir(), 'spillway-assets-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (name: string, content: string) => writeFileSync(join(folder, name), content)
const read = () => assets(pathToFileURL(`${folder}/`))

write('shop.css', 'body { margin: 0 }')
write('shop.min.js', 'export {}')
mkdirSync(join(folder, 'below'))

const fetchFrom = async (path: string) => {
  const logger = createLogger('test', 'silent')
  const { fetch } = createPipeline({ routes: read().routes, logger, pageCacheBytes: 2 ** 20 })
  return await fetch(new Request(`http://localhost${path}`))
}

test('a name changes with the content, and only with it', () => {
  const before = read().url('shop.css')
  expect(before).toMatch(/^\/assets\/shop\.\w+\.css$/)
  expect(read().url('shop.css')).toBe(before)
  write('shop.css', 'body { margin: 1px }')
  expect(read().url('shop.css')).not.toBe(before)
})

test('a file is served with its type, for a year', async () => {
  const response = await fetchFrom(read().url('shop.min.js'))
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('export {}')
  expect(response.headers.get('content-type')).toStartWith('text/javascript')
  const control = response.headers.get('cache-control')
  expect(control).toContain('max-age=31536000')
  expect(control).toContain('immutable')
})

test('an unknown name is an error for the author and a 404 for the world', async () => {
  expect(() => read().url('shop.csss')).toThrow('There is no asset "shop.csss"')
  expect((await fetchFrom('/assets/shop.old.css')).status).toBe(404)
  expect((await fetchFrom('/assets/..%2f..%2fetc%2fpasswd')).status).toBe(404)
})
