/** What there is to do and who does it, at one look. @module */

export interface Load {
  /** Tasks that a worker could take now. Those that are due later don't count. */
  waiting: number
  /** Tasks that run. */
  active: number
  /** How long the oldest of the waiting could have been taken; 0 when none waits. */
  oldestWaitingMs: number
  /** How long the oldest of the running has run. */
  oldestActiveMs?: number
  workers: readonly WorkerLoad[]
  /** Tasks that one worker runs at a time. */
  slotsPerWorker: number
}

export interface WorkerLoad {
  id: string
  /** Tasks that it runs. */
  busy: number
  startedAtMs: number
  /** It finishes what it runs and takes nothing new. */
  isDraining: boolean
}

/** Those that would lose nothing by leaving, the youngest first: the old ones have warm caches. */
export function idleWorkers({ workers }: Load): WorkerLoad[] {
  return workers
    .filter(({ busy, isDraining }) => busy === 0 && !isDraining)
    .toSorted((one, other) => other.startedAtMs - one.startedAtMs)
}
