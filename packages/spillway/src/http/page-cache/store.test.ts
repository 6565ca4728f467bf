import { expect, test } from 'bun:test'
import { policyOf } from './policy.ts'
import { PageStore } from './store.ts'
import { StoredPage } from './stored-page.ts'
import { varyOnLanguage } from './vary.ts'

const policy = policyOf({ ttl: 60, vary: [varyOnLanguage(['en', 'ko'])] })
const page = (sizeBytes = 100) =>
  new StoredPage(
    { status: 200, headers: new Headers(), body: new Uint8Array(sizeBytes) },
    policy,
    [],
    0,
    {
      freshUntilMs: 0,
      staleUntilMs: 0,
    },
    [],
  )

test('a page that leaves is held by nothing, also when its address has another', () => {
  const store = new PageStore(1e6, () => {})
  store.put('/a', 'en', page())
  store.put('/a', 'ko', page())
  store.put('/b', 'en', page())
  const ko = store.resource('/a')!.latest
  store.remove(ko)
  expect(store.resource('/a')!.latest.variant).toBe('en')
  expect(ko.newer).toBeUndefined()
  expect(ko.older).toBeUndefined()
})

test('its figures add up through puts, replacements, growth, removals and evictions', () => {
  let removed = 0
  const store = new PageStore(400_000, () => removed++)
  let put = 0
  for (let round = 0; round < 5_000; round++) {
    const address = `/${Math.floor(Math.random() * 200)}`
    const variant = Math.random() < 0.5 ? 'en' : 'ko'
    const slot = store.resource(address)?.variants.get(variant)
    if (slot && Math.random() < 0.2) store.remove(slot)
    else if (slot && Math.random() < 0.5) slot.lives = 1
    else {
      store.put(address, variant, page(Math.floor(Math.random() * 20_000)))
      put++
    }
    expect(store.figures.sizeBytes).toBeLessThanOrEqual(400_000)
  }
  expect(store.figures.pages).toBe(put - removed)
  store.clear()
  expect(store.figures).toMatchObject({ pages: 0, sizeBytes: 0 })
})
