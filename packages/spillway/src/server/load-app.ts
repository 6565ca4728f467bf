/** Finds and imports the app that a command names. @module */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type App, isApp } from '../app.ts'
import { messageOf, SpillwayError } from '../foundation/index.ts'

const usualEntries = ['src/app.ts', 'app.ts', 'src/index.ts', 'index.ts']

/**
 * The app in a file or a folder. A folder's package.json may name it (`"spillway": { "app": "apps/shop" }`, as a
 * workspace does, or `exports` or `main`); else it is `src/app.ts` or `app.ts`.
 *
 * @throws {SpillwayError} `APP_NOT_FOUND`, `APP_INVALID`.
 */
export async function loadApp(path: string): Promise<App> {
  const entry = entryOf(path)
  const module = await importApp(entry)
  if (!isApp(module.default)) {
    throw new SpillwayError('APP_INVALID', `The default export of ${entry} is not an app.`, {
      hint: 'Write `export default defineApp({ … })` in it.',
    })
  }
  return module.default
}

/**
 * The file to import.
 *
 * @throws {SpillwayError} `APP_NOT_FOUND`.
 */
export function entryOf(path: string): string {
  const full = resolve(path)
  const entry = entryIn(full)
  if (entry) return entry
  throw new SpillwayError('APP_NOT_FOUND', `There is no app at ${full}.`, {
    hint: 'Name a file whose default export is defineApp(…), or a folder with src/app.ts.',
  })
}

/** Bun compiles JSX by the settings of the folder that it is started in, wherever the file lies. */
const jsxHint =
  'Start in the folder whose tsconfig.json sets jsxImportSource, or begin the file with /** @jsxImportSource hono/jsx */.'

async function importApp(entry: string): Promise<{ default?: unknown }> {
  try {
    return await import(entry)
  } catch (cause) {
    // What the code throws keeps its stack: its author needs the place. These two say it in words.
    const isWritten = cause instanceof BuildMessage || cause instanceof ResolveMessage || cause instanceof SpillwayError
    if (cause instanceof Error && !isWritten) throw cause
    throw new SpillwayError('APP_INVALID', `${entry} can't be loaded: ${messageOf(cause)}${placeOf(cause)}`, {
      cause,
      ...(/\breact\b/.test(messageOf(cause)) && { hint: jsxHint }),
    })
  }
}

function placeOf(cause: unknown): string {
  if (!(cause instanceof BuildMessage) || !cause.position) return ''
  const { file, line, column } = cause.position
  return `, at ${file}:${line}:${column}`
}

function entryIn(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  if (statSync(path).isFile()) return path
  const manifest = join(path, 'package.json')
  const { spillway, exports, main } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}
  if (typeof spillway?.app === 'string') return entryIn(join(path, spillway.app))
  const declared = typeof exports === 'string' ? exports : main
  const candidates = [...(declared ? [declared] : []), ...usualEntries].map((entry) => join(path, entry))
  return candidates.find((candidate) => existsSync(candidate))
}
