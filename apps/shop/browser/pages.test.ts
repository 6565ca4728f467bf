import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser } from 'playwright-core'
import { launchBrowser, locales, sizes, visit } from './browser.ts'
import {
  brokenImages,
  faintTexts,
  horizontalOverflow,
  linkTargets,
  markupMistakes,
  unreachableControls,
} from './inspect.ts'
import { type Shop, startShop } from './shop.ts'

let shop: Shop
let browser: Browser

beforeAll(async () => {
  shop = await startShop()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await shop?.stop()
})

/** The pages of the store, by what they show; the addresses of categories and products are taken from its API. */
const pages: Record<string, () => Promise<string> | string> = {
  home: () => '/',
  list: () => '/products',
  'filtered list': () => '/products?sort=price&minPrice=20&maxPrice=60',
  'empty list': () => '/products?minPrice=99999998',
  department: async () => `/categories/${(await firstDepartment()).slug}`,
  category: async () => `/categories/${(await firstDepartment()).children[0]?.slug}`,
  product: async () => `/products/${(await productWithPictures()).id}`,
  'missing page': () => '/nothing-here',
  'broken address': () => '/products?sort=sideways',
}

async function api<T>(path: string): Promise<T> {
  const response = await fetch(shop.url + path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return (await response.json()) as T
}

async function firstDepartment() {
  interface Category {
    slug: string
    children: Category[]
  }
  const { items } = await api<{ items: [Category, ...Category[]] }>('/api/categories')
  return items[0]
}

async function productWithPictures() {
  const { items } = await api<{ items: { id: number; image_urls: string[]; review_count: number }[] }>(
    '/api/products?sort=popular&limit=100',
  )
  const found = items.find((item) => item.image_urls.length > 1 && item.review_count > 0)
  return found ?? items[0]!
}

const variants = (['phone', 'desktop'] as const).flatMap((size) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    (['en', 'ko'] as const).map((language) => [size, scheme, language] as const),
  ),
)

for (const [name, addressOf] of Object.entries(pages)) {
  describe(name, () => {
    test.each(variants)('is in order on a %s, %s, in %s', async (size, scheme, language) => {
      const options = { viewport: sizes[size], colorScheme: scheme, locale: locales[language] }
      await visit(browser, shop.url + (await addressOf()), options, async ({ page, complaints }) => {
        expect(await page.getAttribute('html', 'lang')).toBe(language)
        expect(await horizontalOverflow(page)).toBe(0)
        expect(await markupMistakes(page)).toEqual([])
        expect(await faintTexts(page)).toEqual([])
        expect(await brokenImages(page)).toEqual([])
        expect(complaints).toEqual([])
      })
    })

    test.each(['phone', 'desktop'] as const)('can be used with the keyboard on a %s', async (size) => {
      await visit(browser, shop.url + (await addressOf()), { viewport: sizes[size] }, async ({ page }) => {
        expect(await unreachableControls(page)).toEqual([])
      })
    })
  })
}

test('no link leads nowhere', async () => {
  const links = new Set<string>()
  for (const addressOf of Object.values(pages)) {
    await visit(browser, shop.url + (await addressOf()), {}, async ({ page }) => {
      for (const link of await linkTargets(page)) links.add(link)
    })
  }
  // The language links of the two failing pages lead to the same failure in the other language.
  const expected = [...links].filter((link) => !link.includes('nothing-here') && !link.includes('sideways'))
  const dead: string[] = []
  for (const link of expected) {
    const { status } = await fetch(link, { redirect: 'manual' })
    if (status !== 200) dead.push(`${status} ${link}`)
  }
  expect(dead).toEqual([])
})
