/**
 * The ledger of schedules in Redis: a key for each app, and tasks added in the transaction that writes it. What a
 * connection watches is forgotten with it, so one that broke is never restored: the next page is read on another one.
 *
 * @module
 */
import { Job, Queue, QueueKeys } from 'bullmq'
import type { Redis } from 'ioredis'
import type { LedgerMove, LedgerPage, ScheduleEntries, ScheduleLedger } from './ledger.ts'

interface RedisLedgerOptions {
  app: string
  /** Of the engine's keys; these share its slot in a Cluster. */
  prefix: string
  /** Opens a connection of its own to the server that has the key. It ends when it breaks. */
  connect: (key: string) => Promise<Redis>
}

type Decide = (page: LedgerPage) => Promise<LedgerMove | undefined>

interface Opened {
  redis: Redis
  /** Of the engine, on that connection: it knows the scripts that add tasks. */
  engine: Queue
}

/** How long one reading or writing may take. */
const patienceMs = 5_000

export class RedisLedger implements ScheduleLedger {
  readonly #options: RedisLedgerOptions
  readonly #key: string
  #opened: Promise<Opened> | undefined

  constructor(options: RedisLedgerOptions) {
    this.#options = options
    this.#key = `${options.prefix}:schedules:${options.app}`
  }

  async read(): Promise<LedgerPage> {
    return await this.#on(({ redis }) => this.#page(redis))
  }

  async move(decide: Decide): Promise<void> {
    await this.#on(async (opened) => {
      while (!(await this.#tryMove(opened, decide)));
    })
  }

  async close(): Promise<void> {
    const opened = this.#opened
    this.#opened = undefined
    await opened?.then(disconnect, () => undefined)
  }

  /** @returns false when somebody else has written in between. */
  async #tryMove({ redis, engine }: Opened, decide: Decide): Promise<boolean> {
    await redis.watch(this.#key)
    const move = await decide(await this.#page(redis))
    if (!move) return (await redis.unwatch()) === 'OK'
    const { backend } = engine
    const transaction = (await backend.client).multi()
    transaction.hset(this.#key, { entries: JSON.stringify(move.entries) })
    const keys = new QueueKeys(this.#options.prefix)
    const add = async (to: Parameters<typeof backend.addJobToTransaction>[0]) => {
      for (const { queue, name, data, options } of move.jobs) {
        const job = new Job(engine, name, data, options, options.jobId)
        await backend.addJobToTransaction(to, job.asJSON(), options.jobId, {}, keys.getKeys(queue))
      }
    }
    await add(transaction)
    const replies = await transaction.exec()
    // A server that lost the scripts has written the page alone. Tasks that were added are not added again.
    if (replies?.some(([error]) => error)) await add(await backend.client)
    return replies !== null
  }

  async #page(redis: Redis): Promise<LedgerPage> {
    const [text, [seconds, micros]] = await Promise.all([redis.hget(this.#key, 'entries'), redis.time()])
    const entries = (text ? JSON.parse(text) : {}) as ScheduleEntries
    return { entries, nowMs: Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000) }
  }

  /** One at a time: a connection watches for whoever asks. */
  async #on<Answer>(work: (opened: Opened) => Promise<Answer>): Promise<Answer> {
    this.#opened ??= this.#open()
    const opening = this.#opened
    const late = setTimeout(() => void opening.then(disconnect, () => undefined), patienceMs)
    try {
      return await work(await opening)
    } catch (error) {
      if (this.#opened === opening) this.#opened = undefined
      await opening.then(disconnect, () => undefined)
      throw error
    } finally {
      clearTimeout(late)
    }
  }

  async #open(): Promise<Opened> {
    const redis = await this.#options.connect(this.#key)
    const engine = this.#engineOn(redis)
    await engine.waitUntilReady()
    return { redis, engine }
  }

  #engineOn(redis: Redis): Queue {
    const connection = redis as unknown as ConstructorParameters<typeof Queue>[1]['connection']
    const engine = new Queue('schedules', { connection, prefix: this.#options.prefix, skipMetasUpdate: true })
    engine.on('error', () => undefined)
    return engine
  }
}

function disconnect({ redis }: Opened): void {
  redis.disconnect()
}
