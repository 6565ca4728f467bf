/** What visitors do, without JavaScript. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, sizes, visit } from './browser.ts'
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

const onPhone = { viewport: sizes.phone, javaScriptEnabled: false }

async function browse(path: string, walk: (page: Page) => Promise<void>) {
  await visit(browser, shop.url + path, onPhone, ({ page }) => walk(page))
}

/** Clicks what leads to another page, and waits until all of that has arrived. */
async function follow(page: Page, selector: string) {
  await Promise.all([page.waitForEvent('load'), page.click(selector)])
}

const pricesOn = async (page: Page) => {
  const amounts = await page.locator('.card data').all()
  return Promise.all(amounts.map(async (amount) => Number(await amount.getAttribute('value'))))
}
const namesOn = (page: Page) => page.locator('.card-name').allTextContents()

test('a list is filtered and sorted by its form', async () => {
  await browse('/products', async (page) => {
    await page.fill('[name=minPrice]', '20')
    await page.fill('[name=maxPrice]', '40.50')
    await page.selectOption('[name=sort]', 'price')
    await follow(page, '.filters button')
    const prices = await pricesOn(page)
    expect(prices.length).toBeGreaterThan(0)
    expect(prices).toEqual(prices.toSorted((a, b) => a - b))
    expect(prices.every((price) => price >= 20 && price <= 40.5)).toBe(true)
    expect(await page.inputValue('[name=sort]')).toBe('price')

    await follow(page, '.clear')
    expect(await page.inputValue('[name=minPrice]')).toBe('')
    expect(await page.inputValue('[name=sort]')).toBe('price')
  })
})

test('one can page forward and back', async () => {
  await browse('/products', async (page) => {
    const first = await namesOn(page)
    await follow(page, '[rel=next]')
    const second = await namesOn(page)
    expect(second).toHaveLength(20)
    expect(second).not.toEqual(first)
    await follow(page, '[rel=next]')
    await follow(page, '[rel=prev]')
    expect(await namesOn(page)).toEqual(second)
    await follow(page, '[rel=prev]')
    expect(await namesOn(page)).toEqual(first)
    expect(await page.locator('[rel=prev]').count()).toBe(0)
  })
})

test('the language that was chosen stays, also through the form', async () => {
  await browse('/', async (page) => {
    await follow(page, '.languages [lang=ko]')
    await page.click('[popovertarget=departments]')
    await follow(page, '.menu li:first-child a')
    await follow(page, '.filters button')
    await follow(page, '.card-name a')
    expect(await page.getAttribute('html', 'lang')).toBe('ko')
  })
})

test('a picture is brought into view by its small one', async () => {
  const response = await fetch(`${shop.url}/api/products?sort=popular&limit=100`)
  const { items } = (await response.json()) as { items: { id: number; image_urls: string[] }[] }
  const product = items.find((item) => item.image_urls.length > 1)
  await browse(`/products/${product?.id}`, async (page) => {
    const second = page.locator('#picture-2 img')
    const left = async () => Math.round((await second.boundingBox())?.x ?? Number.NaN)
    const start = await page.locator('#picture-1 img').boundingBox()
    expect(await left()).toBeGreaterThanOrEqual(sizes.phone.width - 20)
    await page.click('.gallery-links li:nth-child(2) a')
    while ((await left()) !== Math.round(start?.x ?? 0)) await page.waitForTimeout(20)
  })
})

test('one can read on to older reviews, and back to the newest', async () => {
  const response = await fetch(`${shop.url}/api/products?sort=popular&limit=100`)
  const { items } = (await response.json()) as { items: { id: number; review_count: number }[] }
  const product = items.toSorted((a, b) => b.review_count - a.review_count)[0]
  await browse(`/products/${product?.id}`, async (page) => {
    const datesOn = () =>
      page.locator('.review time').evaluateAll((all) => all.map((time) => time.getAttribute('datetime')!))
    const newest = await datesOn()
    await follow(page, '.review-paging [rel=next]')
    const older = await datesOn()
    expect(older.length).toBeGreaterThan(0)
    expect(older[0]! < newest.at(-1)!).toBe(true)
    await follow(page, '.review-paging a:not([rel])')
    expect(await datesOn()).toEqual(newest)
  })
})

test('an old address of a product leads to its present one', async () => {
  await browse('/products/1-an-old-name?lang=ko', async (page) => {
    expect(new URL(page.url()).pathname).toStartWith('/products/1-')
    expect(page.url()).not.toContain('an-old-name')
    expect(await page.getAttribute('html', 'lang')).toBe('ko')
  })
})
