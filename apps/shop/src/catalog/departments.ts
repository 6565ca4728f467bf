/** The departments as the start page shows them. @module */
import { asc, desc, eq, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { caches } from '../caches.ts'
import { db } from '../database.ts'
import { categories, productImages, products } from '../schema/index.ts'
import { isActive } from './card.ts'
import { type CategoryNode, categoryTree } from './categories.ts'
import { anyCategory, assortment } from './tags.ts'

export interface DepartmentTile extends CategoryNode {
  /** The first picture of the department's most viewed product. */
  imageUrl: string | null
}

const departments = alias(categories, 'departments')
const branch = alias(categories, 'branch')

const mostViewedOfBranch = db
  .select({ id: products.id, viewCount: products.viewCount })
  .from(products)
  .where(sql`${isActive} and ${products.categoryId} = ${branch.id}`)
  .orderBy(desc(products.viewCount), desc(products.id))
  .limit(1)
  .as('most_viewed')

const mostViewedOfDepartment = db
  .select({ id: mostViewedOfBranch.id })
  .from(branch)
  .crossJoinLateral(mostViewedOfBranch)
  .where(or(eq(branch.id, departments.id), eq(branch.parentId, departments.id)))
  .orderBy(desc(mostViewedOfBranch.viewCount))
  .limit(1)

const pictureOfDepartment = db
  .select({ url: productImages.url })
  .from(productImages)
  .where(eq(productImages.productId, sql`(${mostViewedOfDepartment})`))
  .orderBy(asc(productImages.position))
  .limit(1)

export async function departmentTiles(): Promise<DepartmentTile[]> {
  const [tree, pictures] = await Promise.all([categoryTree(), departmentPictures()])
  const pictureOf = new Map(pictures.map((row) => [row.id, row.imageUrl]))
  return tree.map((node) => ({ ...node, imageUrl: pictureOf.get(node.id) ?? null }))
}

function departmentPictures(): Promise<{ id: number; imageUrl: string | null }[]> {
  return caches.remember('department pictures', readPictures, { strategy: 'warm', tags: [anyCategory, assortment] })
}

/** Each category's first product by views comes from its index, so an empty department costs no scan either. */
function readPictures() {
  return db
    .select({ id: departments.id, imageUrl: sql<string | null>`(${pictureOfDepartment})` })
    .from(departments)
    .where(isNull(departments.parentId))
    .execute()
}
