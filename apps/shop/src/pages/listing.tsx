/** A list of products with its filters: of everything, or of one category. @module */
import type { Child } from 'hono/jsx'
import type { ProductPage } from '../catalog/card.ts'
import type { ListQuery } from '../catalog/list-query.ts'
import { Breadcrumbs, type Crumb } from './parts/breadcrumbs.tsx'
import { Filters } from './parts/filters.tsx'
import { Pagination } from './parts/pagination.tsx'
import { ProductGrid } from './parts/product-card.tsx'
import type { View } from './view.ts'

export const productsPerPage = 20

interface ListingProps {
  view: View
  title: string
  crumbs: Crumb[]
  query: ListQuery
  page: ProductPage
  /** What stands between the title and the filters. */
  children?: Child
}

export function Listing({ view, title, crumbs, query, page, children }: ListingProps) {
  return (
    <div class="wide">
      <Breadcrumbs view={view} crumbs={crumbs} />
      <div class="page-title">
        <h1>{title}</h1>
        {children}
      </div>
      <Filters view={view} query={query} />
      {page.items.length === 0 ? (
        <NothingFound view={view} query={query} />
      ) : (
        <section aria-labelledby="products">
          <h2 id="products" class="hidden">
            {view.t.products}
          </h2>
          <ProductGrid view={view} products={page.items} eager />
        </section>
      )}
      <Pagination view={view} page={page} />
    </div>
  )
}

function NothingFound({ view, query }: { view: View; query: ListQuery }) {
  const filtered = query.minPrice !== undefined || query.maxPrice !== undefined
  if (!filtered) return <p class="nothing">{view.t.noProductsYet}</p>
  return (
    <div class="nothing">
      <p>{view.t.nothingFound}</p>
      <p class="quiet">{view.t.nothingFoundHelp}</p>
    </div>
  )
}

/** A re-sorted, filtered or continued list shows what the plain one and the products' own pages say already. */
export function isPlainList(query: ListQuery): boolean {
  const { sort, minPrice, maxPrice, cursor, before } = query
  return sort === 'newest' && [minPrice, maxPrice, cursor, before].every((value) => value === undefined)
}
