/**
 * Chooses the server for each statement: writes and what belongs to a transaction go to the primary, reads to a replica
 * that has replayed what the reader has written before, and to the primary while there is none.
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { ReservedSQL, TransactionSQL } from 'bun'
import { messageOf } from '../foundation/index.ts'
import { type BeginOptions, begin } from './begin.ts'
import { type ConsistencyToken, consistencyToken, existingToken, forgetProcessToken } from './consistency.ts'
import {
  DatabaseUnavailableError,
  isConnectionError,
  isReadOnlyError,
  isRecoveryConflict,
  ReadOnlyServerError,
} from './errors.ts'
import { type Lsn, lsnZero } from './lsn.ts'
import type { DatabaseNode } from './node.ts'
import { currentReadFloor, type ReadFloor } from './read-floor.ts'
import { ServerWatch, type ServerWatchOptions } from './server-watch.ts'
import type { StatementKind } from './statement.ts'
import { UnknownOutcomeError } from './transaction-errors.ts'

/** `auto` routes by the statement; the others are the caller's explicit choice, which always wins. */
export type Target = 'auto' | 'primary' | 'replica'

export interface RouterOptions extends ServerWatchOptions {
  /** The database's name in the app: its consistency tokens are kept under it. */
  name: string
  /** Hears of statements that looked like reads, and turned out to write. */
  onWriteFound?: (text: string) => void
}

/** A statement that replicas may answer. */
interface Read {
  text: string
  params: unknown[]
  asArrays: boolean
  query: { server: string } | undefined
  /** By us: nobody said that a replica must answer. */
  isChosen: boolean
  token: ConsistencyToken | undefined
  floor: ReadFloor | undefined
}

const waitPollMs = 1
/** While the primary is away, nobody else can answer: waiting this long for a replica is better than failing. */
const awayWaitMs = 1_000
const awayPollMs = 10
/** A read whose connections keep ending is asked so often again while the primary is there. */
const readAttempts = 3

const insideTransaction = new AsyncLocalStorage<true>()

export class Router {
  readonly primary: DatabaseNode
  readonly replicas: DatabaseNode[]
  readonly #options: RouterOptions
  /** The database's, or what several share: consistency tokens and positions are kept under it. */
  readonly name: string
  readonly #servers: ServerWatch
  /** Where the primary was when this process last heard of a change. */
  #heard: Lsn = lsnZero
  #hasReadBehind = false

  constructor(options: RouterOptions) {
    this.#options = options
    this.name = options.name
    this.#servers = new ServerWatch(options)
    this.primary = this.#servers.primary
    this.replicas = this.#servers.replicas
  }

  /** The primary first. */
  get nodes(): DatabaseNode[] {
    return [this.primary, ...this.replicas]
  }

