/** The tree of departments and the categories below them. It is small, so it is read and cached as a whole. @module */
import { asc, count } from 'drizzle-orm'
import { caches } from '../caches.ts'
import { db } from '../database.ts'
import { categories, products } from '../schema/index.ts'
import { isActive } from './card.ts'
import { anyCategory, assortment } from './tags.ts'

export interface Category {
  id: number
  slug: string
  name: string
  nameKo: string
}

export interface CategoryNode extends Category {
  /** Products on sale in this category and below it. */
  productCount: number
  children: CategoryNode[]
}

export interface CategoryInPlace extends Category {
  parent: Category | null
  children: Category[]
}

type CategoryRow = Category & { parentId: number | null }

/** All of them, in the order in which siblings stand. */
function allCategories(): Promise<CategoryRow[]> {
  const { id, slug, name, nameKo, parentId, position } = categories
  const read = () =>
    db.select({ id, slug, name, nameKo, parentId }).from(categories).orderBy(asc(position), asc(id)).execute()
  return caches.remember('categories', read, { strategy: 'cold', tags: [anyCategory] })
}

/** How many products are on sale in each category itself. */
function productCounts(): Promise<{ categoryId: number; count: number }[]> {
  const { categoryId } = products
  const read = () =>
    db.select({ categoryId, count: count() }).from(products).where(isActive).groupBy(categoryId).execute()
  return caches.remember('product counts', read, { strategy: 'cold', tags: [assortment] })
}

/** The departments, for the navigation of every page. */
export async function listDepartments(): Promise<Category[]> {
  return (await allCategories()).filter(({ parentId }) => parentId === null).map(withoutParent)
}

/** A category with its department and the categories directly below it. */
export function findCategory(slug: string): Promise<CategoryInPlace | undefined> {
  return findWhere((category) => category.slug === slug)
}

export function findCategoryById(id: number): Promise<CategoryInPlace | undefined> {
  return findWhere((category) => category.id === id)
}

async function findWhere(isIt: (category: CategoryRow) => boolean): Promise<CategoryInPlace | undefined> {
  const all = await allCategories()
  const row = all.find(isIt)
  if (row === undefined) return undefined
  const parent = all.find(({ id }) => id === row.parentId)
  const children = all.filter(({ parentId }) => parentId === row.id)
  return {
    ...withoutParent(row),
    parent: parent === undefined ? null : withoutParent(parent),
    children: children.map(withoutParent),
  }
}

/** The whole tree with its counts. */
export async function categoryTree(): Promise<CategoryNode[]> {
  const [rows, counts] = await Promise.all([allCategories(), productCounts()])
  const countOf = new Map(counts.map((row) => [row.categoryId, row.count]))
  const childrenOf = Map.groupBy(rows, (row) => row.parentId)

  const nodesBelow = (parentId: number | null): CategoryNode[] =>
    (childrenOf.get(parentId) ?? []).map((row) => {
      const children = nodesBelow(row.id)
      const below = children.reduce((sum, child) => sum + child.productCount, 0)
      return { ...withoutParent(row), productCount: (countOf.get(row.id) ?? 0) + below, children }
    })
  return nodesBelow(null)
}

function withoutParent({ parentId: _, ...category }: CategoryRow): Category {
  return category
}
