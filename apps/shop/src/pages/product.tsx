/** `/products/:id` and `/products/:id-:slug`: one product. @module */
import type { Context } from 'hono'
import { addTags, NotFoundError } from 'spillway/http'
import { categoryPath, productPath } from '../catalog/address.ts'
import { findProduct, type Product } from '../catalog/product.ts'
import { relatedProducts } from '../catalog/related.ts'
import { newestReviews, ratingCounts } from '../catalog/reviews.ts'
import { productJsonLd } from './json-ld.ts'
import { Breadcrumbs } from './parts/breadcrumbs.tsx'
import { Gallery } from './parts/gallery.tsx'
import { Price, StockNote } from './parts/price.tsx'
import { ProductGrid } from './parts/product-card.tsx'
import { Reviews } from './parts/reviews.tsx'
import { Stars } from './parts/stars.tsx'
import { renderPage } from './render.tsx'
import { type View, viewOf } from './view.ts'

const shownReviews = 8
const shownRelated = 4

export async function productPage(c: Context) {
  const view = viewOf(c.req.raw)
  const reference = c.req.param('reference') ?? ''
  const product = await findReferred(reference)
  if (product === undefined) throw new NotFoundError(`There is no product "${reference}".`)
  addTags(c, `product:${product.id}`, `category:${product.categoryId}`)

  const path = productPath(product)
  // An old or mistyped slug: one product must not be cached under as many keys as there are spellings.
  if (view.path !== path && view.path !== `/products/${product.id}`) {
    return c.redirect(view.href(path, view.parameters), 301)
  }

  const [reviews, counts, related] = await Promise.all([
    newestReviews(product.id, shownReviews),
    ratingCounts(product.id),
    relatedProducts(product, shownRelated),
  ])
  const title = view.nameOf(product)
  const description = descriptionOf(view, product)
  const head = {
    title,
    description: description.slice(0, 160),
    canonical: path,
    image: product.imageUrls[0],
    type: 'product' as const,
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
        <Summary view={view} product={product} title={title} description={description} />
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
async function findReferred(reference: string): Promise<Product | undefined> {
  const id = Number(/^([1-9]\d{0,9})(?:-|$)/.exec(reference)?.[1])
  return id < 2 ** 31 ? findProduct(id) : undefined
}

function descriptionOf(view: View, product: Product): string {
  return view.nameOf({ name: product.description, nameKo: product.descriptionKo })
}

function crumbsOf(view: View, product: Product) {
  const category = { slug: product.categorySlug, name: product.categoryName, nameKo: product.categoryNameKo }
  const way = product.department === null ? [category] : [product.department, category]
  return way.map((step) => ({ name: view.nameOf(step), path: categoryPath(step) }))
}

interface SummaryProps {
  view: View
  product: Product
  title: string
  description: string
}

function Summary({ view, product, title, description }: SummaryProps) {
  const { t } = view
  return (
    <div class="summary">
      <h1>{title}</h1>
      {product.reviewCount > 0 && (
        <p class="summary-rating">
          <Stars view={view} rating={Number(product.averageRating)} />
          <a href="#reviews">{t.reviewCount(product.reviewCount)}</a>
        </p>
      )}
      <p class="summary-price">
        <Price view={view} amount={product.price} />
      </p>
      <p class="summary-stock">
        <StockNote view={view} stock={product.stock} />
      </p>
      <div class="prose">
        {description.split(/\n+/).map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </div>
      <dl class="facts">
        <dt>{t.category}</dt>
        <dd>
          <a href={view.href(`/categories/${product.categorySlug}`)}>
            {view.nameOf({ name: product.categoryName, nameKo: product.categoryNameKo })}
          </a>
        </dd>
        {product.tags.length > 0 && (
          <>
            <dt>{t.tags}</dt>
            <dd>{product.tags.map((tag) => view.nameOf(tag)).join(', ')}</dd>
          </>
        )}
        <dt>{t.itemNumber}</dt>
        <dd>{product.id}</dd>
      </dl>
    </div>
  )
}
