/**
 * Reads that must be at least as new as what someone else has seen: a cache's load, a handler of changes. Unlike a
 * consistency token, it ends with them, and is told to nobody.
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Floors, highestFloors } from '../foundation/index.ts'
import { type Lsn, lsnZero, parsePosition } from './lsn.ts'

export class ReadFloor {
  /** A read was answered from before this: the primary was away. */
  isBehind = false
  readonly #lsns: Map<string, Lsn>
  readonly #reachable = new Set<string>()

  constructor(readonly floors: Floors) {
    this.#lsns = new Map(Object.entries(floors).map(([name, position]) => [name, parsePosition(position)]))
  }

  of(database: string): Lsn {
    return this.#lsns.get(database) ?? lsnZero
  }

  /** All positions are of one primary's log, which it may have lost the end of by a failover or a restore. */
  async limit(database: string, primary: () => Promise<Lsn>): Promise<void> {
    if (this.#reachable.has(database)) return
    this.#reachable.add(database)
    // What it hasn't got any more, nobody has; what it has got now is at least what is left of that.
    const now = await primary().catch(() => undefined)
    if (now !== undefined && now < this.of(database)) this.#lsns.set(database, now)
  }
}

const storage = new AsyncLocalStorage<ReadFloor>()

export const currentReadFloor = (): ReadFloor | undefined => storage.getStore()

/**
 * Runs `work` so that its reads see at least what the floors' positions hold: from replicas that have come so far, else
 * from the primary. While that is away, they get what the replicas have, and `isBehind` says so. An explicit choice of a
 * server is kept.
 *
 * @example
 * const { value, isBehind } = await readAtLeast(floors, () => productById.execute({ id }))
 */
export async function readAtLeast<Value>(
  floors: Floors,
  work: () => Promise<Value>,
): Promise<{ value: Value; isBehind: boolean }> {
  const around = currentReadFloor()
  const floor = new ReadFloor(around ? highestFloors(around.floors, floors) : floors)
  try {
    const value = await storage.run(floor, work)
    return { value, isBehind: floor.isBehind }
  } finally {
    if (around && floor.isBehind) around.isBehind = true
  }
}

/** A database that knows what the current context has seen of it; see `Database`. */
interface Seeing {
  seen(): Promise<Floors>
}

/**
 * For a cache whose loads read these databases, in any process: what was invalidated after a write is loaded from
 * servers that have the write.
 *
 * @example
 * const backend = new Backend({ tier, bus, logger, floors: floorsOf([database]) })
 */
export function floorsOf(databases: readonly Seeing[]) {
  return {
    current: async (): Promise<Floors> => highestFloors(...(await Promise.all(databases.map((one) => one.seen())))),
    under: readAtLeast,
  }
}
