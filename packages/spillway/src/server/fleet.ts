/**
 * The processes of one role: kept running, replaced one at a time, stopped together.
 *
 * @module
 */
import { messageOf, SpillwayError } from '../foundation/index.ts'

import { WorkerSlot, type WorkerSlotOptions } from './worker-slot.ts'

export interface FleetOptions extends Omit<WorkerSlotOptions, 'name' | 'inTurn' | 'onGiveUp'> {
  /** For people and log lines: `web`, `task`. */
  role: string
  size: number
  /** One of them can't be kept running. */
  onGiveUp: (error: SpillwayError) => void
}

export class Fleet {
  readonly #options: FleetOptions
  readonly #slots: WorkerSlot[]
  /** Settles when the last replacement that was asked for is over. */
  #replacements: Promise<void> = Promise.resolve()
  #isStopping = false

  constructor(options: FleetOptions) {
    this.#options = options
    const { role, size, onGiveUp, ...slot } = options
    this.#slots = Array.from({ length: size }, (_, index) => {
      return new WorkerSlot({
        ...slot,
        name: `${role} ${index + 1}`,
        onGiveUp: (reason) => onGiveUp(crashLoop(role, reason)),
        inTurn: (replace) => this.#inTurn(replace),
      })
    })
  }

  get role(): string {
    return this.#options.role
  }

  get size(): number {
    return this.#slots.length
  }

  /** Resolves when all are ready. */
  async start(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.start()))
  }

  /**
   * Replaces them one at a time, each new one ready before the old one leaves. When a new one can't be kept running, it
   * is said, and those that run go on.
   */
  async reload(): Promise<void> {
    const { logger, role } = this.#options
    try {
      for (const slot of this.#slots) await slot.replace()
      if (!this.#isStopping) logger.info({ workers: this.#slots.map(({ pid }) => pid) }, `${role} workers replaced`)
    } catch (error) {
      logger.error({ error: messageOf(error) }, `${role} workers not replaced`)
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.all(this.#slots.map((slot) => slot.stop()))
  }

  /** At once. */
  kill(): void {
    this.#isStopping = true
    for (const slot of this.#slots) slot.kill()
  }

  /** Only the one newcomer of a fleet gets the new connections: with two of them, one would leave while it does. */
  #inTurn(replace: () => Promise<void>): Promise<void> {
    const turn = this.#replacements.then(replace)
    // Whoever asked hears of a failure; the next one has its turn all the same.
    this.#replacements = turn.catch(() => undefined)
    return turn
  }
}

function crashLoop(role: string, reason: string): SpillwayError {
  return new SpillwayError('CRASH_LOOP', `A ${role} worker can't be kept running: ${reason}`, {
    hint: 'Its log lines above tell more. Mend the cause and start again.',
  })
}
