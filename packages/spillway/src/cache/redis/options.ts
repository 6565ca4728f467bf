/** Which Redis, and how patiently it is spoken to. @module */
import { type RedisOptions as AllDriverOptions, Cluster, Redis } from 'ioredis'
import { CacheUsageError } from '../errors.ts'
import { endable } from './endable.ts'
import { type RedisScript, redisScripts } from './scripts.ts'

// Each overload of the driver's constructors types this one in its own way; replies stay as they are by default.
type DriverOptions = Omit<AllDriverOptions, 'replyMapping'>

/** One server, the nodes of a Cluster (some will do), or Sentinels that know the master. */
export type RedisAddress =
  /** `redis://:password@host:6379/0`; `rediss://` for TLS. */
  | { url: string }
  /** As above; user, password and TLS are the first one's. */
  | { nodes: readonly string[] }
  /** The URLs are the Sentinels'; user, password and TLS of the servers behind them have options of their own. */
  | { sentinels: readonly string[]; name: string; username?: string; password?: string; tls?: boolean }

export type RedisOptions = RedisAddress & {
  /** Before everything that is kept there. Letters, digits and `:._-` only. @default 'spillway:' */
  prefix?: string
  /** A server that is silent for so long while it owes an answer is away. @default 1000 */
  timeoutMs?: number
}

export const defaultPrefix = 'spillway:'
export const defaultTimeoutMs = 1_000

type Scripts = Record<`${RedisScript}Buffer`, (keys: number, ...args: ScriptArgument[]) => Promise<unknown>>
export type ScriptArgument = string | Buffer | number

/** The scripts as methods. Replies are bytes, numbers, or lists of them. */
export function scriptsOf(client: Redis | Cluster): Scripts {
  for (const [name, lua] of Object.entries(redisScripts)) client.defineCommand(name, { lua })
  // `defineCommand` has added a method for each script, which the client's type can't tell.
  return client as unknown as Scripts
}

/** A client that fails at once while the server is away, and comes back by itself. It starts to connect right now. */
export function openRedis(options: RedisOptions, changes: DriverOptions = {}): Redis | Cluster {
  const { timeoutMs = defaultTimeoutMs } = options
  const patience: DriverOptions = {
    // One timer for all commands in flight, where `commandTimeout` would cost one for each.
    socketTimeout: timeoutMs,
    connectTimeout: timeoutMs,
    retryStrategy: backoff,
    // A command belongs to the connection that it was sent on: on the next one, another server may answer.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    maxLoadingRetryTime: 500,
    enableAutoPipelining: true,
    // A master that was demoted answers so: its successor is found by connecting again.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    ...changes,
  }
  if ('nodes' in options) return openCluster(options.nodes, patience)
  // Reads from a single server come together already.
  patience.autoPipeliningIgnoredCommands = ['mget']
  if ('url' in options) return endable(new Redis(options.url, patience))
  const { sentinels, name, username, password, tls } = options
  if (sentinels.length === 0) throw nothingToConnectTo('sentinels')
  const first = new URL(sentinels[0]!)
  return endable(
    new Redis({
      ...patience,
      sentinels: sentinels.map(hostOf),
      name,
      sentinelRetryStrategy: backoff,
      sentinelCommandTimeout: timeoutMs,
      failoverDetector: true,
      ...(first.password && { sentinelPassword: decodeURIComponent(first.password) }),
      ...(first.protocol === 'rediss:' && { sentinelTLS: {} }),
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(tls && { tls: {}, enableTLSForSentinelMode: true }),
    }),
  )
}

function openCluster(nodes: readonly string[], patience: DriverOptions): Cluster {
  if (nodes.length === 0) throw nothingToConnectTo('nodes')
  const first = new URL(nodes[0]!)
  const { enableOfflineQueue, retryStrategy, enableAutoPipelining, ...redisOptions } = patience
  return new Cluster(nodes.map(hostOf), {
    redisOptions: {
      ...redisOptions,
      ...(first.username && { username: decodeURIComponent(first.username) }),
      ...(first.password && { password: decodeURIComponent(first.password) }),
      ...(first.protocol === 'rediss:' && { tls: {} }),
    },
    enableAutoPipelining: enableAutoPipelining ?? true,
    // The driver would take the number of their keys for the first key, and so the wrong node.
    autoPipeliningIgnoredCommands: Object.keys(redisScripts),
    enableOfflineQueue: false,
    clusterRetryStrategy: backoff,
    // Replicas lag behind: a tag's version from one of them could be an old one.
    scaleReads: 'master',
    maxRedirections: 5,
    retryDelayOnFailover: 50,
    retryDelayOnClusterDown: 50,
    slotsRefreshInterval: 2_000,
    // With TLS, certificates are made out for names.
    ...(first.protocol === 'rediss:' && { dnsLookup: (host, done) => done(null, host) }),
  })
}

/** 50 ms, then twice as long each time up to 2 s, and half of it by chance: not all processes come at once. */
function backoff(attempt: number): number {
  const ms = Math.min(2_000, 25 * 2 ** Math.min(attempt, 10))
  return ms * (0.5 + Math.random() / 2)
}

function hostOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) }
}

function nothingToConnectTo(option: string): CacheUsageError {
  return new CacheUsageError(`The list "${option}" of the Redis options is empty.`, 'Give at least one redis:// URL.')
}
