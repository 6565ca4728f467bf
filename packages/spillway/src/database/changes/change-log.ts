/**
 * The change log as one process sees it: it hears what is changed, stands ready as the relay, and runs consumers.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { type Floors, type Logger, messageOf } from '../../foundation/index.ts'
import { BackgroundConnection, type ConnectionOptions } from '../background/connection.ts'
import { Loop } from '../background/loop.ts'
import { formatPosition, type Lsn } from '../lsn.ts'
import { type ChangesConsumer, type ConsumeOptions, Consumer } from './consumer.ts'
import { changeDecoder, manyOfEach } from './decode.ts'
import { ChangeFeed, type FeedNews } from './feed.ts'
import type { ChangeLogDefinition } from './install.ts'
import { Lease } from './lease.ts'
import { type ChangeLogLimits, defaultLimits } from './limits.ts'
import { Relay } from './relay.ts'
import type { Change, Watched } from './watch.ts'

/**
 * Hears what one batch has told. `position` grows, and is the same in every process that has heard the same. `floors` is
 * how far a reader must be to see it.
 */
export type ChangesHandler = (changes: Change[], heard: { position: number; floors: Floors }) => void

export interface ChangeLogStart extends ConnectionOptions {
  logger: Logger
  /** What positions in the database's log are told under. @default the name of the database */
  name?: string
  /** Called before handlers: what they read from now on must be at least as new. */
  onHeard: (lsn: Lsn) => void
  /** Whether reads were older than what was heard of since this was last asked: what was made of them counts as old. */
  takeReadBehind?: () => boolean
}

/**
 * Pauses of the relay: one in the whole fleet asks whether something waits. A batch costs the server 0.4 ms of CPU
 * and a flush of its log that writers may wait for, so under load it makes 20 a second rather than 50.
 */
const relayPauses = { busyMs: 50, idleMs: 100, workShareMax: 0.25 }
/** Pauses of a process between two looks at the feed. */
const feedPauses = { busyMs: 25, idleMs: 200 }

const notRead = 'change log not read; if it was never installed, run `spillway migrate`'

export class ChangeLog implements ChangeLogDefinition {
  readonly database: string
  readonly watched: readonly Watched[]
  readonly #limits: ChangeLogLimits
  readonly #decode: ReturnType<typeof changeDecoder>
  readonly #handlers = new Set<ChangesHandler>()
  readonly #consumers = new Map<string, { handler: ChangesConsumer } & ConsumeOptions>()
  #logger: Logger | undefined
  #loops: Loop[] = []
  #leases: Lease[] = []
  #connection: BackgroundConnection | undefined

  constructor(database: string, watched: readonly Watched[], limits: Partial<ChangeLogLimits> = {}) {
    this.database = database
    this.watched = watched
    this.#limits = { ...defaultLimits, ...limits }
    this.#decode = changeDecoder(watched)
  }

  /**
   * Calls `handler` with what is changed, in every process, from its start on: in order for each row, at least once.
   * When changes were missed, each table is told as `many`.
   *
   * @returns a function that ends it.
   * @example
   * database.changes.watch((changes) => searchIndex.forget(changes))
   */
  watch(handler: ChangesHandler): () => void {
    this.#handlers.add(handler)
    return () => void this.#handlers.delete(handler)
  }

  /**
   * The same for one table, one change at a time, typed by its declaration.
   *
   * @example
   * database.changes.on(productChanges, (change) => {
   *   if (change.operation === 'update') console.log(change.old.categoryId, '→', change.new.categoryId)
   * })
   */
  on<Row>(watched: Watched<Row>, handler: (change: Change<Row>) => void): () => void {
    return this.watch((changes) => {
      // The rows of this table's changes were decoded by this declaration.
      for (const change of changes) if (change.table === watched.name) handler(change as Change<Row>)
    })
  }

  /**
   * Has each change handled by one of all processes, at least once and in order; its position is kept in the database
   * under `name`. A new consumer hears `many` of each table first. A handler that rejects gets the same changes again, a
   * growing while later. Its reads see the changes; `floors` says the same to other processes. Call it before `start`.
   *
   * @example
   * database.changes.consume('search', async (changes) => await searchIndex.update(changes))
   */
  consume(name: string, handler: ChangesConsumer, options: ConsumeOptions = {}): void {
    this.#consumers.set(name, { handler, ...options })
  }

  /** Nothing is done where nothing is watched. */
  start({ logger, name: database = this.database, onHeard, takeReadBehind, ...options }: ChangeLogStart): void {
    if (this.watched.length === 0) return
    this.#logger = logger
    const connection = new BackgroundConnection(options, 'changes')
    this.#connection = connection
    const holder = `${options.applicationName} ${process.pid} ${randomUUID()}`
    const lease = (name: string) => {
      const made = new Lease({ connection, name, holder, leaseMs: this.#limits.leaseMs })
      this.#leases.push(made)
      return made
    }
    const relay = new Relay(connection, lease('relay'), this.#limits)
    const feed = new ChangeFeed(connection)
    const floorsAt = (lsn: Lsn): Floors => ({ [database]: formatPosition(lsn) })
    const readFeed = async () => {
      const news = await feed.read()
      return takeReadBehind?.() ? { ...news, hasGap: true } : news
    }
    const consumers = [...this.#consumers].map(
      ([name, consumed]) =>
        new Consumer({
          ...{ ...consumed, connection, logger, floorsAt, decode: this.#decode },
          lease: lease(`consumer ${name}`),
          everything: () => manyOfEach(this.watched),
        }),
    )
    const loop = (what: string, turn: () => Promise<boolean>, pauses: typeof feedPauses) =>
      new Loop({
        ...{ turn, ...pauses },
        onError: (error) => logger.warn({ what, database: this.database, error: messageOf(error) }, notRead),
        onRecovery: () => logger.info({ what, database: this.database }, 'change log is read again'),
      })
    this.#loops = [
      loop('relay', () => relay.turn(), relayPauses),
      loop('watchers', async () => this.#hear(await readFeed(), onHeard, floorsAt), feedPauses),
      ...consumers.map((consumer) => loop('consumer', () => consumer.turn(), feedPauses)),
    ]
    for (const loop of this.#loops) loop.start()
  }

  /** Ends what is under way, consumers' handlers too, and leaves the leases to others. */
  async stop(): Promise<void> {
    const loops = this.#loops.splice(0)
    const leases = this.#leases.splice(0)
    await Promise.all(loops.map((loop) => loop.stop()))
    // A lease that can't be given back expires.
    await Promise.all(leases.map((lease) => lease.release().catch(() => undefined)))
    await this.#connection?.close()
    this.#connection = undefined
  }

  #hear(news: FeedNews, onHeard: (lsn: Lsn) => void, floorsAt: (lsn: Lsn) => Floors): boolean {
    if (!news.hasGap && news.batches.length === 0) return false
    onHeard(news.lsn)
    const floors = floorsAt(news.lsn)
    if (news.hasGap) {
      this.#logger?.warn({ database: this.database }, 'changes were missed: every watched table counts as changed')
      this.#tell(manyOfEach(this.watched), { position: news.position, floors })
    }
    for (const { changes, position } of news.batches) this.#tell(this.#decode(changes), { position, floors })
    return true
  }

  #tell(changes: Change[], heard: Parameters<ChangesHandler>[1]): void {
    for (const handler of this.#handlers) {
      try {
        handler(changes, heard)
      } catch (error) {
        // The other handlers heard of the same change, and get it.
        this.#logger?.error({ err: error, database: this.database }, 'handler of changes failed')
      }
    }
  }
}
