/**
 * Warmers of an app, run by one process of the fleet: at the start of a release, and again and again.
 *
 * A lease in the shared tier tells whose turn it is. When the run has ended it stays taken until the next one is due, by
 * the tier's clock; so a fleet of any size warms once, and a process that dies is replaced by another.
 *
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type Backend, runWarmer, TierAwayError, type Warmer, type Warming } from '../cache/index.ts'
import { type Logger, messageOf, type Part } from '../foundation/index.ts'

interface WarmingOptions {
  warmers: readonly Warmer[]
  backend: Backend
  /** A new one begins anew. */
  release: string
  page: Warming['page']
  logger: Logger
  /** After the start of the process. @default 0 */
  delayMs?: number
}

/** A process that dies while it warms is replaced after this. */
const leaseMs = 10_000
/** How often a process looks whether it is its turn. */
const lookEveryMs = 5_000
/** After a run that failed. */
const retrySeconds = 60

export function warmingPart(options: WarmingOptions): Part {
  const stopping = new AbortController()
  let watching: Promise<void> | undefined
  return {
    name: 'warmers',
    start: async () => {
      if (options.warmers.length > 0) watching = watch(options, stopping.signal)
    },
    stop: async () => {
      stopping.abort()
      await watching
    },
  }
}

/** One after the other, in their order: a process that warms also serves. */
async function watch(options: WarmingOptions, stopped: AbortSignal): Promise<void> {
  const lookMs = Math.min(lookEveryMs, ...options.warmers.map(({ everySeconds }) => everySeconds * 500))
  await rest(options.delayMs ?? 0, stopped)
  while (!stopped.aborted) {
    for (const warmer of options.warmers) {
      if (!stopped.aborted) await takeTurn(warmer, options, stopped).catch((error) => tell(error, warmer, options))
    }
    // Not all processes look at once.
    await rest(lookMs * (0.5 + Math.random()), stopped)
  }
}

/** Or until the process stops. */
async function rest(ms: number, stopped: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal: stopped }).catch(() => undefined)
}

function tell(error: unknown, { name }: Warmer, { logger }: WarmingOptions): void {
  // The tier is away: that is said when it leaves, and nobody could be warmed for.
  if (error instanceof TierAwayError) return
  logger.error({ warmer: name, err: error }, 'a warmer had no turn, it is tried again')
}

/** Runs the warmer if it is due and nobody else does. */
async function takeTurn(warmer: Warmer, options: WarmingOptions, stopped: AbortSignal): Promise<void> {
  const { backend, release, page, logger } = options
  const { tier } = backend
  const key = `warmers:${release}:${warmer.name}`
  const token = crypto.randomUUID()
  const answer = await tier.lease({ key, token, forMs: leaseMs, voidBefore: 0 })
  if (answer.kind !== 'granted') return

  const lost = new AbortController()
  const renew = async () => {
    // While the tier is away nobody else can take over.
    if (!(await tier.renew(key, token, leaseMs).catch(() => true))) lost.abort()
  }
  const renewal = setInterval(renew, leaseMs / 3)
  const signal = AbortSignal.any([stopped, lost.signal])
  const dueSeconds = await run(warmer, { signal, logger, page })
  clearInterval(renewal)
  // A process that drains leaves the rest of the work to another one, at once.
  const until = stopped.aborted ? undefined : { message: 'warmed', forMs: dueSeconds * 1_000 }
  await tier.fail(key, token, until)
}

/** @returns the seconds until the next run is due. */
async function run(warmer: Warmer, warming: Pick<Warming, 'signal' | 'logger' | 'page'>): Promise<number> {
  const ended = Promise.withResolvers<void>()
  warming.signal.addEventListener('abort', () => ended.resolve(), { once: true })
  try {
    // A run that doesn't heed its signal must not hold up the end of the process.
    await Promise.race([runWarmer(warmer, warming), ended.promise])
    return warmer.everySeconds
  } catch (error) {
    warming.logger.error(
      { warmer: warmer.name, error: messageOf(error) },
      `a warmer failed and is tried again in a minute; \`spillway cache warm ${warmer.name}\` shows it at once`,
    )
    return Math.min(retrySeconds, warmer.everySeconds)
  }
}
