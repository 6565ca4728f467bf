/** Nobody misses their own write: many sessions, several processes, a replica that lags at random. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { itemsDatabase } from '../src/database/fixtures/items.ts'
import { migrate } from '../src/database/index.ts'
import { lagging } from '../src/testing/lagging.ts'
import { type TestDatabase, testDatabase } from '../src/testing/test-database.ts'
import { type Round, type RoundResult, rowsPerSession } from './consistency-peer.ts'
import { report } from './drill.ts'

const sessions = 32
const peerCount = 2
/** They take a minute on two cores. */
const patienceMs = 300_000

let server: TestDatabase
let peers: Peer[]
beforeAll(async () => {
  server = await testDatabase()
  await migrate(server.primaryUrl, itemsDatabase().migrations)
  await server.sql`
    insert into items (name, rank) select 'item ' || i, 0 from generate_series(1, ${sessions * rowsPerSession}) i`
  await server.replicaCaughtUp()
  peers = await Promise.all(Array.from({ length: peerCount }, startPeer))
})
afterAll(async () => {
  await Promise.all(peers.map((peer) => peer.stop()))
  await server.stop()
})

test(
  'at a lag of up to two seconds, in 85,000 pairs',
  async () => {
    const stop = lagging(server.cluster.replicas[0]!, { maxMs: 2_000 })
    const { stale, reads, share } = await writeAndRead({ pairs: 85_000 }).finally(stop)
    report('lag 0 to 2,000 ms', { reads, stale, byReplica: percent(share) })
    expect(reads).toBeGreaterThanOrEqual(85_000)
    expect(stale).toBe(0)
  },
  patienceMs,
)

test(
  'at a lag of up to 20 ms, in 15,000 pairs, most of which the replica serves',
  async () => {
    const stop = lagging(server.cluster.replicas[0]!, { maxMs: 20 })
    const { stale, reads, share } = await writeAndRead({ pairs: 15_000 }).finally(stop)
    report('lag 0 to 20 ms', { reads, stale, byReplica: percent(share) })
    expect(reads).toBeGreaterThanOrEqual(15_000)
    expect(stale).toBe(0)
    expect(share).toBeGreaterThan(0.5)
  },
  patienceMs,
)

test('and with tokens that are forgotten the same drill finds stale reads', async () => {
  const stop = lagging(server.cluster.replicas[0]!, { maxMs: 2_000 })
  const { stale, reads } = await writeAndRead({ pairs: 5_000, keepsTokens: false }).finally(stop)
  report('without tokens', { reads, stale })
  expect(stale).toBeGreaterThan(0)
})

async function writeAndRead({ pairs, keepsTokens = true }: { pairs: number; keepsTokens?: boolean }) {
  const urls = peers.map(({ url }) => url)
  const results = await Promise.all(
    peers.map((peer, index) =>
      peer.run({
        firstSession: (index * sessions) / peerCount,
        sessions: sessions / peerCount,
        pairs: pairs / peerCount,
        peers: urls,
        keepsTokens,
      }),
    ),
  )
  const sum = (of: (result: RoundResult) => number) => results.reduce((total, result) => total + of(result), 0)
  const reads = sum((result) => result.reads)
  return { reads, stale: sum(({ stale }) => stale), share: sum(({ byReplica }) => byReplica) / reads }
}

const percent = (share: number) => `${Math.round(share * 100)} %`

interface Peer {
  url: string
  run(round: Round): Promise<RoundResult>
  stop(): Promise<void>
}

async function startPeer(): Promise<Peer> {
  const url = Promise.withResolvers<string>()
  let result = Promise.withResolvers<RoundResult>()
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'consistency-peer.ts')], {
    env: { ...process.env, PRIMARY_URL: server.primaryUrl, REPLICA_URL: server.replicaUrl },
    stdio: ['ignore', 'inherit', 'inherit'],
    ipc: (message: string | RoundResult) =>
      typeof message === 'string' ? url.resolve(message) : result.resolve(message),
  })
  void child.exited.then((code) => {
    const ended = new Error(`A peer ended with ${code}.`)
    url.reject(ended)
    result.reject(ended)
  })
  return {
    url: await url.promise,
    async run(round) {
      result = Promise.withResolvers()
      child.send(round)
      return await result.promise
    },
    async stop() {
      // Nobody waits for a round any more.
      result.promise.catch(() => undefined)
      child.kill()
      await child.exited
    },
  }
}
