/**
 * Chooses the server for each statement: writes and what belongs to a transaction go to the primary, reads to a replica
 * that has replayed what the reader has written before, and to the primary while there is none.
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { ReservedSQL, TransactionSQL } from 'bun'
import { type Logger, messageOf } from '../foundation/index.ts'
import { type BeginOptions, begin } from './begin.ts'
import { type ConsistencyToken, consistencyToken, existingToken } from './consistency.ts'
import { DatabaseUnavailableError, isConnectionError, isRecoveryConflict } from './errors.ts'
import { lsnZero } from './lsn.ts'
import { NodeMonitor } from './monitor.ts'
import { DatabaseNode, type PoolSettings } from './node.ts'
import type { StatementKind } from './statement.ts'
import { UnknownOutcomeError } from './transaction-errors.ts'

/** `auto` routes by the statement; the others are the caller's explicit choice, which always wins. */
export type Target = 'auto' | 'primary' | 'replica'

export interface RouterOptions {
  /** The database's name in the app: its consistency tokens are kept under it. */
  name: string
  primaryUrl: string
  replicaUrls: string[]
  applicationName: string
  settings: PoolSettings
  logger: Logger
}

const waitPollMs = 1

const insideTransaction = new AsyncLocalStorage<true>()

export class Router {
  readonly primary: DatabaseNode
  readonly replicas: DatabaseNode[]
  readonly #name: string
  readonly #settings: PoolSettings
  readonly #logger: Logger
  readonly #monitors: Map<DatabaseNode, NodeMonitor>

