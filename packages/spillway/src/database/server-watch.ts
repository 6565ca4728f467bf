/**
 * Who is there? Watches the servers of one database, finds the primary among several hosts, and says who may answer reads.
 *
 * @module
 */
import { hostUrls, type Logger, messageOf, placeOf } from '../foundation/index.ts'
import type { Lsn } from './lsn.ts'
import { NodeMonitor } from './monitor.ts'
import { DatabaseNode, type PoolSettings } from './node.ts'
import { PrimarySearch } from './primary-search.ts'

export interface ServerWatchOptions {
  /** Of one host, or of several of which one is the primary. */
  primaryUrl: string
  replicaUrls: string[]
  applicationName: string
  settings: PoolSettings
  logger: Logger
}

/** Replicas are compared with the primary's position; a primary alone is only asked whether it is there. */
const [intervalMs, aloneIntervalMs] = [100, 1_000]

export class ServerWatch {
  readonly primary: DatabaseNode
  readonly replicas: DatabaseNode[]
  /** The first look for the primary among several hosts, while it lasts. */
  locating: Promise<void> | undefined
  readonly #options: ServerWatchOptions
  readonly #monitors: Map<DatabaseNode, NodeMonitor>
  readonly #search: PrimarySearch | undefined
  #replicasServe = true

  constructor(options: ServerWatchOptions) {
    const { primaryUrl, replicaUrls, applicationName, settings } = options
    this.#options = options
    const hosts = hostUrls(primaryUrl)
    this.primary = new DatabaseNode('primary', 'primary', hosts[0]!, applicationName, settings)
    this.replicas = replicaUrls.map(
      (url, index) => new DatabaseNode('replica', `replica-${index + 1}`, hostUrls(url)[0]!, applicationName, settings),
    )
    this.#monitors = new Map([this.primary, ...this.replicas].map((node) => [node, this.#monitorOf(node)]))
    this.#search = hosts.length > 1 ? this.#searchAmong(hosts) : undefined
    void this.#start()
  }

  /** Those that reads go to now: the replicas that may answer, else the primary. */
  get readers(): DatabaseNode[] {
    const replicas = this.replicas.filter((node) => this.mayAnswer(node))
    return replicas.length > 0 ? replicas : [this.primary]
  }

  /** A replica that is far behind is still better than none while the primary is away. */
  mayAnswer({ healthy, isLagging }: DatabaseNode): boolean {
    return healthy && !(isLagging && this.primary.healthy)
  }

  /** The primary's position in its log at some time after this call. */
  position(): Promise<Lsn> {
    return this.#monitors.get(this.primary)!.position()
  }

  /** Asks a server now. */
  async refresh(node: DatabaseNode): Promise<void> {
    await this.#monitors.get(node)?.refresh()
  }

  /** No statements for it until it has shown anew that it is well. */
  takeOut(node: DatabaseNode, reason: unknown): void {
    this.#monitors.get(node)?.doubt()
    if (!node.takeOut()) return
    this.#options.logger.warn({ server: node.name, error: messageOf(reason) }, `${node.role} is away`)
    this.#changed()
  }

  async close(): Promise<void> {
    await this.#search?.close()
    await Promise.all([...this.#monitors.values()].map((monitor) => monitor.close()))
    await Promise.all([...this.#monitors.keys()].map((node) => node.close()))
  }

  async #start(): Promise<void> {
    for (const replica of this.replicas) this.#monitors.get(replica)?.start()
    await this.locating
    this.#monitors.get(this.primary)?.start()
  }

  #monitorOf(node: DatabaseNode): NodeMonitor {
    const { applicationName, logger } = this.#options
    return new NodeMonitor({
      ...{ node, applicationName, logger },
      primary: this.primary,
      intervalMs: this.replicas.length > 0 ? intervalMs : aloneIntervalMs,
      onUnfit: (reason) => this.takeOut(node, reason),
      onChange: () => this.#changed(),
    })
  }

  #searchAmong(urls: string[]): PrimarySearch {
    const { applicationName, settings, logger } = this.#options
    const search = new PrimarySearch({
      urls,
      applicationName: `${applicationName} search`,
      prepare: !settings.DATABASE_PGBOUNCER,
      logger,
      isMissing: () => !this.primary.healthy,
      onFound: (url) => this.#primaryFound(url),
    })
    this.locating = search.first.finally(() => {
      this.locating = undefined
    })
    return search
  }

  #primaryFound(url: string): void {
    const { primary } = this
    // Its own monitor takes back the one that was away for a while.
    if (url === primary.url) return
    primary.moveTo(url)
    void this.#monitors.get(primary)?.follow()
    primary.takeBack()
    this.#options.logger.info({ server: placeOf(url) }, 'the primary is another server now')
    this.#changed()
  }

  #changed(): void {
    if (!this.primary.healthy) this.#search?.look()
    this.#tellReaders()
  }

  /** Reads on the primary may be more than it can take, so this is an error, once. */
  #tellReaders(): void {
    if (this.replicas.length === 0) return
    const replicasServe = this.replicas.some((node) => this.mayAnswer(node))
    if (replicasServe === this.#replicasServe) return
    this.#replicasServe = replicasServe
    const { logger } = this.#options
    if (replicasServe) logger.info('replicas serve reads again')
    else logger.error('no replica can serve reads: all of them go to the primary')
  }
}
