/** Caches as the command line names them: those of the app, and `pages`. @module */
import type { Backend } from '../../cache/index.ts'
import { everyPage } from '../../http/index.ts'
import { UsageError } from '../command.ts'
import { type OpenedCaches, personal } from './with-caches.ts'

export interface ChosenCache {
  name: string
  backend: Backend
  /** A pattern for what stands before each of its keys in the tier. */
  keysFrom: string
  clear(): Promise<void>
}

/**
 * Those named, or all but the one that belongs to people.
 *
 * @throws {UsageError} when there is none of a name.
 */
export function chosenCaches({ app, backends }: OpenedCaches, names: string[]): ChosenCache[] {
  const own = [...(app.caches?.all.values() ?? [])].map((cache) => {
    const { name, prefix } = cache
    return { name, backend: backends.of(name), keysFrom: prefix, clear: () => cache.clear() }
  })
  const backend = backends.of('default')
  // Between the two stands the release that has rendered it.
  const pages = { name: 'pages', backend, keysFrom: 'pages:*:', clear: () => clearPages(backend) }
  const all = [...own, pages]
  const unknown = names.find((name) => all.every((one) => one.name !== name))
  if (unknown !== undefined) {
    throw new UsageError(`There is no cache "${unknown}".`, `There are ${all.map(({ name }) => name).join(', ')}.`)
  }
  return all.filter(({ name }) => (names.length > 0 ? names.includes(name) : name !== personal))
}

async function clearPages(backend: Backend): Promise<void> {
  await backend.invalidate([everyPage], 'hard')
}
