/**
 * Where in the application a query comes from. Taking note of it is cheap (measured: 0.7 µs); the stack becomes text
 * only when somebody reads it (20 µs).
 *
 * @module
 */
import { dirname, relative } from 'node:path'

const platformFolder = `${dirname(import.meta.dir)}/`
const framesMax = 4

export class Place {
  readonly #called: Error | undefined
  readonly #built: Error | undefined
  #frames: string[] | undefined

  /**
   * @param called made when the query was sent. A query that was awaited has nothing of the application on its stack.
   * @param built made when the query was built, which is in the application.
   */
  constructor(called: Error | undefined, built: Error | undefined) {
    this.#called = called
    this.#built = built
  }

  /** `apps/shop/src/catalog/list.ts:84`; undefined when nothing of the application was on the stack. */
  get line(): string | undefined {
    return this.#read()[0]
  }

  /** The lines that led there, the nearest first. */
  get callers(): string[] {
    return this.#read().slice(1)
  }

  #read(): string[] {
    this.#frames ??= applicationLines(this.#called)
    if (this.#frames.length === 0) this.#frames = applicationLines(this.#built)
    return this.#frames
  }
}

/** `    at name (/path/file.ts:12:34)`; what the runtime itself did has no path. */
const frame = /^\s*at (?:.*? \()?((?:\/|[a-z]:[\\/]).*):(\d+):\d+\)?$/i

function applicationLines(error: Error | undefined): string[] {
  const lines = (error?.stack ?? '').split('\n').flatMap((text) => {
    const [, path, line] = frame.exec(text) ?? []
    return path !== undefined && isApplication(path) ? [`${readable(path)}:${line}`] : []
  })
  return [...new Set(lines)].slice(0, framesMax)
}

/** Not a library, and nothing of ours but its tests. */
function isApplication(path: string): boolean {
  if (path.includes('/node_modules/')) return false
  return !path.startsWith(platformFolder) || /\.test\.tsx?$/.test(path)
}

function readable(path: string): string {
  const fromHere = relative(process.cwd(), path)
  return fromHere.startsWith('..') ? path : fromHere
}
