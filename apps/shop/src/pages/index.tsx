/** The store's pages. Each is cached for everybody, so none of them shows anything personal. @module */
import { Hono } from 'hono'
import { cachePage } from 'spillway/http'
import { pageParameters } from '../catalog/list-query.ts'
import { language } from '../i18n/language.ts'
import { shopAssets } from './assets.ts'
import { categoryPage } from './category.tsx'
import { homePage } from './home.tsx'
import { productPage } from './product.tsx'
import { productsPage } from './products.tsx'

export { errorPage } from './error.tsx'

const fiveMinutes = 300
const sixHours = 6 * 3600

const lists = { ttl: fiveMinutes, grace: sixHours, negativeTtl: 10, vary: [language] }

export const pages = new Hono()
  .route('/', shopAssets.routes)
  .get('/', cachePage({ ...lists, query: ['lang'], tags: ['products', 'categories'] }), homePage)
  .get('/products', cachePage({ ...lists, query: pageParameters, tags: ['products', 'categories'] }), productsPage)
  .get(
    '/products/:reference',
    cachePage({ ...lists, ttl: sixHours, query: ['lang'], tags: ['categories'] }),
    productPage,
  )
  .get(
    '/categories/:slug',
    cachePage({ ...lists, query: pageParameters, tags: ['products', 'categories'] }),
    categoryPage,
  )