  constructor({ name, primaryUrl, replicaUrls, applicationName, settings, logger }: RouterOptions) {
    this.#name = name
    this.#settings = settings
    this.#logger = logger
    this.primary = new DatabaseNode('primary', 'primary', primaryUrl, applicationName, settings)
    this.replicas = replicaUrls.map(
      (url, index) => new DatabaseNode('replica', `replica-${index + 1}`, url, applicationName, settings),
    )
    const primaryPosition = () => this.primary.replayed
    // Without replicas there is nothing to choose, and nothing to watch.
    const watched = this.replicas.length > 0 ? this.nodes : []
    this.#monitors = new Map(
      watched.map((node) => [node, new NodeMonitor(node, applicationName, primaryPosition, logger)]),
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
    /** Is told which server is asked. */
    query?: { server: string },
  ): Promise<unknown[]> {
    if (!this.#mayUseReplica(kind, target)) return await this.#runOnPrimary(text, params, kind, asArrays)
    // An explicit choice, and tables that live for replicas, don't wait for what was written.
    const token = target === 'auto' && kind === 'read' ? existingToken(this.#name) : undefined
    for (;;) {
      const node = this.#replicaFor(token) ?? (await this.#freshReplica(token))
      if (node === undefined) return await this.#runOnPrimary(text, params, 'read', asArrays, query)
      if (query) query.server = node.name
      try {
        return await node.read(text, params, asArrays)
      } catch (error) {
        // It was a read, so running it again changes nothing. A conflict with recovery concerns this read alone: the
        // replica stays, the primary answers.
        if (isConnectionError(error)) this.#eject(node, error)
        else if (isRecoveryConflict(error)) return await this.#runOnPrimary(text, params, 'read', asArrays, query)
        else throw error
      }
    }
  }

  /**
   * Opens something that keeps a connection, a cursor, on the server that a read belongs to. When that server fails
   * before it is open, another one is asked.
   */
  async openOn<Opened>(
    kind: StatementKind,
    target: Target,
    open: (connection: ReservedSQL, node: DatabaseNode) => Promise<Opened>,
  ): Promise<Opened> {
    let mayUseReplica = this.#mayUseReplica(kind, target)
    const token = target === 'auto' && kind === 'read' ? existingToken(this.#name) : undefined
    for (;;) {
      const replica = mayUseReplica ? (this.#replicaFor(token) ?? (await this.#freshReplica(token))) : undefined
      const node = replica ?? this.primary
      try {
        return await open(await node.reserve(), node)
      } catch (error) {
        if (isRecoveryConflict(error)) mayUseReplica = false
        else if (!isConnectionError(error)) throw error
        else if (node === this.primary) throw this.#unavailable(error)
        else this.#eject(node, error)
      }
    }
  }

  /** Runs `work` on one connection of the primary, inside BEGIN … COMMIT; an error rolls back. */
  async transaction<Result>(
    work: (transaction: TransactionSQL) => Promise<Result>,
    options?: BeginOptions,
  ): Promise<Result> {
    const connection = await this.#reservePrimary()
    try {
      const result = await insideTransaction.run(true, () => begin(connection, work, options))
      this.#committed()
      return result
    } catch (error) {
      // It may have committed, so its reader must see it if it has.
      if (error instanceof UnknownOutcomeError) this.#committed()
      throw isConnectionError(error) ? this.#unavailable(error) : error
    } finally {
      this.primary.release(connection)
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#monitors.values()].map((monitor) => monitor.close()))
    await Promise.all(this.nodes.map((node) => node.close()))
  }

  /** The health of every server as of now. */
  async refresh(): Promise<void> {
    await Promise.all([...this.#monitors.values()].map((monitor) => monitor.refresh()))
  }

  async #runOnPrimary(
    text: string,
    params: unknown[],
    kind: StatementKind,
    asArrays: boolean,
    query?: { server: string },
  ): Promise<unknown[]> {
    // A read that a replica failed to answer is asked here.
    if (query) query.server = this.primary.name
    try {
      const rows = await this.primary.run(text, params, asArrays)
      if (kind === 'write') this.#committed()
      return rows
    } catch (error) {
      throw isConnectionError(error) ? this.#unavailable(error) : error
    }
  }

  /** Notes what was written for the reads to come. Only replicas could be behind it. */
  #committed(): void {
    const monitor = this.#monitors.get(this.primary)
    // Asked after the COMMIT has returned; inside the transaction it would be too early.
    if (monitor) consistencyToken(this.#name).committed(monitor.position())
  }

  async #reservePrimary(): Promise<ReservedSQL> {
    try {
      return await this.primary.reserve()
    } catch (error) {
      throw isConnectionError(error) ? this.#unavailable(error) : error
    }
  }

  #mayUseReplica(kind: StatementKind, target: Target): boolean {
    if (this.replicas.length === 0 || target === 'primary') return false
    if (target === 'replica' || kind === 'replica') return true
    return kind === 'read' && !insideTransaction.getStore()
  }

  /** The replica that will answer soonest among those that have replayed `token`; undefined while it isn't settled. */
  #replicaFor(token: ConsistencyToken | undefined): DatabaseNode | undefined {
    if (token && !token.isSettled) return undefined
    const lsn = token?.lsn ?? lsnZero
    let best: DatabaseNode | undefined
    for (const node of this.replicas) {
      if (!node.healthy || node.isLagging || node.replayed < lsn) continue
      if (best === undefined || node.cost < best.cost) best = node
    }
    return best
  }

  /** Waits a little for a replica to replay `token`, if one is about to. */
  async #freshReplica(token: ConsistencyToken | undefined): Promise<DatabaseNode | undefined> {
    if (token === undefined) return undefined
    await token.settled()
    const deadline = performance.now() + this.#settings.DATABASE_REPLICA_WAIT_MS
    for (;;) {
      const node = this.#replicaFor(token)
      if (node) return node
      const near = this.replicas.filter((replica) => replica.healthy && !replica.isLagging && this.#isNear(replica))
      if (near.length === 0 || performance.now() > deadline) return undefined
      await Promise.race(near.map((replica) => this.#monitors.get(replica)?.refresh()))
      if (!this.#replicaFor(token)) await Bun.sleep(waitPollMs)
    }
  }

  /** Not worth waiting for a replica that was behind by more than the wait when it was last asked. */
  #isNear({ lag }: DatabaseNode): boolean {
    return lag.ms <= Math.max(this.#settings.DATABASE_REPLICA_WAIT_MS, 100)
  }

  /** Out at the first failed statement; its monitor takes it back. */
  #eject(node: DatabaseNode, error: unknown): void {
    if (!node.takeOut()) return
    this.#logger.warn({ server: node.name, error: messageOf(error) }, 'replica is away, its reads go to the others')
  }

  #unavailable(cause: unknown): DatabaseUnavailableError {
    return new DatabaseUnavailableError(`The database does not answer: ${messageOf(cause)}`, cause)
  }
}
