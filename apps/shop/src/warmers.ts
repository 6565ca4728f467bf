/** What the shop has ready before anybody asks: the pages that most people see, and the data that they are made of. @module */
import { asc, isNotNull } from 'drizzle-orm'
import { type Warming, warmer } from 'spillway/cache'
import { categoryPath, productPath } from './catalog/address.ts'
import { isActive } from './catalog/card.ts'
import { sorts } from './catalog/sorts.ts'
import { db } from './database.ts'
import { languages } from './i18n/language.ts'
import { categories, products } from './schema/index.ts'

const mostViewed = 100

/** The most viewed products, the most viewed one first. */
const popularProducts = warmer({
  name: 'popular-products',
  async run(warming) {
    const popular = await db
      .select({ id: products.id, name: products.name })
      .from(products)
      .where(isActive)
      .orderBy(...sorts.popular.forward.orderBy)
      .limit(mostViewed)
    await warming.each(popular, async (product) => {
      await inEachLanguage(warming, productPath(product))
      await warming.page(`/api/products/${product.id}`)
    })
  },
})

/** The first products of every list: of the home page, of all products, of the departments, of what is below them. */
const categoryLists = warmer({
  name: 'category-lists',
  async run(warming) {
    const all = await db
      .select({ slug: categories.slug })
      .from(categories)
      .orderBy(asc(isNotNull(categories.parentId)), asc(categories.position), asc(categories.id))
    const api = all.map(({ slug }) => `/api/products?category=${encodeURIComponent(slug)}`)
    await warming.each(['/', '/products', ...all.map(categoryPath)], (path) => inEachLanguage(warming, path))
    await warming.each(['/api/categories', '/api/products', ...api], (path) => warming.page(path))
  },
})

export const warmers = [popularProducts, categoryLists]

async function inEachLanguage({ page }: Warming, path: string): Promise<void> {
  for (const language of languages) await page(path, { 'accept-language': language })
}
