/**
 * Chooses the server for each statement: writes and what belongs to a transaction go to the primary, reads to the
 * replica with the fewest statements in flight, and to the primary while no replica answers.
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { ReservedSQL, TransactionSQL } from 'bun'
import { type Logger, messageOf } from '../foundation/index.ts'
import { DatabaseUnavailableError, isConnectionError, isRecoveryConflict } from './errors.ts'
import { DatabaseNode, type PoolSettings } from './node.ts'
import type { StatementKind } from './statement.ts'

/** `auto` routes by the statement; the others are the caller's explicit choice, which always wins. */
export type Target = 'auto' | 'primary' | 'replica'

export interface RouterOptions {
  primaryUrl: string
  replicaUrls: string[]
  applicationName: string
  settings: PoolSettings
  logger: Logger
}

const probeIntervalMs = 250

const insideTransaction = new AsyncLocalStorage<true>()

export class Router {
  readonly primary: DatabaseNode
  readonly replicas: DatabaseNode[]
  readonly #logger: Logger
  readonly #probes = new Map<DatabaseNode, ReturnType<typeof setInterval>>()

  constructor({ primaryUrl, replicaUrls, applicationName, settings, logger }: RouterOptions) {
    this.#logger = logger
    this.primary = new DatabaseNode('primary', 'primary', primaryUrl, applicationName, settings)
    this.replicas = replicaUrls.map(
      (url, index) => new DatabaseNode('replica', `replica-${index + 1}`, url, applicationName, settings),
    )
  }

  /** The primary first. */
  get nodes(): DatabaseNode[] {
    return [this.primary, ...this.replicas]
  }

  /** Runs one statement on the server it belongs to. A read whose server fails is run again on another. */
  async run(
    text: string,
    params: unknown[],
    kind: StatementKind,
    target: Target,
    asArrays: boolean,
  ): Promise<unknown[]> {
    for (;;) {
      const node = this.#choose(kind, target)
      try {
        return await node.run(text, params, asArrays)
      } catch (error) {
        if (isConnectionError(error)) this.#eject(node, error)
        else if (!isRecoveryConflict(error)) throw error
        if (node === this.primary) throw this.#unavailable(error)
        // The statement was a read on a replica, so running it again changes nothing. A conflict with recovery
        // concerns this read alone: the replica stays, the primary answers.
        if (!node.healthy) continue
        return await this.primary.run(text, params, asArrays)
      }
    }
  }

  /** Runs `work` on one connection of the primary, inside BEGIN … COMMIT; an error rolls back. */
  async transaction<Result>(work: (transaction: TransactionSQL) => Promise<Result>): Promise<Result> {
    const connection = await this.#reservePrimary()
    try {
      return await insideTransaction.run(true, () => connection.begin(work))
    } catch (error) {
      throw isConnectionError(error) ? this.#unavailable(error) : error
    } finally {
      this.primary.release(connection)
    }
  }

  async close(): Promise<void> {
    for (const timer of this.#probes.values()) clearInterval(timer)
    this.#probes.clear()
    await Promise.all(this.nodes.map((node) => node.close()))
  }

  async #reservePrimary(): Promise<ReservedSQL> {
    try {
      return await this.primary.reserve()
    } catch (error) {
      throw isConnectionError(error) ? this.#unavailable(error) : error
    }
  }

  #choose(kind: StatementKind, target: Target): DatabaseNode {
    if (target === 'primary') return this.primary
    if (target === 'auto' && kind === 'write') return this.primary
    if (target === 'auto' && kind === 'read' && insideTransaction.getStore()) return this.primary
    return this.#leastLoadedReplica() ?? this.primary
  }

  #leastLoadedReplica(): DatabaseNode | undefined {
    let best: DatabaseNode | undefined
    for (const node of this.replicas) {
      if (node.healthy && (best === undefined || node.load < best.load)) best = node
    }
    return best
  }

  /** Takes a replica out until a probe succeeds. The primary has no stand-in, so it is always tried again. */
  #eject(node: DatabaseNode, error: unknown): void {
    if (node === this.primary || !node.healthy) return
    node.healthy = false
    this.#logger.warn({ server: node.name, error: messageOf(error) }, 'replica is away, its reads go to the others')
    const timer = setInterval(async () => {
      if (!(await node.probe()) || !this.#probes.has(node)) return
      clearInterval(timer)
      this.#probes.delete(node)
      node.healthy = true
      this.#logger.info({ server: node.name }, 'replica is back')
    }, probeIntervalMs)
    this.#probes.set(node, timer)
  }

  #unavailable(cause: unknown): DatabaseUnavailableError {
    return new DatabaseUnavailableError(`The database does not answer: ${messageOf(cause)}`, cause)
  }
}
