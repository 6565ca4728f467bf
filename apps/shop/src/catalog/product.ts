/** One product by its id: the hottest query of the shop. @module */
import { and, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '../database.ts'
import { categories, products, productTags, tags } from '../schema/index.ts'
import { cardColumns, isActive, type ProductCard } from './card.ts'

interface Tag {
  name: string
  nameKo: string
}

/** A category, and the department that it stands in. */
interface Department {
  slug: string
  name: string
  nameKo: string
}

export type Product = ProductCard & {
  description: string
  descriptionKo: string
  status: 'active' | 'inactive' | 'pending'
  updatedAt: Date
  tags: Tag[]
  /** Null when the product's category is a department itself. */
  department: Department | null
}

const departments = alias(categories, 'departments')

const productTagList = sql<Tag[]>`(
  select coalesce(json_agg(json_build_object('name', ${tags.name}, 'nameKo', ${tags.nameKo}) order by ${tags.name}), '[]')
  from ${productTags} join ${tags} on ${tags.id} = ${productTags.tagId} where ${productTags.productId} = ${products.id})`

const productById = db
  .select({
    ...cardColumns,
    description: products.description,
    descriptionKo: products.descriptionKo,
    status: products.status,
    updatedAt: products.updatedAt,
    tags: productTagList,
    department: { slug: departments.slug, name: departments.name, nameKo: departments.nameKo },
  })
  .from(products)
  .innerJoin(categories, eq(categories.id, products.categoryId))
  .leftJoin(departments, eq(departments.id, categories.parentId))
  .where(and(eq(products.id, sql.placeholder('id')), isActive))
  .prepare('product_by_id')

/** A product that is on sale, with its pictures, tags and category, in one round trip by primary key. */
export async function findProduct(id: number): Promise<Product | undefined> {
  const [product] = await productById.execute({ id })
  return product
}
