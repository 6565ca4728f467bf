import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadApp } from './load-app.ts'

const root = mkdtempSync(join(tmpdir(), 'spillway-load-'))
afterAll(() => rmSync(root, { recursive: true }))

let folder: string
beforeEach(() => {
  // Modules are remembered by their path, so each test has its own.
  folder = mkdtempSync(join(root, 'app-'))
})

function write(path: string, content: string): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  return file
}

const spillway = new URL('../index.ts', import.meta.url).pathname
const appNamed = (name: string) => `
  import { defineApp } from ${JSON.stringify(spillway)}
  export default defineApp({ name: ${JSON.stringify(name)}, databases: [], http: {} })`

describe('an app is found', () => {
  test('in a file', async () => {
    expect((await loadApp(write('any.ts', appNamed('any')))).name).toBe('any')
  })

  test.each(['src/app.ts', 'app.ts', 'src/index.ts', 'index.ts'])('in a folder with %s', async (path) => {
    write(path, appNamed(path))
    expect((await loadApp(folder)).name).toBe(path)
  })

  test.each([
    ['main', { main: './lib/main.ts' }],
    ['exports', { exports: './lib/main.ts' }],
  ])("by a package's %s", async (field, manifest) => {
    write('package.json', JSON.stringify(manifest))
    write('lib/main.ts', appNamed(field))
    write('app.ts', appNamed('the usual one'))
    expect((await loadApp(folder)).name).toBe(field)
  })

  test('in a workspace that names it', async () => {
    write('package.json', JSON.stringify({ spillway: { app: 'apps/shop' } }))
    write('apps/shop/src/app.ts', appNamed('shop'))
    expect((await loadApp(folder)).name).toBe('shop')
  })
})

describe('an app that cannot be loaded', () => {
  test('is not there', async () => {
    expect(await refusal(join(folder, 'nowhere'))).toStartWith('APP_NOT_FOUND There is no app at')
    expect(await refusal(folder)).toStartWith('APP_NOT_FOUND There is no app at')
  })

  test('is something else', async () => {
    expect(await refusal(write('app.ts', 'export default { name: "x" }'))).toStartWith('APP_INVALID The default export')
    expect(await refusal(write('app2.ts', 'export const app = 1'))).toStartWith('APP_INVALID The default export')
  })

  test('has a typing error, whose place is told', async () => {
    const file = write('app.ts', '\n\nexport default {')
    expect(await refusal(file)).toBe(
      `APP_INVALID ${file} can't be loaded: Expected identifier but found end of file, at ${file}:3:16`,
    )
  })

  test('imports what is not there', async () => {
    const file = write('app.ts', 'import "./missing.ts"')
    expect(await refusal(file)).toContain(`Cannot find module './missing.ts' imported from ${file}`)
  })

  test('throws: the error stays as it is, for its stack tells the place', async () => {
    const error = await loadApp(write('app.ts', 'throw new TypeError("of its own")')).catch((reason) => reason)
    expect(error).toBeInstanceOf(TypeError)
    expect(error.stack).toContain('app.ts')
  })
})

async function refusal(path: string): Promise<string> {
  const error = await loadApp(path).catch((reason) => reason)
  return `${error.code} ${error.message}`
}
