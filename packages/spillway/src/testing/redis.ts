/**
 * Real Redis for tests: alone, as a Cluster, behind a Sentinel. Nothing of it outlives the test process.
 *
 * @module
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RedisServer, redisPort } from './redis-server.ts'
import { until } from './until.ts'

export { hasRedis, type RedisServer } from './redis-server.ts'

/**
 * @param args of redis-server, such as `['--appendonly', 'yes']`; without any it keeps nothing on disk by itself.
 * @example
 * await using redis = await startRedis()
 * const tier = new RedisTier({ url: redis.url })
 */
export function startRedis(args: readonly string[] = []): Promise<RedisServer> {
  return new RedisServer(['--save', '', ...args]).start()
}

export interface TestCluster extends AsyncDisposable {
  /** Each has a third of the slots. */
  readonly masters: readonly RedisServer[]
  /** One for each master, in their order, if asked for. */
  readonly replicas: readonly RedisServer[]
  readonly urls: readonly string[]
}

interface ClusterOptions {
  replicas?: 'none' | 'one each'
}

/** Three masters of a Redis Cluster. */
export async function startRedisCluster({ replicas: wanted = 'none' }: ClusterOptions = {}): Promise<TestCluster> {
  const masters = await startNodes()
  const replicas = wanted === 'none' ? [] : await startNodes()
  const nodes = [...masters, ...replicas]
  const ranges = [0, 5_461, 10_923, 16_384]
  for (const [index, node] of masters.entries()) {
    await node.command('CLUSTER', 'ADDSLOTSRANGE', ranges[index]!, ranges[index + 1]! - 1)
    await node.command('CLUSTER', 'SET-CONFIG-EPOCH', index + 1)
  }
  for (const { port, busPort } of nodes) {
    await masters[0]!.command('CLUSTER', 'MEET', '127.0.0.1', port, busPort)
  }
  const agree = async () => {
    const infos = await Promise.all(nodes.map((node) => node.command('CLUSTER', 'INFO')))
    return infos.every((info) => /cluster_state:ok/.test(String(info)) && knows(String(info), nodes.length))
  }
  await until(agree, { what: 'the nodes of the Cluster to agree', timeoutMs: 20_000 })
  for (const [index, replica] of replicas.entries()) {
    await replica.command('CLUSTER', 'REPLICATE', String(await masters[index]!.command('CLUSTER', 'MYID')))
    const follows = async () => /master_link_status:up/.test(String(await replica.command('INFO', 'replication')))
    await until(follows, { what: 'a replica to follow' })
  }
  return {
    ...{ masters, replicas, urls: nodes.map(({ url }) => url) },
    async [Symbol.asyncDispose]() {
      for (const node of nodes) await node[Symbol.asyncDispose]()
    },
  }
}

export interface TestSentinel extends AsyncDisposable {
  readonly master: RedisServer
  readonly replica: RedisServer
  readonly sentinel: RedisServer
  /** URLs of the Sentinels. */
  readonly sentinels: readonly string[]
  /** The name by which they know the master. */
  readonly name: string
}

/** A master, its replica, and one Sentinel that makes the replica the master half a second after the other is gone. */
export async function startSentinel(): Promise<TestSentinel> {
  const master = await startRedis()
  const replica = await startRedis(['--replicaof', `127.0.0.1 ${master.port}`, '--repl-diskless-sync-delay', '0'])
  const name = 'main'
  const folder = mkdtempSync(join(tmpdir(), 'spillway-sentinel-'))
  const file = join(folder, 'sentinel.conf')
  // Sentinels write down in their file what they find out.
  writeFileSync(
    file,
    `sentinel monitor ${name} 127.0.0.1 ${master.port} 1
sentinel down-after-milliseconds ${name} 500
sentinel failover-timeout ${name} 2000
`,
  )
  const sentinel = await new RedisServer([file, '--sentinel']).start()
  const knowsReplica = async () => ((await sentinel.command('SENTINEL', 'REPLICAS', name)) as unknown[]).length > 0
  await until(knowsReplica, { what: 'the Sentinel to know the replica', timeoutMs: 20_000 })
  return {
    ...{ master, replica, sentinel, sentinels: [sentinel.url], name },
    async [Symbol.asyncDispose]() {
      for (const server of [sentinel, replica, master]) await server[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface ClusterNode extends RedisServer {
  busPort: number
}

function startNodes(): Promise<ClusterNode[]> {
  return Promise.all(
    Array.from({ length: 3 }, async () => {
      const busPort = redisPort()
      const cluster = ['--cluster-enabled', 'yes', '--cluster-port', String(busPort), '--cluster-node-timeout', '2000']
      return Object.assign(await startRedis(cluster), { busPort })
    }),
  )
}

function knows(info: string, count: number): boolean {
  return info.includes(`cluster_known_nodes:${count}\r\n`)
}
