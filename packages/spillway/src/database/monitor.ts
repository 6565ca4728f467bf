/**
 * Watches one server over a connection of its own: does it answer, how far has it replayed the log, how far is it behind?
 *
 * @module
 */
import type { Logger } from '../foundation/index.ts'
import { isConnectionError, isFull, NoAnswerError, ReadOnlyServerError, TimelineError } from './errors.ts'
import { type Lsn, lsnZero } from './lsn.ts'
import type { DatabaseNode } from './node.ts'
import { Probe, type ServerState } from './probe.ts'

interface MonitorOptions {
  node: DatabaseNode
  applicationName: string
  /** The primary as it is known, to tell how far a replica is behind. */
  primary: DatabaseNode
  /** How often to ask while all is well. */
  intervalMs: number
  logger: Logger
  /** The server doesn't answer, or is not what it is used for. */
  onUnfit: (reason: unknown) => void
  /** It came back, fell behind or caught up. */
  onChange: () => void
}

/** How often to ask a server that is away. */
const awayIntervalMs = 100
/** A server that takes longer to answer is as good as away. The primary gets more time: its writes fail when it is taken out. */
const timeoutMs = { replica: 1_000, primary: 2_000 }
/** Successful probes in a row before a server gets statements again. */
const returnAfter = 2

export class NodeMonitor {
  readonly #options: MonitorOptions
  readonly #node: DatabaseNode
  readonly #logger: Logger
  #probe: Probe
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | undefined
  #position: Promise<Lsn> | undefined
  #nextPosition: Promise<Lsn> | undefined
  #successes = 0
  #startedAt: string | undefined
  #isClosed = false

  constructor(options: MonitorOptions) {
    this.#options = options
    this.#node = options.node
    this.#logger = options.logger
    this.#probe = this.#newProbe()
  }

  start(): void {
    if (!this.#isClosed) this.#schedule(0)
  }

  /** Asks now; those who ask while an answer is under way get that answer's follower, so that it is never too old. */
  async refresh(): Promise<void> {
    await this.#running
    this.#running ??= this.#ask().finally(() => {
      this.#running = undefined
    })
    await this.#running
  }

  /**
   * The position at some time after this call. Many callers share one question: one is under way at most, and all that
   * come meanwhile share the next.
   */
  position(): Promise<Lsn> {
    this.#nextPosition ??= this.#readPosition(this.#position)
    return this.#nextPosition
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#probe.close()
  }

  /** What it was asked has failed: what it has shown until now doesn't count any more. */
  doubt(): void {
    this.#successes = 0
  }

  /** The node is with another server now, which has just shown that it is the one. */
  async follow(): Promise<void> {
    const before = this.#probe
    this.#probe = this.#newProbe()
    this.#successes = 0
    await before.close()
  }

  #newProbe(): Probe {
    const { node, applicationName } = this.#options
    return new Probe(node.url, {
      applicationName: `${applicationName} monitor`,
      timeoutMs: timeoutMs[node.role],
      prepare: !node.settings.DATABASE_PGBOUNCER,
    })
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(async () => {
      await this.refresh()
      if (!this.#isClosed) this.#schedule(this.#node.healthy ? this.#options.intervalMs : awayIntervalMs)
    }, delayMs)
  }

  async #readPosition(before: Promise<Lsn> | undefined): Promise<Lsn> {
    // Its failure is the answer of those who asked for it.
    await before?.catch(() => undefined)
    this.#position = this.#nextPosition
    this.#nextPosition = undefined
    const { lsn, isWritable } = await this.#probe.ask()
    if (!isWritable) throw new ReadOnlyServerError(this.#node.name)
    return lsn
  }

  async #ask(): Promise<void> {
    const probe = this.#probe
    try {
      const state = await probe.ask().catch((error: unknown) => askAgain(probe, error))
      if (probe === this.#probe) this.#answered(state)
    } catch (error) {
      if (probe === this.#probe && !this.#isClosed) this.#failed(error)
    }
  }

  #answered(state: ServerState): void {
    const unfit = this.#unfitness(state)
    if (unfit) {
      // Behind the same URL there may be another server by now.
      this.#probe.reconnect()
      this.#options.onUnfit(unfit)
      return
    }
    const node = this.#node
    if (state.startedAt !== this.#startedAt) {
      node.forgetPosition()
      node.history.clear()
    }
    this.#startedAt = state.startedAt
    node.replayed = state.lsn
    node.timeline = state.timeline
    node.probed(state.tookMs)
    if (node.role === 'replica') this.#judgeLag(state)
    else node.history.note(state.lsn, performance.now())
    this.#successes++
    if (node.healthy || this.#successes < returnAfter) return
    node.takeBack()
    this.#logger.info({ server: node.name }, `${node.role} is back`)
    this.#options.onChange()
  }

  /** Why a server that answers is not what it is used for. */
  #unfitness({ isWritable, timeline }: ServerState): Error | undefined {
    const { node, primary } = this.#options
    if (node.role === 'primary') return isWritable ? undefined : new ReadOnlyServerError(node.name)
    // Its log is not the primary's: positions in the two can't be compared.
    const isLeftBehind = timeline !== undefined && primary.timeline !== undefined && timeline < primary.timeline
    return isLeftBehind ? new TimelineError(timeline, primary.timeline!) : undefined
  }

  #failed(error: unknown): void {
    // It has answered, if not what we wanted to know: a full server, or one where we may not ask.
    const answers = isFull(error) || (this.#node.role === 'primary' && !isConnectionError(error))
    if (!answers) this.#options.onUnfit(error)
  }

  /** Out above the limit, back below half of it: a replica at the limit doesn't flap. */
  #judgeLag({ lsn, ageMs }: ServerState): void {
    const { node, primary } = this.#options
    // While the primary is away, nobody knows how far it had come.
    if (primary.replayed === lsnZero) return
    const behind = primary.replayed - lsn
    // What it was behind before we looked, only the age of what it has replayed can tell.
    const ms = primary.history.behindMs(lsn, performance.now()) ?? Math.max(0, ageMs)
    node.lag = behind > lsnZero ? { bytes: Number(behind), ms } : { bytes: 0, ms: 0 }
    const limitMs = node.settings.DATABASE_REPLICA_MAX_LAG_SECONDS * 1_000
    const isLagging = node.lag.ms > (node.isLagging ? limitMs / 2 : limitMs)
    if (isLagging === node.isLagging) return
    node.isLagging = isLagging
    const message = isLagging ? 'replica is too far behind and gets no reads' : 'replica has caught up'
    this.#logger.warn({ server: node.name, lag_ms: Math.round(node.lag.ms) }, message)
    this.#options.onChange()
  }
}

/** One connection that was ended says little about its server; one that can't be made anew says enough. */
function askAgain(probe: Probe, error: unknown): Promise<ServerState> {
  if (error instanceof NoAnswerError || !isConnectionError(error)) throw error
  return probe.ask()
}
