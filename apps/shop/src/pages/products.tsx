/** `/products`: everything, in pages of twenty. @module */
import type { Context } from 'hono'
import { addTags, validate } from 'spillway/http'
import { listProducts } from '../catalog/list.ts'
import { pageQuery } from '../catalog/list-query.ts'
import { productTag } from '../catalog/tags.ts'
import { isPlainList, Listing, productsPerPage } from './listing.tsx'
import { renderPage } from './render.tsx'
import { viewOf } from './view.ts'

export async function productsPage(c: Context) {
  const view = viewOf(c.req.raw)
  const query = validate(pageQuery, c.req.query())
  const page = await listProducts({ ...query, limit: productsPerPage })
  addTags(c, ...page.items.map(productTag))
  const title = view.t.allProducts
  const head = {
    title,
    description: view.t.productListDescription,
    canonical: '/products',
    indexed: isPlainList(query),
  }
  return renderPage(
    c,
    view,
    head,
    <Listing view={view} title={title} crumbs={[{ name: title, path: '/products' }]} query={query} page={page} />,
  )
}
