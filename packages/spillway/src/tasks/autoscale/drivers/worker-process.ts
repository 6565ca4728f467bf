/**
 * One worker as a process of this machine: started again when it ends by itself, and let go in good order.
 *
 * @module
 */
import type { Subprocess } from 'bun'
import { type Logger, messageOf, type Tether } from '../../../foundation/index.ts'

export interface WorkerProcessOptions {
  command: readonly string[]
  env: Record<string, string | undefined>
  cwd: string
  logger: Logger
  tether: Tether
  drainTimeoutMs: number
}

const stableAfterMs = 10_000
const firstPauseMs = 500
const pauseMaxMs = 30_000

export class WorkerProcess {
  readonly #options: WorkerProcessOptions
  #child: Subprocess | undefined
  #restart: Timer | undefined
  #startedAtMs = 0
  #shortLives = 0
  #isLeaving = false

  constructor(options: WorkerProcessOptions) {
    this.#options = options
    this.#launch()
  }

  /** Undefined while it pauses after a crash. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  get startedAtMs(): number {
    return this.#startedAtMs
  }

  /** SIGTERM: it finishes what it runs. Resolves when it has ended; after the deadline it is killed. */
  async leave(): Promise<void> {
    this.#isLeaving = true
    clearTimeout(this.#restart)
    const child = this.#child
    if (!child) return
    child.kill('SIGTERM')
    const { drainTimeoutMs, logger } = this.#options
    const deadline = setTimeout(() => {
      logger.warn({ worker_pid: child.pid, drain_timeout_ms: drainTimeoutMs }, 'worker did not drain in time: killed')
      killGroup(child)
    }, drainTimeoutMs)
    await child.exited
    clearTimeout(deadline)
  }

  #launch(): void {
    const { command, env, cwd, tether } = this.#options
    this.#startedAtMs = performance.now()
    try {
      const child = Bun.spawn([...command], {
        env,
        cwd,
        stdio: ['ignore', 'inherit', 'inherit'],
        // A session of its own: the terminal's Ctrl-C reaches us alone, and we let the workers go in good order.
        detached: true,
      })
      this.#child = child
      const release = tether.hold(child.pid, 'SIGTERM')
      child.exited.then(() => {
        release()
        this.#onEnd(child.signalCode ? `killed by ${child.signalCode}` : `exit code ${child.exitCode}`)
      })
    } catch (error) {
      // The command was there when we began; a deploy may have it away for a moment.
      this.#onEnd(messageOf(error))
    }
  }

  #onEnd(reason: string): void {
    const { logger } = this.#options
    const worker_pid = this.#child?.pid
    this.#child = undefined
    if (this.#isLeaving) return
    const wasStable = performance.now() - this.#startedAtMs >= stableAfterMs
    this.#shortLives = wasStable ? 0 : this.#shortLives + 1
    const restart_in_ms = pauseAfter(this.#shortLives)
    logger.warn({ worker_pid, reason, restart_in_ms }, 'worker ended, starting another')
    this.#restart = setTimeout(() => this.#launch(), restart_in_ms)
  }
}

/**
 * At once for one that had been up, as after its share of tasks; else growing, so that a broken release doesn't keep the
 * machine busy. It never gives up: the next release may be whole.
 */
export function pauseAfter(shortLives: number): number {
  return shortLives === 0 ? 0 : Math.min(pauseMaxMs, firstPauseMs * 2 ** (shortLives - 1))
}

/** With what it has started: the command may be a shell around the worker. */
function killGroup({ pid }: Subprocess): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended this moment.
  }
}
