/** Products by their ids: the hottest reads of the shop. Lists and shelves keep ids, and find what they show here. @module */
import { and, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { caches } from '../caches.ts'
import { db } from '../database.ts'
import { categories, products, productTags, tags } from '../schema/index.ts'
import { cardColumns, isActive, type ProductCard, withIsoTime } from './card.ts'
import { anyCategory, anyTag, productTag } from './tags.ts'

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
  /** ISO 8601. */
  updatedAt: string
  tags: Tag[]
  /** Null when the product's category is a department itself. */
  department: Department | null
}

const departments = alias(categories, 'departments')

const productTagList = sql<Tag[]>`(
  select coalesce(json_agg(json_build_object('name', ${tags.name}, 'nameKo', ${tags.nameKo}) order by ${tags.name}), '[]')
  from ${productTags} join ${tags} on ${tags.id} = ${productTags.tagId} where ${productTags.productId} = ${products.id})`

const selectProducts = () =>
  db
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

const productById = selectProducts()
  .where(and(eq(products.id, sql.placeholder('id')), isActive))
  .prepare('product_by_id')

/** A product that is on sale, with its pictures, tags and category; when it isn't cached, in one round trip by primary key. */
export function findProduct(id: number): Promise<Product | undefined> {
  return caches.remember(keyOf(id), () => readProduct(id), { strategy: 'product', tags: tagsOf(id) })
}

/** Those of the products that are on sale, in the order of their ids; all that aren't cached in one round trip. */
export async function findProducts(ids: readonly number[]): Promise<Product[]> {
  const idOf = new Map(ids.map((id) => [keyOf(id), id]))
  const idsOf = (keys: string[]) => keys.map((key) => idOf.get(key)!)
  const found = await caches.rememberMany([...idOf.keys()], (keys) => readProducts(idsOf(keys)), {
    strategy: 'product',
    tags: (key) => tagsOf(idOf.get(key)!),
  })
  return ids.flatMap((id) => found.get(keyOf(id)) ?? [])
}

/** What shows a product whole ends by them. */
export const tagsOf = (id: number) => [productTag({ id }), anyCategory, anyTag]

const keyOf = (id: number) => `product:${id}`

async function readProduct(id: number): Promise<Product | undefined> {
  const [row] = await productById.execute({ id })
  return row && productOf(row)
}

async function readProducts(ids: number[]): Promise<Map<string, Product>> {
  const rows = await selectProducts().where(and(inArray(products.id, ids), isActive))
  return new Map(rows.map((row) => [keyOf(row.id), productOf(row)]))
}

type ProductRow = Awaited<ReturnType<typeof selectProducts>>[number]

function productOf(row: ProductRow): Product {
  return { ...withIsoTime(row), updatedAt: row.updatedAt.toISOString() }
}
