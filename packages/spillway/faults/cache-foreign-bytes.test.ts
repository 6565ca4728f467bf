/** Someone else writes under the keys of the cache: whatever it is, nobody gets a wrong value, and the cache goes on. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { Redis } from 'ioredis'
import { hasRedis, type RedisServer, startRedis, until } from '../src/testing/index.ts'
import { Fleet } from './cache-fleet.ts'

const numbers = [
  '-1',
  '5',
  '1e400',
  '-1e400',
  'nan',
  '-nan',
  'inf',
  '0x10',
  '1.5',
  ' 7',
  '9007199254740993',
  '9'.repeat(40),
]
const leases = ['held 1 x', 'held -1 x', `held ${'9'.repeat(30)} x`, 'held nan x', 'held', 'failed elsewhere', 'failed']
const formats = [
  '',
  'x',
  '\0',
  '{"a":1}',
  'a:1:{i:0;i:1;}',
  'O:8:"stdClass":0:{}',
  '(dp0\nS"a"\np1\nI1\ns.',
  '\x80\x04K\x01.',
]
const texts = [
  ...numbers,
  ...numbers.map((text) => `${text} ${text}`),
  '9'.repeat(30),
  `0 ${'9'.repeat(30)}`,
  ...leases,
]

type Poison = (client: Redis, name: string, was: Buffer) => Promise<unknown>

const write =
  (bytes: string | Buffer): Poison =>
  (client, name) =>
    client.set(name, bytes)
const instead =
  (make: (client: Redis, name: string) => Promise<unknown>): Poison =>
  async (client, name) => {
    await client.del(name)
    await make(client, name)
  }

/** By what they are. Bytes that were ours keep what expires of them. */
const poisons: Record<string, Poison> = {
  ...Object.fromEntries([...texts, ...formats].map((text) => [JSON.stringify(text.slice(0, 40)), write(text)])),
  'random bytes': (client, name) => client.set(name, Buffer.from(crypto.getRandomValues(new Uint8Array(200)))),
  'the first half': (client, name, was) => client.set(name, was.subarray(0, was.length / 2)),
  'all but the last byte': (client, name, was) => client.set(name, was.subarray(0, -1)),
  'one byte more': (client, name, was) => client.set(name, Buffer.concat([was, Buffer.of(0)])),
  'twice the same': (client, name, was) => client.set(name, Buffer.concat([was, was])),
  '50 MB': instead((client, name) => client.setrange(name, 50 * 2 ** 20, 'x')),
  'ours and 50 MB': (client, name) => client.setrange(name, 50 * 2 ** 20, 'x'),
  'a list': instead((client, name) => client.rpush(name, '1', '2')),
  'a set': instead((client, name) => client.sadd(name, 'a')),
  'a hash': instead((client, name) => client.hset(name, 'a', '1')),
  'a sorted set': instead((client, name) => client.zadd(name, 1, 'a')),
  'a stream': instead((client, name) => client.xadd(name, '*', 'a', '1')),
  'no key': (client, name) => client.del(name),
}

let redis: RedisServer
let client: Redis
let fleet: Fleet

beforeAll(async () => {
  if (!hasRedis) return
  redis = await startRedis()
  client = new Redis(redis.url)
  // The first keeps nothing by itself, so that it always sees what is in Redis.
  const cache = (index: number) => (index === 0 ? { localBytes: 0 } : {})
  fleet = await Fleet.start({ peers: 2, store: { url: redis.url }, cache })
})
afterAll(async () => {
  await fleet?.[Symbol.asyncDispose]()
  client?.disconnect()
  await redis?.[Symbol.asyncDispose]()
})

/** What each process is given. @throws when one is left to wait. */
async function versions(): Promise<number[]> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('A process waits in vain.')), 10_000)
  const read = await Promise.race([fleet.all('read', 0), late.promise]).finally(() => clearTimeout(timer))
  return read.map(({ version }) => version)
}

/** As a commit and its invalidation, by the process that keeps nothing. */
async function change(): Promise<number> {
  const version = fleet.truth.change(0)
  await fleet.peers[0]!.order('invalidate', 'tag:0')
  return version
}

const loads = async () => (await fleet.all('race')).reduce((sum, race) => sum + race.loads, 0)

/** Resolves when both are given this one. */
async function all(version: number): Promise<void> {
  await until(async () => (await versions()).every((one) => one === version), { what: `version ${version}` })
}

/** Resolves when values are shared: neither of the two loads what is there. */
async function shares(): Promise<void> {
  const sharesNow = async () => {
    await versions()
    const before = await loads()
    await versions()
    return (await loads()) === before
  }
  await until(sharesNow, { what: 'values to be shared again' })
}

interface Attack {
  what: string
  names: readonly string[]
  poison: Poison
  reconnects?: boolean
}

/** @throws an error that says what could not be survived. */
async function survives({ what, names, poison, reconnects = false }: Attack): Promise<void> {
  try {
    const version = await change()
    await all(version)
    for (const name of names) await poison(client, name, (await client.getBuffer(name)) ?? Buffer.from('nothing'))
    if (reconnects) {
      await client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
      await until(() => fleet.all('reaches'), { what: 'Redis to be used again' })
    }
    expect(await versions()).toEqual([version, version])
    const next = await change()
    expect((await versions())[0]).toBe(next)
    await all(next)
    await shares()
  } catch (cause) {
    throw new Error(`Not survived: ${what}.`, { cause })
  }
}

/** Names in Redis of what the drill uses. */
const kinds: Record<string, string> = {
  'a value': '{spillway:drill:1:key:0.0}',
  'a lease': '{spillway:drill:1:key:0.0}lease',
  'a tag': '{spillway:tag:0}tag',
  'the tag of everything': '{spillway:drill:1:*}tag',
  'the sequence': '{spillway:}sequence',
}
/** Those that processes ask for only when they connect. */
const connecting = ['{spillway:}floor', '{spillway:}servers', '{spillway:}sequence']
const ofConnecting = [...numbers.map((text) => JSON.stringify(text)), '"x"', '50 MB', 'a list', 'a hash', 'no key']

describe.skipIf(!hasRedis)('foreign, broken and hostile bytes in place of', () => {
  test('everything that the cache keeps in Redis', async () => {
    await versions()
    const ours = [...Object.values(kinds), ...connecting]
    expect((await client.keys('*')).filter((name) => !ours.includes(name))).toEqual([])
  })

  test.each(Object.keys(kinds))('%s', async (kind) => {
    for (const [what, poison] of Object.entries(poisons)) {
      await survives({ what, names: [kinds[kind]!], poison })
    }
  })

  test('what is asked for with a new connection', async () => {
    for (const what of ofConnecting)
      await survives({ what, names: connecting, poison: poisons[what]!, reconnects: true })
  })

  test('a counter', async () => {
    const name = '{spillway:drill:1:visits}count'
    for (const [what, poison] of Object.entries(poisons)) {
      await fleet.peers[0]!.order('increment', 'visits')
      await poison(client, name, (await client.getBuffer(name))!)
      const before = await fleet.peers[0]!.order('increment', 'visits')
      expect({ what, next: await fleet.peers[1]!.order('increment', 'visits') }).toEqual({ what, next: before + 1 })
      await client.del(name)
    }
  })
})
