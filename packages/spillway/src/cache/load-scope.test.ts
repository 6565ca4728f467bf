import { beforeEach, expect, test } from 'bun:test'
import { createLogger } from '../foundation/index.ts'
import { ChaosTier } from '../testing/chaos-tier.ts'
import { Backend } from './backend.ts'
import { Cache } from './cache.ts'
import { MemoryTier, silentBus } from './memory-tier.ts'
import type { Bus, Notice } from './shared-tier.ts'

const logger = createLogger('test', 'silent')
const options = { ttl: 60, tags: ['t'] }

let tier: ChaosTier
let row: string
beforeEach(() => {
  tier = new ChaosTier(new MemoryTier())
  row = 'old'
})

function open(bus: Bus): Cache {
  const cache = new Cache({ name: 'test', jitter: 0 })
  cache.start(new Backend({ tier, bus, logger }), logger)
  return cache
}

/** Two processes, of which the first hears of the second only when told to. */
function pair(): { a: Cache; b: Cache; deliver(): unknown } {
  const late: Notice[] = []
  let hear: (notice: Notice) => void = () => undefined
  const subscribe: Bus['subscribe'] = (onNotice) => {
    hear = onNotice
  }
  const a = open({ ...silentBus, subscribe })
  const b = open({ ...silentBus, publish: async (notice) => void late.push(notice) })
  return { a, b, deliver: () => late.splice(0).map(hear) }
}

const inner = (cache: Cache) => cache.remember('inner', () => row, options)

for (const [name, read] of [
  ['remember', inner],
  [
    'rememberMany',
    async (cache: Cache) =>
      (await cache.rememberMany(['inner'], async () => new Map([['inner', row]]), { ttl: 60, tags: () => ['t'] })).get(
        'inner',
      ),
  ],
  ['get', (cache: Cache) => cache.get<string>('inner').then((value) => value ?? row)],
] as const) {
  test(`what a load gets by ${name} is no older than the load itself`, async () => {
    const { a, b, deliver } = pair()
    const outer = (cache: Cache) => cache.remember('outer', async () => `page of ${await read(cache)}`, options)
    await inner(a)
    row = 'new'
    await b.invalidate('t')
    expect(await inner(a)).toBe('old')
    expect(await outer(a)).toBe('page of new')
    deliver()
    expect([await inner(a), await outer(a), await outer(b)]).toEqual(['new', 'page of new', 'page of new'])
  })
}

test('a load does not join one that began before the invalidation that it comes after', async () => {
  const { a, b } = pair()
  const gate = Promise.withResolvers<void>()
  const slow = a.remember(
    'inner',
    async () => {
      const read = row
      await gate.promise
      return read
    },
    options,
  )
  await Bun.sleep(0)
  row = 'new'
  await b.invalidate('t')
  const outer = await a.remember('outer', async () => `page of ${await inner(a)}`, options)
  gate.resolve()
  await slow
  expect(outer).toBe('page of new')
})

test('loads that need other loads do not wait for each other while the tier is away', async () => {
  const cache = open(silentBus)
  tier.chaos = { kind: 'failing' }
  const outer = (id: number) =>
    cache.remember(
      `outer ${id}`,
      async () => `page of ${await cache.remember(`inner ${id}`, () => id, options)}`,
      options,
    )
  const pages = await Promise.all(Array.from({ length: 100 }, (_, id) => outer(id)))
  expect(pages[99]).toBe('page of 99')
})
