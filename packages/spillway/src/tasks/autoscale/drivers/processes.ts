/** Workers as processes of this machine. @module */
import { hostname } from 'node:os'
import { type Logger, startTether, type Tether } from '../../../foundation/index.ts'
import { AutoscaleUsageError } from '../errors.ts'
import type { ScaleOptions, ScalingDriver } from './scaling-driver.ts'
import { WorkerProcess } from './worker-process.ts'

export interface ProcessesOptions {
  /**
   * Program and arguments of one worker, for example `['spillway', 'worker']`. On SIGTERM it takes nothing new, finishes
   * what it runs and ends.
   */
  command: readonly string[]
  /** @default that of this process */
  env?: Record<string, string | undefined>
  /** @default that of this process */
  cwd?: string
  /** How long a worker may take to finish what it runs before it is killed. @default 60_000 */
  drainTimeoutMs?: number
  /** Under which id the load knows the worker with this pid. @default `host:pid` */
  idOf?: (pid: number) => string
  logger: Logger
}

/** They never outlive this process: when it is killed, they are told to drain all the same. */
export class ProcessesDriver implements ScalingDriver {
  readonly name = 'processes'
  readonly #options: ProcessesOptions & { env: Record<string, string | undefined>; cwd: string; drainTimeoutMs: number }
  readonly #idOf: (pid: number) => string
  readonly #tether: Tether
  readonly #workers = new Set<WorkerProcess>()
  readonly #leaving = new Set<Promise<void>>()
  #isStopped = false

  /** @throws {AutoscaleUsageError} when there is no such command. */
  constructor({ env = process.env, cwd = process.cwd(), drainTimeoutMs = 60_000, ...options }: ProcessesOptions) {
    const program = options.command[0] ?? ''
    if (!Bun.which(program, { cwd, PATH: env['PATH'] ?? '' })) {
      throw new AutoscaleUsageError(`There is no command "${program}" to start workers with.`, 'Check it and PATH.')
    }
    this.#options = { ...options, env, cwd, drainTimeoutMs }
    this.#idOf = options.idOf ?? ((pid) => `${hostname()}:${pid}`)
    this.#tether = startTether({ graceMs: drainTimeoutMs })
  }

  async current(): Promise<number> {
    return this.#workers.size
  }

  async scaleTo(count: number, { idle = [] }: ScaleOptions = {}): Promise<void> {
    if (this.#isStopped) return
    while (this.#workers.size < count) this.#workers.add(new WorkerProcess({ ...this.#options, tether: this.#tether }))
    const tooMany = this.#workers.size - count
    if (tooMany <= 0) return
    for (const worker of this.#leastMissed(idle).slice(0, tooMany)) this.#dismiss(worker)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    for (const worker of this.#workers) this.#dismiss(worker)
    await Promise.all(this.#leaving)
    await this.#tether.stop()
  }

  /** Those that don't even run, then the idle ones, then the youngest. */
  #leastMissed(idle: readonly string[]): WorkerProcess[] {
    const rank = ({ pid }: WorkerProcess) => {
      if (pid === undefined) return -1
      const place = idle.indexOf(this.#idOf(pid))
      return place === -1 ? idle.length : place
    }
    return [...this.#workers].toSorted((one, other) => rank(one) - rank(other) || other.startedAtMs - one.startedAtMs)
  }

  #dismiss(worker: WorkerProcess): void {
    this.#workers.delete(worker)
    const leaving = worker.leave().finally(() => this.#leaving.delete(leaving))
    this.#leaving.add(leaving)
  }
}
