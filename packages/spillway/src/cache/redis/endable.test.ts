import { describe, expect, test } from 'bun:test'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { hasRedis, startRedis } from '../../testing/redis.ts'
import { until } from '../../testing/until.ts'
import { endable } from './endable.ts'

const patient = { maxRetriesPerRequest: null as unknown as number, autoResendUnfulfilledCommands: true }

describe.skipIf(!hasRedis)('a client that is ended between two attempts to connect', () => {
  test.each(['itself', 'a duplicate'])('ends, and so does what it was to send once more: %s', async (which) => {
    await using redis = await startRedis()
    // The second attempt is never made: the client stays between the two.
    const retryStrategy = (attempt: number) => (attempt === 1 ? 1 : 60_000)
    const original = endable(new Redis(redis.url, { ...patient, retryStrategy }))
    const client = which === 'itself' ? original : original.duplicate()
    const delays: number[] = []
    client.on('error', () => undefined).on('reconnecting', (ms: number) => void delays.push(ms))
    original.on('error', () => undefined)
    await once(client, 'ready')
    const blocked = client.blpop('never', 0).catch((error: Error) => error.message)
    await redis.kill()
    await until(() => delays.includes(60_000))
    const queued = client.get('later').catch((error: Error) => error.message)
    const ended = once(client, 'end')
    client.disconnect()
    await ended
    expect(await Promise.all([blocked, queued])).toEqual(['Connection is closed.', 'Connection is closed.'])
    expect(client.status).toBe('end')
    original.disconnect()
  })

  test('can be connected again', async () => {
    await using redis = await startRedis()
    const client = endable(new Redis(redis.url, { ...patient, retryStrategy: () => 60_000 }))
    client.on('error', () => undefined)
    await once(client, 'ready')
    await redis.kill()
    await until(() => client.status === 'reconnecting')
    client.disconnect()
    await until(() => client.status === 'end')
    await redis.start()
    await client.connect()
    expect(await client.ping()).toBe('PONG')
    client.disconnect()
  })
})
