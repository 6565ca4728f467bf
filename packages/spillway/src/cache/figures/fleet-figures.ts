/**
 * Figures of all processes that share a tier. Each leaves its own there every few seconds, under a key that lives a
 * little longer, so those of a process that has died vanish. A list tells which keys there are: nobody has to look
 * through the whole tier for them.
 *
 * @module
 */

import type { SharedTier } from '../shared-tier.ts'
import type { CacheFigures } from './figures.ts'

export interface ProcessFigures {
  /** Of the process; no other ever has it. */
  id: string
  host: string
  pid: number
  /** What it is there for, such as `web`. */
  role: string
  release: string
  startedAtMs: number
  /** When it wrote this. */
  atMs: number
  /** By name; `pages` are those of the page cache. */
  caches: Record<string, CacheFigures>
}

/** How often processes write. */
export const figuresEveryMs = 3_000
/** Two missed turns are no death. */
const lifeMs = 10_000
const listLifeMs = 7 * 86_400_000
const listKey = 'figures:processes'
const attemptsMax = 5

export class FleetFigures {
  readonly #tier: SharedTier

  constructor(tier: SharedTier) {
    this.#tier = tier
  }

  /** @throws {TierAwayError} */
  async publish(own: ProcessFigures): Promise<void> {
    await this.#tier.write(keyOf(own.id), encode(own), lifeMs, [])
    await this.#changeList((ids) => (ids.includes(own.id) ? ids : [...ids, own.id]))
  }

  /** When a process ends in an orderly way, its figures needn't wait for their end. */
  async withdraw(id: string): Promise<void> {
    await this.#tier.delete([keyOf(id)])
    await this.#changeList((ids) => ids.filter((one) => one !== id))
  }

  /** Of every process that has published a moment ago. @throws {TierAwayError} */
  async read(): Promise<ProcessFigures[]> {
    const { entries } = await this.#tier.read([listKey], [])
    const ids = listIn(entries[0])
    const found = await this.#tier.read(ids.map(keyOf), [])
    return found.entries.flatMap((bytes) => figuresIn(bytes) ?? [])
  }

  /** Others change it as well: only one of them at a time gets through, and the rest look again. */
  async #changeList(change: (ids: string[]) => string[]): Promise<void> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const { entries } = await this.#tier.read([listKey], [])
      const before = entries[0]
      const ids = listIn(before)
      const wanted = change(ids)
      if (wanted === ids || wanted.length === ids.length) return
      const alive = await this.#alive(wanted, ids)
      if (before === undefined) return await this.#tier.write(listKey, encode(alive), listLifeMs, [])
      if (await this.#tier.replace(listKey, before, encode(alive), listLifeMs)) return
    }
    // Too many at once: the next turn will do.
  }

  /** Who joins sweeps: without the ids of the dead. */
  async #alive(wanted: string[], known: string[]): Promise<string[]> {
    const { entries } = await this.#tier.read(known.map(keyOf), [])
    const dead = new Set(known.filter((_, index) => entries[index] === undefined))
    return wanted.filter((id) => !dead.has(id))
  }
}

const keyOf = (id: string) => `figures:process:${id}`

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

function decode(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes && JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    // Foreign bytes under our key are as good as none, as everywhere in the tier.
    return undefined
  }
}

function listIn(bytes: Uint8Array | undefined): string[] {
  const value = decode(bytes)
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []
}

function figuresIn(bytes: Uint8Array | undefined): ProcessFigures | undefined {
  const value = decode(bytes)
  // Only processes of this app write under the key; another release may have more or fewer fields, which sums bear.
  return typeof value === 'object' && value !== null && 'caches' in value ? (value as ProcessFigures) : undefined
}
