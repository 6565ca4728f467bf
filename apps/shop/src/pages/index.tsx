/** The store's pages. Each is cached for everybody, so none of them shows anything personal. @module */
import { Hono } from 'hono'
import { cachePage } from 'spillway/http'
import { pageParameters } from '../catalog/list-query.ts'
import { anyCategory, anyProduct, anyTag } from '../catalog/tags.ts'
import { language } from '../i18n/language.ts'
import { shopAssets } from './assets.ts'
import { categoryPage } from './category.tsx'
import { homePage } from './home.tsx'
import { productPage } from './product.tsx'
import { productsPage } from './products.tsx'

export { errorPage } from './error.tsx'

/** Seconds. A product page lives as long as the shelf below it, which follows no tags; all else on it does. */
const fiveMinutes = 300
const halfHour = 1800

const lists = { ttl: fiveMinutes, grace: fiveMinutes, negativeTtl: 10, vary: [language] }

export const pages = new Hono()
  .route('/', shopAssets.routes)
  .get('/', cachePage({ ...lists, query: ['lang'], tags: [anyProduct, anyCategory] }), homePage)
  .get('/products', cachePage({ ...lists, query: pageParameters, tags: [anyProduct, anyCategory] }), productsPage)
  .get(
    '/products/:reference',
    cachePage({ ...lists, ttl: halfHour, query: ['reviews', 'lang'], tags: [anyCategory, anyTag] }),
    productPage,
  )
  .get('/categories/:slug', cachePage({ ...lists, query: pageParameters, tags: [anyCategory] }), categoryPage)
