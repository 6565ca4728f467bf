/**
 * One place in the fleet: there is always one process in it, restarted when it dies and replaced when asked.
 *
 * @module
 */
import type { Subprocess } from 'bun'
import { type Logger, SpillwayError, type Tether } from '../foundation/index.ts'
import { type InCrashLoop, RestartPolicy } from './restart-policy.ts'
import type { WorkerMessage } from './worker-messages.ts'

export interface WorkerSlotOptions {
  name: string
  command: string[]
  env: Record<string, string | undefined>
  logger: Logger
  tether: Tether
  /** How long a process that was told to stop may take before it is killed. */
  stopTimeoutMs: number
  inCrashLoop: InCrashLoop
  /** Runs a replacement when no other one of the fleet is under way. */
  inTurn: (replace: () => Promise<void>) => Promise<void>
  /** The process in this place can't be kept running. */
  onGiveUp: (reason: string) => void
}

/** Whoever fills the place: the same holder through restarts, another one after a replacement. */
interface Holder {
  process: Subprocess
  /** Resolves when it is ready or the program stops; rejects when it can't be kept running. */
  readonly ready: PromiseWithResolvers<void>
  isReady: boolean
  /** Told to stop: its end is no failure. */
  isRetired: boolean
  startedAtMs: number
  lastFailure: string | undefined
  readonly policy: RestartPolicy
}

export class WorkerSlot {
  readonly #options: WorkerSlotOptions
  #holder: Holder | undefined
  /** The holder, and while it is being replaced the other one. */
  readonly #present = new Set<Holder>()
  #isStopping = false

  constructor(options: WorkerSlotOptions) {
    this.#options = options
  }

  get pid(): number | undefined {
    return this.#holder?.process.pid
  }

  /** Resolves when the process is ready. Never rejects: a process that can't start ends in `onGiveUp`. */
  async start(): Promise<void> {
    this.#holder = this.#appoint()
    await this.#holder.ready.promise
  }

  /**
   * Starts a second process, waits until it is ready, then lets the first leave: the place is never empty. Calls wait
   * for their turn, so that each one ends with a process that was started after it.
   *
   * @throws {SpillwayError} `REPLACEMENT_FAILED`; the first process goes on.
   */
  replace(): Promise<void> {
    return this.#options.inTurn(() => this.#replace())
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.all([...this.#present].map((holder) => this.#dismiss(holder, 'SIGTERM')))
  }

  kill(): void {
    this.#isStopping = true
    for (const holder of this.#present) holder.process.kill('SIGKILL')
  }

  async #replace(): Promise<void> {
    if (this.#isStopping) return
    const old = this.#holder
    const next = this.#appoint()
    await next.ready.promise
    this.#holder = next
    if (old) await this.#dismiss(old, 'SIGHUP')
  }

  #appoint(): Holder {
    const holder: Holder = {
      process: undefined as unknown as Subprocess, // set by #launch, on the next line but one
      ready: Promise.withResolvers(),
      isReady: false,
      isRetired: false,
      startedAtMs: 0,
      lastFailure: undefined,
      policy: new RestartPolicy(this.#options.inCrashLoop),
    }
    this.#present.add(holder)
    this.#launch(holder)
    return holder
  }

  #launch(holder: Holder): void {
    const { command, env, tether } = this.#options
    holder.isReady = false
    holder.lastFailure = undefined
    holder.startedAtMs = performance.now()
    const child = Bun.spawn(command, {
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      // A session of its own: the terminal's Ctrl-C reaches the supervisor alone, which drains in order.
      detached: true,
      ipc: (message: WorkerMessage) => this.#onMessage(holder, message),
    })
    holder.process = child
    const release = tether.hold(child.pid, 'SIGTERM')
    child.exited.then(() => {
      release()
      this.#onExit(holder)
    })
  }

  #onMessage(holder: Holder, message: WorkerMessage): void {
    switch (message.kind) {
      case 'ready':
        holder.isReady = true
        holder.ready.resolve()
        break
      case 'failed':
        holder.lastFailure = message.message
        break
      case 'recycle':
        this.#recycle()
    }
  }

  #recycle(): void {
    const { name: worker, logger } = this.#options
    logger.info({ worker }, 'worker has served its share and is replaced')
    this.replace().catch((error: SpillwayError) => logger.error({ worker, error: error.message }, 'it goes on'))
  }

  #onExit(holder: Holder): void {
    if (holder.isRetired || this.#isStopping) return holder.ready.resolve()
    const { logger, name } = this.#options
    const { exitCode, signalCode } = holder.process
    const reason = holder.lastFailure ?? (signalCode ? `killed by ${signalCode}` : `exit code ${exitCode}`)
    const next = holder.policy.next({
      wasReady: holder.isReady,
      bySignal: signalCode === null ? undefined : String(signalCode),
      uptimeMs: performance.now() - holder.startedAtMs,
    })
    if (next.kind === 'give up') {
      return this.#giveUp(holder, `${name} failed ${next.failures} times in a row, last with: ${reason}`)
    }
    const figures = { worker: name, reason, restart_in_ms: next.delayMs }
    if (next.isCrashLoop) logger.error(figures, 'worker is in a crash loop, most likely by what it works on')
    else logger.warn(figures, 'worker ended, starting another')
    setTimeout(() => {
      if (holder.isRetired || this.#isStopping) holder.ready.resolve()
      else this.#launch(holder)
    }, next.delayMs)
  }

  #giveUp(holder: Holder, reason: string): void {
    this.#present.delete(holder)
    if (holder === this.#holder) {
      holder.ready.resolve()
      this.#options.onGiveUp(reason)
    } else {
      holder.ready.reject(new SpillwayError('REPLACEMENT_FAILED', reason))
    }
  }

  /** Tells it to leave, with SIGTERM as the program stops or with SIGHUP as its successor is there; sees that it does. */
  async #dismiss(holder: Holder, signal: 'SIGTERM' | 'SIGHUP'): Promise<void> {
    holder.isRetired = true
    const child = holder.process
    child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), this.#options.stopTimeoutMs)
    await child.exited
    clearTimeout(timer)
    this.#present.delete(holder)
  }
}
