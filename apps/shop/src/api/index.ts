/** The reading API of the catalogue. @module */
import { Hono } from 'hono'
import { addTags, cachePage, InvalidRequestError, NotFoundError, validate } from 'spillway/http'
import { categoryTree, findCategory } from '../catalog/categories.ts'
import { listProducts } from '../catalog/list.ts'
import { findProduct } from '../catalog/product.ts'
import { listReviews } from '../catalog/reviews.ts'
import { anyCategory, anyTag, assortment, listTags, productTag, reviewsTag } from '../catalog/tags.ts'
import { apiCategory } from './category.ts'
import { apiReview, fullProduct, listedProduct } from './product.ts'
import { productParameters, productsQuery, reviewsQuery } from './queries.ts'

const hour = 3600
const productsParameters = ['limit', 'cursor', 'category', 'minPrice', 'maxPrice', 'sort']

export const api = new Hono()

api.get(
  '/api/products',
  cachePage({ ttl: 300, grace: 300, query: productsParameters, tags: [anyCategory] }),
  async (c) => {
    const { category: slug, ...query } = validate(productsQuery, c.req.query())
    const category = slug === undefined ? undefined : await findCategory(slug)
    if (slug !== undefined && category === undefined) {
      throw new InvalidRequestError(`There is no category "${slug}". GET /api/categories lists them.`)
    }
    const page = await listProducts({ ...query, categoryId: category?.id })
    addTags(c, ...listTags(category), ...page.items.map(productTag))
    return c.json({ items: page.items.map(listedProduct), next_cursor: page.nextCursor })
  },
)

api.get(
  '/api/products/:id',
  cachePage({ ttl: 6 * hour, grace: hour, negativeTtl: 10, query: [], tags: [anyCategory, anyTag] }),
  async (c) => {
    const { id } = validate(productParameters, c.req.param())
    addTags(c, productTag({ id }))
    const product = await findProduct(id)
    if (product === undefined) throw new NotFoundError(`There is no product ${id}.`)
    return c.json(fullProduct(product))
  },
)

api.get(
  '/api/products/:id/reviews',
  cachePage({ ttl: 600, grace: 300, negativeTtl: 10, query: ['limit', 'cursor'] }),
  async (c) => {
    const { id } = validate(productParameters, c.req.param())
    const { limit, cursor } = validate(reviewsQuery, c.req.query())
    addTags(c, productTag({ id }), reviewsTag({ id }))
    const product = await findProduct(id)
    if (product === undefined) throw new NotFoundError(`There is no product ${id}.`)
    const page = await listReviews(id, limit, cursor)
    return c.json({ items: page.items.map(apiReview), next_cursor: page.nextCursor })
  },
)

api.get(
  '/api/categories',
  cachePage({ ttl: hour, grace: hour, query: [], tags: [anyCategory, assortment] }),
  async (c) => {
    const tree = await categoryTree()
    return c.json({ items: tree.map(apiCategory) })
  },
)
