/**
 * Looks at the queue again and again, and sees to it that there are as many workers as the rules want.
 *
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type Logger, messageOf } from '../../foundation/index.ts'
import type { ScalingDriver } from './drivers/scaling-driver.ts'
import { AutoscaleUsageError } from './errors.ts'
import { idleWorkers, type Load } from './load.ts'
import { type Decision, decide, initialState, type Look, type PolicyState } from './policy.ts'
import { type Rules, rulesFrom } from './rules.ts'

export interface AutoscaleOptions {
  /** Looks at the queue and its workers. When it fails, or is silent for too long, the number of workers stays. */
  observe: () => Promise<Load>
  driver: ScalingDriver
  rules?: Partial<Rules>
  /** From the start of one look to that of the next. @default 30_000 */
  intervalMs?: number
  logger: Logger
  /** Ends it. */
  signal: AbortSignal
  /** Decides and tells, but changes nothing. @default false */
  isDryRun?: boolean
}

/** A client that waits for its server to come back may be silent for ever. */
const observeTimeoutMs = 10_000

/**
 * Runs until `signal` is aborted, then stops the driver.
 *
 * @throws {AutoscaleUsageError} when the rules or the interval can't be; nothing else ends it.
 * @example
 * await autoscale({ observe, driver, rules: { max: 8 }, logger, signal: stopping.signal })
 */
export async function autoscale({
  rules,
  intervalMs = 30_000,
  isDryRun = false,
  ...options
}: AutoscaleOptions): Promise<void> {
  if (!(intervalMs > 0)) {
    throw new AutoscaleUsageError(`It can't look every ${intervalMs} ms.`, 'Give an interval above zero.')
  }
  const autoscaler = new Autoscaler({ ...options, rules: rulesFrom(rules), isDryRun })
  const { driver, signal } = options
  try {
    while (!signal.aborted) {
      const startedAtMs = performance.now()
      await autoscaler.look(startedAtMs)
      await pauseUntil(startedAtMs + intervalMs, signal)
    }
  } finally {
    await driver.stop()
  }
}

type AutoscalerOptions = Omit<AutoscaleOptions, 'rules' | 'intervalMs'> & { rules: Rules; isDryRun: boolean }

class Autoscaler {
  readonly #options: AutoscalerOptions
  #state: PolicyState = initialState

  constructor(options: AutoscalerOptions) {
    this.#options = options
  }

  /** One look, and what follows from it. Never rejects: whatever failed, the next look tries again. */
  async look(nowMs: number): Promise<void> {
    const { driver, rules, logger, signal } = this.#options
    try {
      const look = await this.#see()
      if (signal.aborted) return
      await this.#carryOut(decide(this.#state, look, rules, nowMs), look)
    } catch (error) {
      if (signal.aborted) return
      logger.error({ driver: driver.name, err: error }, 'the number of workers could not be read or changed')
    }
  }

  async #see(): Promise<Look> {
    const { driver, observe, signal } = this.#options
    const current = await driver.current()
    try {
      return { kind: 'seen', current, load: await within(observeTimeoutMs, observe, signal) }
    } catch (error) {
      return { kind: 'unseen', current, because: messageOf(error) }
    }
  }

  async #carryOut({ target, reason, state }: Decision, look: Look): Promise<void> {
    const { driver, isDryRun } = this.#options
    const { current } = look
    this.#tell(target, reason, look)
    if (target !== current && !isDryRun) {
      const idle = look.kind === 'seen' ? idleWorkers(look.load).map(({ id }) => id) : []
      await driver.scaleTo(target, { idle })
    }
    // Only now: a change that failed hasn't happened. In a dry run none has, though its cooldown runs as it would.
    this.#state = isDryRun ? { ...state, target: current } : state
  }

  #tell(target: number, reason: string, look: Look): void {
    const { driver, isDryRun, logger } = this.#options
    const { current } = look
    const line = { driver: driver.name, workers: current, target, reason, ...(isDryRun && { dry_run: true }) }
    if (target !== current) logger.info(line, target > current ? 'more workers' : 'fewer workers')
    else if (look.kind === 'unseen') logger.warn(line, 'as many workers as before')
    else logger.debug(line, 'as many workers as before')
  }
}

async function within<Answer>(timeoutMs: number, ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  const done = new AbortController()
  const giveUp = async (): Promise<never> => {
    await pause(timeoutMs, undefined, { signal: AbortSignal.any([signal, done.signal]) })
    throw new Error(`no answer within ${timeoutMs / 1_000} s`)
  }
  try {
    return await Promise.race([ask(), giveUp()])
  } finally {
    done.abort()
  }
}

/** Not before: timers may fire a little early, and a cooldown of one interval would then last two. */
async function pauseUntil(atMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && performance.now() < atMs) {
    // Aborted: the loop ends.
    await pause(Math.max(1, atMs - performance.now()), undefined, { signal }).catch(() => undefined)
  }
}
