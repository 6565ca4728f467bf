/** The tree of departments and the categories below them. @module */
import { asc, count, eq, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '../database.ts'
import { categories, products } from '../schema/index.ts'
import { isActive } from './card.ts'

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

const columns = { id: categories.id, slug: categories.slug, name: categories.name, nameKo: categories.nameKo }
const inOrder = [asc(categories.position), asc(categories.id)]

/** The departments, for the navigation of every page. */
export async function listDepartments(): Promise<Category[]> {
  return db
    .select(columns)
    .from(categories)
    .where(isNull(categories.parentId))
    .orderBy(...inOrder)
}

const parents = alias(categories, 'parents')

/** A category with its department and the categories directly below it. */
export async function findCategory(slug: string): Promise<CategoryInPlace | undefined> {
  if (slug.includes('\0')) return undefined // PostgreSQL's text can't hold it
  const [category] = await db
    .select({ ...columns, parent: { id: parents.id, slug: parents.slug, name: parents.name, nameKo: parents.nameKo } })
    .from(categories)
    .leftJoin(parents, eq(parents.id, categories.parentId))
    .where(eq(categories.slug, slug))
  if (category === undefined) return undefined
  const children = await db
    .select(columns)
    .from(categories)
    .where(eq(categories.parentId, category.id))
    .orderBy(...inOrder)
  return { ...category, children }
}

/** The whole tree with its counts, in two queries whatever its size. */
export async function categoryTree(): Promise<CategoryNode[]> {
  const [rows, counts] = await Promise.all([
    db
      .select({ ...columns, parentId: categories.parentId })
      .from(categories)
      .orderBy(...inOrder),
    db
      .select({ categoryId: products.categoryId, count: count() })
      .from(products)
      .where(isActive)
      .groupBy(products.categoryId),
  ])
  const countOf = new Map(counts.map((row) => [row.categoryId, row.count]))
  const childrenOf = Map.groupBy(rows, (row) => row.parentId)

  const nodesBelow = (parentId: number | null): CategoryNode[] =>
    (childrenOf.get(parentId) ?? []).map(({ parentId: _, ...category }) => {
      const children = nodesBelow(category.id)
      const below = children.reduce((sum, child) => sum + child.productCount, 0)
      return { ...category, productCount: (countOf.get(category.id) ?? 0) + below, children }
    })
  return nodesBelow(null)
}
