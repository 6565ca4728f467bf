/** `/products/:id` and `/products/:id-:slug`: one product. @module */
import type { Context } from 'hono'
import { addTags, NotFoundError } from 'spillway/http'
import { productPath } from '../catalog/address.ts'
import { findProduct } from '../catalog/product.ts'
import { productTag, reviewsTag } from '../catalog/tags.ts'
import { productJsonLd } from './json-ld.ts'
import { ProductParts } from './parts/product-parts.tsx'
import { renderPage } from './render.tsx'
import { viewOf } from './view.ts'

export async function productPage(c: Context) {
  const view = viewOf(c.req.raw)
  const reference = c.req.param('reference') ?? ''
  const id = idIn(reference)
  if (id !== undefined) addTags(c, productTag({ id }), reviewsTag({ id }))
  const product = id === undefined ? undefined : await findProduct(id)
  if (product === undefined) throw new NotFoundError(`There is no product "${reference}".`)

  const path = productPath(product)
  // An old or mistyped slug: one product must not be cached under as many keys as there are spellings.
  if (view.path !== path && view.path !== `/products/${product.id}`) {
    return c.redirect(view.href(path, view.parameters), 301)
  }

  const cursor = c.req.query('reviews')
  const description = view.descriptionOf(product)
  const head = {
    title: view.nameOf(product),
    description: description.slice(0, 160),
    canonical: path,
    image: product.imageUrls[0],
    type: 'product' as const,
    indexed: cursor === undefined,
    structured: [productJsonLd(view, product, description)],
  }
  return renderPage(
    c,
    view,
    head,
    <div class="wide">
      <ProductParts view={view} id={product.id} reviewsCursor={cursor} />
    </div>,
  )
}

/** `42` and `42-oak-desk-lamp` are the same product; anything else is none. */
function idIn(reference: string): number | undefined {
  const id = Number(/^([1-9]\d{0,9})(?:-|$)/.exec(reference)?.[1])
  return id < 2 ** 31 ? id : undefined
}
