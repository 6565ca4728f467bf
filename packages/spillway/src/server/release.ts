/** Which code this is, so that what one release has rendered is not served by another. @module */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { App } from '../app.ts'
import type { PlatformSettings } from '../foundation/index.ts'

const platformSource = fileURLToPath(new URL('..', import.meta.url))

/** Of no concern for what is rendered, or not ours: data, dependencies (the lock file names them), tests, logs. */
const isLeftOut = (name: string) =>
  ['node_modules', 'README.md'].includes(name) || /^\.|\.test\.|\.(?:log|pid)$/.test(name)

/**
 * Loads an app and tells which code it is. When files are changed meanwhile, as by a deploy, nobody knows which of them
 * were loaded: that is a release of its own, whose pages no other process serves.
 */
export async function withRelease<Loaded>(
  entry: string,
  dataDir: string,
  load: () => Promise<Loaded>,
): Promise<{ app: Loaded; release: string }> {
  const before = releaseOf(entry, dataDir)
  const app = await load()
  const release = releaseOf(entry, dataDir)
  return { app, release: release === before ? release : crypto.randomUUID() }
}

/** The release with the app's own settings in it: a page may carry them, such as the address that the app is known by. */
export function withSettings(release: string, { ownSettings }: App, settings: PlatformSettings): string {
  if (ownSettings.length === 0) return release
  // The app's schema has put them there.
  const values = settings as Record<string, unknown>
  const own = ownSettings.map((name) => [name, values[name]])
  return `${release}-${Bun.hash(JSON.stringify(own)).toString(36)}`
}

/** Of larger files, which are data rather than code, the size counts. */
const readMaxBytes = 2 ** 20

/**
 * The same for the same content of the app, the platform and the lock file, on every machine.
 *
 * @param entry the app's file; its package's folder counts.
 * @param dataDir the folder of the program's own data, which may lie in the app's: it differs all the time.
 */
export function releaseOf(entry: string, dataDir: string): string {
  const root = packageOf(dirname(entry))
  const hash = new Bun.CryptoHasher('sha1')
  const digest = digester(hash, realPathOf(resolve(dataDir)))
  for (const path of [root, platformSource]) digest(path)
  const lock = lockFileAbove(root)
  if (lock) hash.update(readFileSync(lock))
  return hash.digest('hex').slice(0, 12)
}

function digester(hash: Bun.CryptoHasher, dataDir: string) {
  // Links may lead into a folder again.
  const seen = new Set<string>()
  return function digest(path: string): void {
    // A link may lead nowhere, and a file may be gone by now.
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat?.isFile()) hash.update(stat.size > readMaxBytes ? String(stat.size) : readFileSync(path))
    const real = realPathOf(path)
    if (!stat?.isDirectory() || seen.has(real)) return
    seen.add(real)
    for (const name of readdirSync(path).sort()) {
      const child = join(path, name)
      if (isLeftOut(name) || realPathOf(child) === dataDir) continue
      hash.update(name)
      digest(child)
    }
  }
}

/** Of what isn't there yet, its own. */
function realPathOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) ? realpathSync(path) : path
}

/** The nearest folder above with a package.json; without one, the folder itself. */
function packageOf(folder: string): string {
  return fileAbove(folder, 'package.json')?.replace(/\/package\.json$/, '') ?? folder
}

function lockFileAbove(folder: string): string | undefined {
  for (const name of ['package-lock.json', 'bun.lock', 'pnpm-lock.yaml', 'yarn.lock']) {
    const found = fileAbove(folder, name)
    if (found) return found
  }
  return undefined
}

function fileAbove(folder: string, name: string): string | undefined {
  const path = join(folder, name)
  if (statSync(path, { throwIfNoEntry: false })) return path
  const above = dirname(folder)
  return above === folder ? undefined : fileAbove(above, name)
}
