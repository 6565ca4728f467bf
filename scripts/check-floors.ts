/**
 * Checks the floors of the platform: an import goes down, never up and never sideways; apps use public exports only.
 *
 * Run as `npm run check:floors`.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'

/** From the top floor to the ground. Modules on one floor don't know each other. */
const floors = [
  ['cli', 'testing'],
  ['server'],
  ['index.ts'],
  ['app.ts'],
  ['embedded', 'http', 'tasks'],
  ['cache', 'database'],
  ['foundation'],
]
const root = resolve(import.meta.dir, '..')
const platform = 'packages/spillway/src'
const transpilers = { ts: new Bun.Transpiler({ loader: 'ts' }), tsx: new Bun.Transpiler({ loader: 'tsx' }) }

const floorOf = (module: string) => floors.findIndex((floor) => floor.includes(module))

/** The module of the platform that a file belongs to: the first part of its path. */
function moduleOf(file: string): string | undefined {
  const path = relative(`${root}/${platform}`, file)
  return path.startsWith('..') ? undefined : path.split('/')[0]
}

function violation(file: string, imported: string): string | undefined {
  if (!imported.startsWith('.')) return undefined
  const target = resolve(dirname(file), imported)
  if (!existsSync(target)) return `imports ${imported}, which does not exist`
  const from = moduleOf(file)
  const to = moduleOf(target)
  if (from === undefined)
    return to === undefined ? undefined : `reaches into the platform: import 'spillway/…' instead of ${imported}`
  if (to === undefined) return `leaves the platform: ${imported}`
  if (from === to) return undefined
  if (floorOf(to) === -1) return `imports ${imported}: "${to}" stands on no floor; add it in scripts/check-floors.ts`
  if (floorOf(to) > floorOf(from)) return undefined
  return `imports ${imported}: ${from} may not know ${to}, which is not below it`
}

/** Type imports vanish when transpiled, so they are read from the text. */
function importsOf(file: string, source: string): string[] {
  const transpiler = file.endsWith('x') ? transpilers.tsx : transpilers.ts
  const typeOnly = source.matchAll(/^\s*(?:import|export)\s+type\b[^;'"]*from\s+['"]([^'"]+)['"]/gm)
  return [...transpiler.scanImports(source).map(({ path }) => path), ...[...typeOnly].map(([, path]) => path ?? '')]
}

const files = ['packages/*/src/**/*.{ts,tsx}', 'apps/*/src/**/*.{ts,tsx}', 'examples/**/*.{ts,tsx}'].flatMap(
  (pattern) => [...new Bun.Glob(pattern).scanSync({ cwd: root, absolute: true })],
)
const violations = (
  await Promise.all(
    files
      .filter((file) => !/\.test\.tsx?$/.test(file))
      .map(async (file) => {
        const imports = new Set(importsOf(file, await Bun.file(file).text()))
        return [...imports].flatMap((imported) => {
          const reason = violation(file, imported)
          return reason ? [`${relative(root, file)} ${reason}`] : []
        })
      }),
  )
).flat()

for (const line of violations) console.error(line)
if (violations.length === 0) console.log(`floors: ${files.length} files, every import goes down`)
process.exit(violations.length === 0 ? 0 : 1)
