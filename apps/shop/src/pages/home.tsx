/** `/`: what is new, what is liked, and the way into every department. @module */
import type { Context } from 'hono'
import { addTags } from 'spillway/http'
import { categoryPath, productPath } from '../catalog/address.ts'
import type { ProductCard } from '../catalog/card.ts'
import { type DepartmentTile, departmentTiles } from '../catalog/departments.ts'
import { listProducts } from '../catalog/list.ts'
import type { Sort } from '../catalog/sorts.ts'
import { productTag } from '../catalog/tags.ts'
import { Picture } from './parts/picture.tsx'
import { ProductGrid } from './parts/product-card.tsx'
import { renderPage } from './render.tsx'
import { type View, viewOf } from './view.ts'

const newArrivals = 8
const favourites = 4

export async function homePage(c: Context) {
  const view = viewOf(c.req.raw)
  const [newest, popular, rated, departments] = await Promise.all([
    listProducts({ sort: 'newest', limit: newArrivals }),
    listProducts({ sort: 'popular', limit: favourites }),
    listProducts({ sort: 'rating', limit: favourites }),
    departmentTiles(),
  ])
  addTags(c, ...[newest, popular, rated].flatMap(({ items }) => items.map(productTag)))
  const head = { description: view.t.siteDescription, canonical: '/' }
  return renderPage(
    c,
    view,
    head,
    <>
      <Hero view={view} products={popular.items.slice(0, 3)} />
      <div class="wide">
        <Shelf view={view} title={view.t.newArrivals} sort="newest" products={newest.items} />
        <Departments view={view} departments={departments} />
        <Shelf view={view} title={view.t.mostViewed} sort="popular" products={popular.items} />
        <Shelf view={view} title={view.t.bestRated} sort="rating" products={rated.items} />
      </div>
    </>,
  )
}

function Hero({ view, products }: { view: View; products: ProductCard[] }) {
  return (
    <section class="hero wide">
      <div class="hero-text">
        <h1>{view.t.heroTitle}</h1>
        <p>{view.t.heroText}</p>
        <a class="button button-strong" href={view.href('/products')}>
          {view.t.heroAction}
        </a>
      </div>
      <ul class="hero-pictures">
        {products.map((product, index) => (
          <li>
            <a href={view.href(productPath(product))}>
              <Picture url={product.imageUrls[0]} alt={view.nameOf(product)} loading="eager" first={index === 0} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Shelf({ view, title, sort, products }: { view: View; title: string; sort: Sort; products: ProductCard[] }) {
  if (products.length === 0) return null
  return (
    <section class="shelf" aria-labelledby={`shelf-${sort}`}>
      <div class="shelf-title">
        <h2 id={`shelf-${sort}`}>{title}</h2>
        <a href={view.href('/products', { sort: sort === 'newest' ? undefined : sort })}>
          {view.t.seeAll}
          <span class="hidden">: {title}</span>
        </a>
      </div>
      <ProductGrid view={view} products={products} ofFour />
    </section>
  )
}

function Departments({ view, departments }: { view: View; departments: DepartmentTile[] }) {
  return (
    <section class="shelf" aria-labelledby="shelf-departments">
      <div class="shelf-title">
        <h2 id="shelf-departments">{view.t.shopByDepartment}</h2>
      </div>
      <ul class="tiles">
        {departments.map((department) => (
          <li>
            <a class="tile" href={view.href(categoryPath(department))}>
              <Picture url={department.imageUrl ?? undefined} alt="" />
              <span class="tile-name">{view.nameOf(department)}</span>
              <span class="quiet">{view.t.productCount(department.productCount)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
