/** Tasks on Redis: one server, a Cluster, or a master found by Sentinels. @module */
import { once } from 'node:events'
import { type ConnectionOptions, type Processor, Queue, Worker } from 'bullmq'
import { Cluster, type Redis } from 'ioredis'
import { openRedis, type RedisOptions } from '../../cache/index.ts'
import type { BeatStore } from '../monitor/beat.ts'
import { RedisBeats } from '../monitor/redis-beats.ts'
import { RedisLedger } from '../schedule/redis-ledger.ts'
import { RedisWorkflows, withWorkflowScripts } from '../workflow/redis-store.ts'
import type { TaskBackend, TaskWorkerOptions } from './backend.ts'

/** Longer than a worker waits for a task on its blocking connection, so that only a dead connection is silent. */
const workerSilenceMs = 30_000
const connectMs = 2_000

/** Who enqueues is told at once that Redis is away; a worker waits for it. */
export class RedisTasks implements TaskBackend {
  readonly kind = 'redis'
  readonly parts = { size: 100, underWay: 8 }
  readonly place: string
  readonly workflows: RedisWorkflows
  readonly #options: RedisOptions
  readonly #prefix: string
  #enqueuing: Redis | Cluster | undefined
  #working: Redis | Cluster | undefined

  constructor(options: RedisOptions, place: string) {
    this.#options = options
    this.place = place
    // In braces: all keys of a queue must be in one slot of a Cluster.
    this.#prefix = `{${options.prefix ?? 'spillway:'}tasks}`
    this.workflows = new RedisWorkflows(() => this.#openStoring(), this.#prefix)
  }

  queue(name: string): Queue {
    return new Queue(name, { connection: connectionOf(this.#openEnqueuing()), prefix: this.#prefix })
  }

  worker(name: string, processor: Processor, options: TaskWorkerOptions): Worker {
    this.#working ??= listening(
      openRedis(this.#options, {
        enableOfflineQueue: true,
        // The engine counts on its commands being sent again when the connection is back.
        autoResendUnfulfilledCommands: true,
        enableAutoPipelining: false,
        // biome-ignore lint/suspicious/noExplicitAny: null is "without end", which the driver's type has lost here.
        maxRetriesPerRequest: null as any,
        socketTimeout: workerSilenceMs,
      }),
    )
    return new Worker(name, processor, { ...options, connection: connectionOf(this.#working), prefix: this.#prefix })
  }

  beats(app: string): BeatStore {
    return new RedisBeats(this.#openEnqueuing(), this.#prefix, app)
  }

  ledger(app: string): RedisLedger {
    return new RedisLedger({ app, prefix: this.#prefix, connect: (key) => this.#connectTo(key) })
  }

  async close(): Promise<void> {
    this.#enqueuing?.disconnect()
    this.#working?.disconnect()
  }

  #openEnqueuing(): Redis | Cluster {
    // Scripts gain nothing from being bundled: without it they are sent twice as fast.
    this.#enqueuing ??= withWorkflowScripts(
      listening(
        openRedis(
          { timeoutMs: connectMs, ...this.#options },
          { enableOfflineQueue: true, enableAutoPipelining: false },
        ),
      ),
    )
    return this.#enqueuing
  }

  async #openStoring(): Promise<Redis | Cluster> {
    const client = this.#openEnqueuing()
    await ready(client)
    return client
  }

  /** A connection to the one server that has the key, which isn't restored when it breaks. */
  async #connectTo(key: string): Promise<Redis> {
    const address = { timeoutMs: connectMs, ...(await this.#ownerOf(key)) }
    const unrestored = { retryStrategy: () => null, enableOfflineQueue: true, enableAutoPipelining: false }
    // With one URL, or Sentinels, it is no Cluster.
    return listening(openRedis(address, unrestored) as Redis)
  }

  async #ownerOf(key: string): Promise<RedisOptions> {
    const cluster = this.#openEnqueuing()
    if (!('nodes' in this.#options) || !(cluster instanceof Cluster)) return this.#options
    await ready(cluster)
    const slot = await cluster.cluster('KEYSLOT', key)
    const address = cluster.slots[slot]?.[0]
    if (!address) throw new Error(`no server of the Cluster has the slot ${slot}`)
    const url = new URL(this.#options.nodes[0]!)
    url.host = address
    return { url: url.href }
  }
}

/** A Cluster takes no command before. */
async function ready(client: Redis | Cluster): Promise<void> {
  if (client.status !== 'ready') await once(client, 'ready', { signal: AbortSignal.timeout(connectMs) })
}

/** Without a listener, ioredis prints each error; queues and workers report them. */
function listening<Client extends Redis | Cluster>(client: Client): Client {
  client.on('error', () => undefined)
  return client
}

/** Both have types of their own for the same clients. */
const connectionOf = (client: Redis | Cluster) => client as unknown as ConnectionOptions
