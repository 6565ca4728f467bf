/**
 * One place in the fleet: there is always one process in it, restarted when it dies and replaced when asked.
 *
 * @module
 */
import type { Subprocess } from 'bun'
import type { Logger, Tether } from '../foundation/index.ts'
import type { SharedPage } from '../http/index.ts'
import { RestartPolicy } from './restart-policy.ts'
import type { SupervisorMessage, WorkerMessage } from './web-worker.ts'

export interface WorkerSlotOptions {
  name: string
  command: string[]
  env: Record<string, string | undefined>
  logger: Logger
  tether: Tether
  /** How long a process that was told to stop may take before it is killed. */
  stopTimeoutMs: number
  /** It has rendered a page that others may want. */
  onPage: (page: SharedPage) => void
  /** The process in this place can't be kept running. */
  onGiveUp: (reason: string) => void
}

/** Whoever fills the place: the same holder through restarts, another one after a replacement. */
interface Holder {
  process: Subprocess
  /** Settles when it is ready, or won't ever be. */
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
  #isStopping = false
  #replacing: Promise<void> | undefined

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

  /** Passes a sibling's page on; a worker that is starting or stopping does without. */
  offer(page: SharedPage): void {
    const holder = this.#holder
    if (!holder?.isReady || holder.isRetired || holder.process.killed) return
    const message: SupervisorMessage = { kind: 'page', page }
    holder.process.send(message)
  }

  /** Starts a second process, waits until it is ready, then drains the first: the place is never empty. */
  replace(): Promise<void> {
    this.#replacing ??= this.#replace().finally(() => {
      this.#replacing = undefined
    })
    return this.#replacing
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await this.#replacing
    if (this.#holder) await this.#retire(this.#holder)
  }

  kill(): void {
    this.#isStopping = true
    this.#holder?.process.kill('SIGKILL')
  }

  async #replace(): Promise<void> {
    const old = this.#holder
    const next = this.#appoint()
    await next.ready.promise
    this.#holder = next
    if (old) await this.#retire(old)
  }

  #appoint(): Holder {
    const holder: Holder = {
      process: undefined as unknown as Subprocess, // set by #launch, on the next line but one
      ready: Promise.withResolvers(),
      isReady: false,
      isRetired: false,
      startedAtMs: 0,
      lastFailure: undefined,
      policy: new RestartPolicy(),
    }
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
      case 'page':
        this.#options.onPage(message.page)
        break
      case 'recycle':
        this.#options.logger.info({ worker: this.#options.name }, 'worker has served its share and is replaced')
        void this.replace()
    }
  }

  #onExit(holder: Holder): void {
    if (holder.isRetired || this.#isStopping) return holder.ready.resolve()
    const { logger, name, onGiveUp } = this.#options
    const { exitCode, signalCode } = holder.process
    const reason = holder.lastFailure ?? (signalCode ? `killed by ${signalCode}` : `exit code ${exitCode}`)
    const next = holder.policy.next({
      wasReady: holder.isReady,
      bySignal: signalCode === null ? undefined : String(signalCode),
      uptimeMs: performance.now() - holder.startedAtMs,
    })
    if (next.kind === 'give up') {
      holder.ready.resolve()
      return onGiveUp(`${name} failed ${next.failures} times in a row, last with: ${reason}`)
    }
    logger.warn({ worker: name, reason, restart_in_ms: next.delayMs }, 'worker ended, starting another')
    setTimeout(() => {
      if (holder.isRetired || this.#isStopping) holder.ready.resolve()
      else this.#launch(holder)
    }, next.delayMs)
  }

  async #retire(holder: Holder): Promise<void> {
    holder.isRetired = true
    const child = holder.process
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), this.#options.stopTimeoutMs)
    await child.exited
    clearTimeout(timer)
  }
}