  /** Runs one statement on the server it belongs to. A read whose server fails is run again on another. */
  run(
    text: string,
    params: unknown[],
    kind: StatementKind,
    target: Target,
    asArrays: boolean,
    /** Is told which server is asked. */
    query?: { server: string },
  ): Promise<unknown[]> {
    if (!this.#mayUseReplica(kind, target)) return this.#runOnPrimary(text, params, kind, asArrays, query)
    const isChosen = target === 'auto' && kind === 'read'
    // An explicit choice, and tables that live for replicas, don't wait for what was written.
    const token = isChosen ? existingToken(this.name) : undefined
    const floor = isChosen ? currentReadFloor() : undefined
    const read: Read = { text, params, asArrays, query, isChosen, token, floor }
    const node = this.#replicaFor(token, isChosen ? this.#wanted(floor) : lsnZero)
    if (node === undefined) return this.#read(read)
    if (query) query.server = node.name
    // Nearly every read ends here, so it takes no async function; see `DatabaseNode`.
    return node.run(text, params, asArrays).catch((error) => this.#read(read, { node, error }))
  }

  /** @param failed what a first attempt came to. */
  async #read(read: Read, failed?: { node: DatabaseNode; error: unknown }): Promise<unknown[]> {
    const { text, params, asArrays, query, isChosen, token, floor } = read
    if (failed) {
      const answer = await this.#afterFailure(read, failed.node, failed.error)
      if (answer) return answer
    }
    let unavailable: DatabaseUnavailableError | undefined
    for (;;) {
      const needed = isChosen ? await this.#needed(floor) : lsnZero
      const node = this.#replicaFor(token, needed) ?? (await this.#freshReplica(token, needed))
      const wasAway = !this.primary.healthy
      if (query && node) query.server = node.name
      if (isChosen && node) this.#noteReadFrom(node, floor)
      try {
        if (node) return await node.run(text, params, asArrays)
        if (unavailable) throw unavailable
        return await this.#runOnPrimary(text, params, 'read', asArrays, query)
      } catch (error) {
        if (node) {
          // The primary may have done it before it went away.
          if (unavailable && isReadOnlyError(error)) throw unavailable
          const answer = await this.#afterFailure(read, node, error)
          if (answer) return answer
        }
        // It went away just now: meanwhile a replica may be as far as is needed.
        else if (error instanceof DatabaseUnavailableError && !unavailable && !wasAway) unavailable = error
        else throw error
      }
    }
  }

  /** It was a read, so running it again changes nothing. @returns the primary's answer, or nothing: then others are asked. */
  async #afterFailure(read: Read, node: DatabaseNode, error: unknown): Promise<unknown[] | undefined> {
    const { text, params, asArrays, query, isChosen } = read
    if (isConnectionError(error)) {
      this.#servers.takeOut(node, error)
      return undefined
    }
    // A conflict with recovery concerns this read alone: the replica stays.
    if (isRecoveryConflict(error)) return await this.#runOnPrimary(text, params, 'read', asArrays, query)
    if (isChosen && isReadOnlyError(error)) return await this.#runFoundWrite(text, params, asArrays, query)
    throw error
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
    const isChosen = target === 'auto' && kind === 'read'
    const token = isChosen ? existingToken(this.name) : undefined
    const floor = isChosen ? currentReadFloor() : undefined
    for (;;) {
      const needed = isChosen ? await this.#needed(floor) : lsnZero
      const fresh = async () => this.#replicaFor(token, needed) ?? (await this.#freshReplica(token, needed))
      const replica = mayUseReplica ? await fresh() : undefined
      if (isChosen && replica) this.#noteReadFrom(replica, floor)
      const node = replica ?? this.primary
      try {
        return await open(await (replica ? replica.reserve() : this.#reservePrimary()), node)
      } catch (error) {
        if (isRecoveryConflict(error)) mayUseReplica = false
        else if (!isConnectionError(error)) throw error
        else if (node === this.primary) throw this.#unavailable(error)
        else this.#servers.takeOut(node, error)
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
      if (isReadOnlyError(error) && (await takesNoWrites(connection))) throw this.#demoted()
      // It may have committed, so its reader must see it if it has.
      if (error instanceof UnknownOutcomeError) this.#committed()
      throw isConnectionError(error) ? this.#unavailable(error) : error
    } finally {
      this.primary.release(connection)
    }
  }

  /** Those that reads go to now. */
  get readers(): DatabaseNode[] {
    return this.#servers.readers
  }

  /**
   * The primary's changes up to `lsn` have been heard of: reads from now on must see them, or what was dropped for
   * being old would be made anew of old data. The last position counts, also when another server's is lower.
   */
  heard(lsn: Lsn): void {
    this.#heard = lsn
    // Else replicas that have replayed it would be known to have only at their next probe.
    if (this.replicas.some(({ replayed }) => replayed < lsn)) void this.refresh()
  }

  /** Whether reads were answered, since this was last asked, from before what was heard of: the primary was away. */
  takeReadBehind(): boolean {
    const hasReadBehind = this.#hasReadBehind
    this.#hasReadBehind = false
    return hasReadBehind
  }

  /**
   * What the current context has written, was given or has heard of: who is to see that must read from there on.
   * @throws {DatabaseUnavailableError} when it has written, and the primary can't be asked where that is.
   */
  async seen(): Promise<Lsn> {
    const token = existingToken(this.name)
    await token?.settled()
    if (token?.isUnknown) await token.lookUpAgain(this.#servers.position())
    if (token?.isUnknown) throw this.#unavailable()
    const wanted = this.#wanted(currentReadFloor())
    return token && token.lsn > wanted ? token.lsn : wanted
  }

  /** What was heard of, and what the load around the read must see. */
  #wanted(floor: ReadFloor | undefined): Lsn {
    const lsn = floor?.of(this.name) ?? lsnZero
    return lsn > this.#heard ? lsn : this.#heard
  }

  /** While the primary is away, an old answer is better than none. */
  async #needed(floor: ReadFloor | undefined): Promise<Lsn> {
    if (floor && this.primary.healthy && floor.of(this.name) > this.primary.replayed) {
      await floor.limit(this.name, () => this.#servers.position())
    }
    return this.primary.healthy ? this.#wanted(floor) : lsnZero
  }

  /** What is made of answers that are too old is not to be kept. */
  #noteReadFrom({ replayed }: DatabaseNode, floor: ReadFloor | undefined): void {
    if (replayed >= this.#wanted(floor)) return
    this.#hasReadBehind = true
    if (floor) floor.isBehind = true
  }

  async close(): Promise<void> {
    forgetProcessToken(this.name)
    await this.#servers.close()
  }

  /** The health of every server as of now. */
  async refresh(): Promise<void> {
    await Promise.all(this.nodes.map((node) => this.#servers.refresh(node)))
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
    if (this.#servers.locating) await this.#servers.locating
    if (!this.primary.healthy) throw this.#unavailable()
    try {
      const rows = await this.primary.run(text, params, asArrays)
      if (kind === 'write') this.#committed()
      return rows
    } catch (error) {
      if (isReadOnlyError(error)) throw this.#demoted()
      if (!isConnectionError(error)) throw error
      if (kind === 'write') throw this.#unavailable(error)
      return await this.#readAgain(text, params, asArrays, error)
    }
  }

  /**
   * Its connection may have been the only one that failed, or one of several that end one after another. A function that it calls may have written before, so it is
   * run where nothing can be written twice.
   */
  async #readAgain(
    text: string,
    params: unknown[],
    asArrays: boolean,
    failure: unknown,
    attempts = readAttempts,
  ): Promise<unknown[]> {
    if (this.primary.healthy) await this.#servers.refresh(this.primary)
    if (!this.primary.healthy) throw this.#unavailable(failure)
    const connection = await this.#reservePrimary()
    let again: unknown
    const read = async (client: TransactionSQL): Promise<unknown[]> => {
      const query = client.unsafe(text, params)
      return await (asArrays ? query.values() : query)
    }
    try {
      return await begin(connection, read, { accessMode: 'read only' })
    } catch (error) {
      if (isReadOnlyError(error)) {
        this.#options.onWriteFound?.(text)
        throw this.#unavailable(failure)
      }
      if (!isConnectionError(error)) throw error
      if (attempts === 1) throw this.#unavailable(error)
      again = error
    } finally {
      this.primary.release(connection)
    }
    return await this.#readAgain(text, params, asArrays, again, attempts - 1)
  }

  /** A replica has refused it, and nothing has happened yet. */
  async #runFoundWrite(
    text: string,
    params: unknown[],
    asArrays: boolean,
    query?: { server: string },
  ): Promise<unknown[]> {
    this.#options.onWriteFound?.(text)
    return await this.#runOnPrimary(text, params, 'write', asArrays, query)
  }

  /** Notes what was written for the reads to come. Only replicas could be behind it. */
  #committed(): void {
    if (this.replicas.length === 0) return
    // Asked after the COMMIT has returned; inside the transaction it would be too early.
    consistencyToken(this.name).committed(this.#servers.position())
  }

  async #reservePrimary(): Promise<ReservedSQL> {
    if (this.#servers.locating) await this.#servers.locating
    if (!this.primary.healthy) throw this.#unavailable()
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

  /**
   * The replica that will answer soonest among those that have replayed `token` and what else is needed; undefined while
   * the token isn't settled.
   */
  #replicaFor(token: ConsistencyToken | undefined, needed: Lsn): DatabaseNode | undefined {
    if (token && !token.isSettled) return undefined
    const lsn = token && token.lsn > needed ? token.lsn : needed
    let best: DatabaseNode | undefined
    for (const node of this.replicas) {
      if (!this.#servers.mayAnswer(node) || node.replayed < lsn) continue
      if (best === undefined || node.cost < best.cost) best = node
    }
    return best
  }

  /** Waits a little for a replica to replay `token` and what else is needed; longer while the primary is away. */
  async #freshReplica(token: ConsistencyToken | undefined, needed: Lsn): Promise<DatabaseNode | undefined> {
    if (token === undefined && needed === lsnZero && this.primary.healthy) return undefined
    await token?.settled()
    if (token?.isUnknown && this.primary.healthy) await token.lookUpAgain(this.#servers.position())
    const began = performance.now()
    for (;;) {
      const node = this.#replicaFor(token, needed)
      if (node) return node
      const isAway = !this.primary.healthy
      const near = isAway ? this.replicas : this.replicas.filter((replica) => this.#isNear(replica))
      const waitMs = isAway ? awayWaitMs : this.#options.settings.DATABASE_REPLICA_WAIT_MS
      if (near.length === 0 || performance.now() - began > waitMs) return undefined
      await Promise.race(near.map((replica) => this.#servers.refresh(replica)))
      if (!this.#replicaFor(token, needed)) await Bun.sleep(isAway ? awayPollMs : waitPollMs)
    }
  }

  /** Not worth waiting for a replica that was behind by more than the wait when it was last asked. */
  #isNear({ healthy, isLagging, lag }: DatabaseNode): boolean {
    return healthy && !isLagging && lag.ms <= Math.max(this.#options.settings.DATABASE_REPLICA_WAIT_MS, 100)
  }

  /** The server in the primary's place is none any more: out until one is found there, or among the other hosts. */
  #demoted(): DatabaseUnavailableError {
    const error = new ReadOnlyServerError(this.primary.name)
    this.#servers.takeOut(this.primary, error)
    return this.#unavailable(error)
  }

  #unavailable(cause?: unknown): DatabaseUnavailableError {
    // Seen at once rather than at the next regular question.
    if (this.primary.healthy) void this.#servers.refresh(this.primary)
    const reason = cause === undefined ? 'the primary is away' : messageOf(cause)
    return new DatabaseUnavailableError(`The database does not answer: ${reason}`, cause)
  }
}

/** Whether the server refused a write, rather than a transaction that was begun as `read only`. */
async function takesNoWrites(connection: ReservedSQL): Promise<boolean> {
  try {
    const [row] = await connection`
      select pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean as yes`
    return row.yes
  } catch {
    // It has gone away since, which its monitor sees.
    return false
  }
}
