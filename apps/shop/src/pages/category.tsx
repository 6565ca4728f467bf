/** `/categories/:slug`: a department or one of its categories. @module */
import type { Context } from 'hono'
import { addTags, NotFoundError, validate } from 'spillway/http'
import { categoryPath } from '../catalog/address.ts'
import { type CategoryInPlace, findCategory } from '../catalog/categories.ts'
import { listProducts } from '../catalog/list.ts'
import { pageQuery } from '../catalog/list-query.ts'
import { listTags, productTag } from '../catalog/tags.ts'
import { isPlainList, Listing, productsPerPage } from './listing.tsx'
import { renderPage } from './render.tsx'
import { type View, viewOf } from './view.ts'

export async function categoryPage(c: Context) {
  const view = viewOf(c.req.raw)
  const query = validate(pageQuery, c.req.query())
  const slug = c.req.param('slug') ?? ''
  const category = await findCategory(slug)
  if (category === undefined) throw new NotFoundError(`There is no category "${slug}".`)
  const page = await listProducts({ ...query, categoryId: category.id, limit: productsPerPage })
  addTags(c, ...listTags(category), ...page.items.map(productTag))
  const title = view.nameOf(category)
  const head = {
    title,
    description: view.t.categoryDescription(title),
    canonical: categoryPath(category),
    image: page.items[0]?.imageUrls[0],
    indexed: isPlainList(query),
  }
  return renderPage(
    c,
    view,
    head,
    <Listing view={view} title={title} crumbs={crumbsOf(view, category)} query={query} page={page}>
      <Subcategories view={view} category={category} />
    </Listing>,
  )
}

function crumbsOf(view: View, category: CategoryInPlace) {
  const way = category.parent === null ? [category] : [category.parent, category]
  return way.map((step) => ({ name: view.nameOf(step), path: categoryPath(step) }))
}

function Subcategories({ view, category }: { view: View; category: CategoryInPlace }) {
  if (category.children.length === 0) return null
  return (
    <nav class="subcategories" aria-label={view.nameOf(category)}>
      <ul>
        {category.children.map((child) => (
          <li>
            <a href={view.href(categoryPath(child))}>{view.nameOf(child)}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
