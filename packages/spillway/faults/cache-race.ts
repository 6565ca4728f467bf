/**
 * Loads against invalidations in one process: writers change their tags and invalidate them, readers read everybody's
 * keys, loaders take their time. Each value that is older than what was invalidated is counted.
 *
 * @module
 */
import type { Cache } from '../src/cache/index.ts'
import { nowMs, type Truth } from './cache-truth.ts'

export interface RaceOptions {
  writers: number
  readers: number
  /** Between two invalidations of a writer. */
  restMs: number
}

export interface Race {
  reads: number
  loads: number
  /** Loads during which what they read was changed, or invalidated. */
  overtaken: number
  /** Calls during which what they asked for was: loads, and waits for the loads of others. */
  raced: number
  invalidations: number
  /** Older than what this process itself had invalidated before it asked. */
  staleOwn: number
  /** Older than what another process had invalidated. */
  staleOthers: number
  /** Older than what this process had been given before. */
  revived: number
  /** For each invalidation by others that was not heard of at once: when it was last missed, in ms since it returned. */
  lateMs: number[]
  errors: Record<string, number>
  loadsAtOnce: number
  loadsPerSecond: number
}

/** Half of the keys name their tag before the load, half during it. */
export const keysPerTag = 4

interface Value {
  version: number
}

export class Racer {
  readonly race: Race = {
    ...{ reads: 0, loads: 0, overtaken: 0, raced: 0, invalidations: 0, staleOwn: 0, staleOthers: 0, revived: 0 },
    ...{ lateMs: [], errors: {}, loadsAtOnce: 0, loadsPerSecond: 0 },
  }
  readonly #cache: Cache
  readonly #truth: Truth
  readonly #own: readonly number[]
  readonly #isOwn: ReadonlySet<number>
  /** By key: the newest version that was asked for and given. */
  readonly #met = new Map<string, number>()
  readonly #late = new Map<number, { version: number; ms: number }>()
  #loading = 0
  #second = { startedAtMs: 0, loads: 0 }
  #isOver = false
  #running: Promise<unknown> = Promise.resolve()

  /** @param own the tags that only this process changes. */
  constructor(cache: Cache, truth: Truth, own: readonly number[]) {
    this.#cache = cache
    this.#truth = truth
    this.#own = own
    this.#isOwn = new Set(own)
  }

  start({ writers, readers, restMs }: RaceOptions): void {
    const share = (index: number) => this.#own.filter((_, position) => position % writers === index)
    this.#isOver = false
    this.#running = Promise.all([
      ...Array.from({ length: writers }, (_, index) => this.#write(share(index), restMs)),
      ...Array.from({ length: readers }, () => this.#read()),
    ])
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await this.#running
    for (const { ms } of this.#late.values()) this.race.lateMs.push(ms)
    this.#late.clear()
  }

  /** How many of all keys are given in an older version than what is settled. */
  async countStale(): Promise<number> {
    const checks = Array.from({ length: this.#truth.tags * keysPerTag }, async (_, index) => {
      const tag = Math.floor(index / keysPerTag)
      const { version } = this.#truth.settled(tag)
      return (await this.#remember(tag, index % keysPerTag)).version < version
    })
    return (await Promise.all(checks)).filter(Boolean).length
  }

  /** Of the first of its keys. */
  async versionOf(tag: number): Promise<number> {
    return (await this.#remember(tag, 0)).version
  }

  async #write(tags: readonly number[], restMs: number): Promise<void> {
    const checks: Promise<void>[] = []
    let tag = pick(tags)
    while (!this.#isOver) {
      if (Math.random() < 0.2) tag = pick(tags)
      const version = this.#truth.change(tag)
      await pause()
      if (!(await this.#counted(() => this.#cache.invalidate(`tag:${tag}`)))) continue
      this.#truth.settle(tag, version)
      this.race.invalidations++
      // Nobody waits for these loads: the next change comes while they are under way.
      for (let which = 0; which < keysPerTag; which++) checks.push(this.#check(tag, which))
      if (restMs > 0) await Bun.sleep(Math.random() * 2 * restMs)
      else await pause()
      if (checks.length > 100) await Promise.all(checks.splice(0))
    }
    await Promise.all(checks)
  }

  async #read(): Promise<void> {
    while (!this.#isOver) {
      for (let count = 0; count < 8; count++)
        await this.#check(Math.floor(Math.random() * this.#truth.tags), count % keysPerTag)
      await Bun.sleep(Math.random() * 3)
    }
  }

  async #check(tag: number, which: number): Promise<void> {
    const settled = this.#truth.settled(tag)
    const current = this.#truth.version(tag)
    const askedAtMs = nowMs()
    let version = 0
    if (!(await this.#counted(async () => ({ version } = await this.#remember(tag, which))))) return
    this.race.reads++
    if (this.#hasChanged(tag, current, settled.version)) this.race.raced++
    const name = `${tag}.${which}`
    if (version >= settled.version) {
      this.#met.set(name, Math.max(settled.version, this.#met.get(name) ?? 0))
      return
    }
    if (version < (this.#met.get(name) ?? 0)) this.race.revived++
    if (this.#isOwn.has(tag)) this.race.staleOwn++
    else {
      this.race.staleOthers++
      this.#noteLate(tag, settled.version, askedAtMs - settled.atMs)
    }
  }

  #noteLate(tag: number, version: number, ms: number): void {
    const before = this.#late.get(tag)
    if (before && before.version !== version) this.race.lateMs.push(before.ms)
    this.#late.set(tag, { version, ms: Math.max(0, ms) })
  }

  #remember(tag: number, which: number): Promise<Value> {
    const load = async (context: { tag(name: string): void }): Promise<Value> => {
      if (which % 2 === 1) context.tag(`tag:${tag}`)
      return await this.#load(tag)
    }
    const tags = which % 2 === 0 ? [`tag:${tag}`] : []
    return this.#cache.remember(`key:${tag}.${which}`, load, { ttl: 600, tags })
  }

  /** Reads the truth, and comes back with it after a while. */
  async #load(tag: number): Promise<Value> {
    const { race } = this
    race.loads++
    race.loadsAtOnce = Math.max(race.loadsAtOnce, ++this.#loading)
    const startedAtMs = nowMs()
    if (startedAtMs - this.#second.startedAtMs > 1_000) this.#second = { startedAtMs, loads: 0 }
    race.loadsPerSecond = Math.max(race.loadsPerSecond, ++this.#second.loads)
    const version = this.#truth.version(tag)
    const settled = this.#truth.settled(tag)
    await pause(8)
    if (this.#hasChanged(tag, version, settled.version)) race.overtaken++
    this.#loading--
    return { version }
  }

  #hasChanged(tag: number, version: number, settled: number): boolean {
    return this.#truth.version(tag) !== version || this.#truth.settled(tag).version !== settled
  }

  async #counted(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      const name = error instanceof Error && 'code' in error ? String(error.code) : String(error)
      this.race.errors[name] = (this.race.errors[name] ?? 0) + 1
      await Bun.sleep(5)
      return false
    }
  }
}

function pick<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)]!
}

/** None, one turn of the event loop, or some milliseconds. */
async function pause(maxMs = 3): Promise<void> {
  const chance = Math.random()
  if (chance < 0.1) return
  if (chance < 0.3) await new Promise(setImmediate)
  else await Bun.sleep(Math.random() * maxMs)
}
