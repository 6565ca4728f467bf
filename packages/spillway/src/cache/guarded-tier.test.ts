import { afterEach, expect, test } from 'bun:test'
import { createLogger } from '../foundation/index.ts'
import { ChaosTier } from '../testing/chaos-tier.ts'
import { until } from '../testing/until.ts'
import { GuardedTier } from './guarded-tier.ts'
import { MemoryTier } from './memory-tier.ts'
import type { Invalidation } from './shared-tier.ts'

const opened: GuardedTier[] = []
afterEach(async () => {
  for (const tier of opened.splice(0)) await tier.close()
})

function newTiers() {
  const memory = new MemoryTier()
  const chaotic = new ChaosTier(memory)
  const guarded = new GuardedTier({ tier: chaotic, logger: createLogger('test', 'silent') })
  opened.push(guarded)
  return { memory, chaotic, guarded }
}

const floorsOf = async (tier: MemoryTier) => {
  const answer = await tier.lease({ key: crypto.randomUUID(), token: 'a', forMs: 1_000, voidBefore: 0 })
  return answer.kind === 'granted' ? answer.floors : undefined
}
const versionOf = async (tier: MemoryTier, tag: string) => (await tier.read([], [tag])).versions[0]
const [low, high] = ['0000000000000001', '0000000000000002']
const back = (tier: GuardedTier) => until(() => tier.sequence(), { what: 'the tier to be trusted' })

test('an invalidation says whether it is done', async () => {
  const { chaotic, guarded } = newTiers()
  expect(await guarded.invalidate(['t'], 'hard')).toBe('done')
  chaotic.chaos = { kind: 'failing' }
  expect(await guarded.invalidate(['t'], 'hard')).toBe('owed')
})

test('what is owed takes its floors along, the highest of them', async () => {
  const { memory, chaotic, guarded } = newTiers()
  chaotic.chaos = { kind: 'failing' }
  await guarded.invalidate(['a'], 'hard', { default: high, other: low })
  await guarded.invalidate(['b'], 'soft', { default: low })
  await guarded.delete(['key'])
  chaotic.chaos = { kind: 'none' }
  await back(guarded)
  expect(await floorsOf(memory)).toEqual({ default: high, other: low })
  for (const tag of ['a', 'b']) expect(await versionOf(memory, tag)).toBeDefined()
})

test('more than can be kept is everything, and still has its floors', async () => {
  const { memory, chaotic, guarded } = newTiers()
  guarded.everything.add('everything')
  chaotic.chaos = { kind: 'failing' }
  await guarded.invalidate(
    Array.from({ length: 10_001 }, (_, index) => String(index)),
    'soft',
    { default: high },
  )
  chaotic.chaos = { kind: 'none' }
  await back(guarded)
  expect(await floorsOf(memory)).toEqual({ default: high })
  expect(await versionOf(memory, '1')).toBeUndefined()
  expect(await versionOf(memory, 'everything')).toBeDefined()
})

test('what is invalidated again while it is being done is done again', async () => {
  const { memory, chaotic, guarded } = newTiers()
  chaotic.chaos = { kind: 'failing' }
  await guarded.invalidate(['t'], 'hard')
  const first = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<void>()
  // Done, but its answer has not come yet.
  chaotic.invalidate = async (tags, kind, floors): Promise<Invalidation> => {
    const done = await memory.invalidate(tags, kind, floors)
    first.resolve()
    await answer.promise
    return done
  }
  chaotic.chaos = { kind: 'none' }
  await first.promise
  const sequence = await memory.sequence()
  expect(await guarded.invalidate(['t'], 'hard')).toBe('owed')
  answer.resolve()
  await back(guarded)
  expect((await versionOf(memory, 't'))!.hard).toBeGreaterThan(sequence)
})

test('what is owed while the tier is asked whether it is back is done before it is trusted', async () => {
  const { memory, chaotic, guarded } = newTiers()
  await memory.write('carrier', new Uint8Array(1), 60_000, ['t'])
  const before = await versionOf(memory, 't')
  chaotic.chaos = { kind: 'failing' }
  await guarded.invalidate(['other'], 'hard')
  const asked = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const sequence = chaotic.sequence.bind(chaotic)
  chaotic.sequence = async () => {
    asked.resolve()
    await gate.promise
    return await sequence()
  }
  chaotic.chaos = { kind: 'none' }
  await asked.promise
  expect(await guarded.invalidate(['t'], 'hard')).toBe('owed')
  gate.resolve()
  await until(() => guarded.read([], ['t']), { what: 'the tier to be trusted' })
  expect((await versionOf(memory, 't'))!.hard).toBeGreaterThan(before!.hard)
})
