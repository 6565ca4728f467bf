/** Which code this is, so that what one release has rendered is not served by another. @module */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const platformSource = fileURLToPath(new URL('..', import.meta.url))

/** Of no concern for what is rendered, or not ours: data, dependencies (the lock file names them), tests. */
const isLeftOut = (name: string) =>
  name.startsWith('.') || name === 'node_modules' || name === 'README.md' || name.includes('.test.')

/** Of larger files, which are data rather than code, the size counts. */
const readMaxBytes = 2 ** 20

/**
 * The same for the same content of the app, the platform and the lock file, on every machine.
 *
 * @param entry the app's file; its package's folder counts.
 */
export function releaseOf(entry: string): string {
  const root = packageOf(dirname(entry))
  const hash = new Bun.CryptoHasher('sha1')
  for (const path of [root, platformSource]) digest(path, hash)
  const lock = lockFileAbove(root)
  if (lock) hash.update(readFileSync(lock))
  return hash.digest('hex').slice(0, 12)
}

function digest(path: string, hash: Bun.CryptoHasher): void {
  const { size, isDirectory } = statOf(path)
  if (!isDirectory) {
    hash.update(size > readMaxBytes ? String(size) : readFileSync(path))
    return
  }
  for (const name of readdirSync(path).sort()) {
    if (isLeftOut(name)) continue
    hash.update(name)
    digest(join(path, name), hash)
  }
}

function statOf(path: string) {
  const stat = statSync(path)
  return { size: stat.size, isDirectory: stat.isDirectory() }
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
