/** Many calls for one key at once, and a loader that says so in a file and waits for another. @module */
import { appendFileSync, existsSync } from 'node:fs'
import type { Cache, RememberOptions } from '../src/cache/index.ts'

export interface BurstOptions extends RememberOptions {
  key: string
  calls: number
  /** Each load adds a line to it: `<pid> <milliseconds since the epoch>`. */
  loadsFile: string
  /** Loads wait until it is there. */
  gateFile?: string
  /** What the loader gives; without it, it fails. */
  value?: string
}

/** How often each value, or code of an error, was what a call came to. */
export type Outcomes = Record<string, number>

export class Burst {
  readonly #cache: Cache
  #calls: Promise<string>[] = []

  constructor(cache: Cache) {
    this.#cache = cache
  }

  /** Returns when all calls are under way. */
  ask({ key, calls, loadsFile, gateFile, value, ...options }: BurstOptions): void {
    const load = async (): Promise<string> => {
      appendFileSync(loadsFile, `${process.pid} ${Date.now()}\n`)
      while (gateFile !== undefined && !existsSync(gateFile)) await Bun.sleep(2)
      if (value === undefined) throw new Error('the source is away')
      return value
    }
    const nameOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error))
    this.#calls = Array.from({ length: calls }, () => this.#cache.remember(key, load, options).catch(nameOf))
  }

  async outcomes(): Promise<Outcomes> {
    const counts: Outcomes = {}
    for (const outcome of await Promise.all(this.#calls)) counts[outcome] = (counts[outcome] ?? 0) + 1
    return counts
  }
}
