/** The departments as the start page shows them. @module */
import { asc, eq, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '../database.ts'
import { categories, productImages, products } from '../schema/index.ts'
import { isActive } from './card.ts'
import { type CategoryNode, categoryTree } from './categories.ts'

export interface DepartmentTile extends CategoryNode {
  /** The first picture of the department's most viewed product. */
  imageUrl: string | null
}

const departments = alias(categories, 'departments')

const mostViewed = db
  .select({ id: products.id })
  .from(products)
  .innerJoin(categories, eq(categories.id, products.categoryId))
  .where(sql`${isActive} and ${or(eq(categories.id, departments.id), eq(categories.parentId, departments.id))}`)
  .orderBy(sql`${products.viewCount} desc nulls last`)
  .limit(1)

const firstPicture = db
  .select({ url: productImages.url })
  .from(productImages)
  .where(eq(productImages.productId, sql`(${mostViewed})`))
  .orderBy(asc(productImages.position))
  .limit(1)

/** All pictures in one query: the categories' own index gives the first product of each. */
export async function departmentTiles(): Promise<DepartmentTile[]> {
  const [tree, pictures] = await Promise.all([
    categoryTree(),
    db
      .select({ id: departments.id, imageUrl: sql<string | null>`(${firstPicture})` })
      .from(departments)
      .where(isNull(departments.parentId)),
  ])
  const pictureOf = new Map(pictures.map((row) => [row.id, row.imageUrl]))
  return tree.map((node) => ({ ...node, imageUrl: pictureOf.get(node.id) ?? null }))
}
