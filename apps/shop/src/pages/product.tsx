/** `/products/:id` and `/products/:id-:slug`: one product. @module */
import type { Context } from 'hono'
import { addTags, NotFoundError } from 'spillway/http'
import { categoryPath, productPath } from '../catalog/address.ts'
import { findProduct, type Product } from '../catalog/product.ts'
import { relatedProducts } from '../catalog/related.ts'
import { listReviews, ratingCounts } from '../catalog/reviews.ts'
import { productTag } from '../catalog/tags.ts'
import { productJsonLd } from './json-ld.ts'
import { Breadcrumbs } from './parts/breadcrumbs.tsx'
import { Gallery } from './parts/gallery.tsx'
import { ProductGrid } from './parts/product-card.tsx'
import { ProductSummary } from './parts/product-summary.tsx'
import { Reviews } from './parts/reviews.tsx'
import { renderPage } from './render.tsx'
import { type View, viewOf } from './view.ts'

const shownReviews = 8
const shownRelated = 4

export async function productPage(c: Context) {
  const view = viewOf(c.req.raw)
  const reference = c.req.param('reference') ?? ''
  const id = idIn(reference)
  if (id !== undefined) addTags(c, productTag({ id }))
  const product = id === undefined ? undefined : await findProduct(id)
  if (product === undefined) throw new NotFoundError(`There is no product "${reference}".`)

  const path = productPath(product)
  // An old or mistyped slug: one product must not be cached under as many keys as there are spellings.
  if (view.path !== path && view.path !== `/products/${product.id}`) {
    return c.redirect(view.href(path, view.parameters), 301)
  }

  const cursor = c.req.query('reviews')
  const [reviews, counts, related] = await Promise.all([
    listReviews(product.id, shownReviews, cursor),
    ratingCounts(product.id),
    relatedProducts(product, shownRelated),
  ])
  addTags(c, ...related.map(productTag))
  const title = view.nameOf(product)
  const description = descriptionOf(view, product)
  const head = {
    title,
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
      <Breadcrumbs view={view} crumbs={crumbsOf(view, product)} />
      <article class="product">
        <Gallery view={view} name={title} urls={product.imageUrls} />
        <ProductSummary view={view} product={product} title={title} description={description} />
      </article>
      <Reviews view={view} product={product} reviews={reviews} counts={counts} />
      {related.length > 0 && (
        <section aria-labelledby="related">
          <h2 id="related">{view.t.relatedProducts}</h2>
          <ProductGrid view={view} products={related} ofFour />
        </section>
      )}
    </div>,
  )
}

/** `42` and `42-oak-desk-lamp` are the same product; anything else is none. */
function idIn(reference: string): number | undefined {
  const id = Number(/^([1-9]\d{0,9})(?:-|$)/.exec(reference)?.[1])
  return id < 2 ** 31 ? id : undefined
}

function descriptionOf(view: View, product: Product): string {
  return view.nameOf({ name: product.description, nameKo: product.descriptionKo })
}

function crumbsOf(view: View, product: Product) {
  const category = { slug: product.categorySlug, name: product.categoryName, nameKo: product.categoryNameKo }
  const way = product.department === null ? [category] : [product.department, category]
  return way.map((step) => ({ name: view.nameOf(step), path: categoryPath(step) }))
}
