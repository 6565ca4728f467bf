/** How the shop has sold: gathered from the orders, and summed up for people. @module */
import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '../database.ts'
import { categories, orderItems, orders, payments, products } from '../schema/index.ts'
import { type DayRange, within } from './days.ts'
import { type SalesFacts, type SalesReport, salesFacts } from './sales-figures.ts'

const topMax = 10

/**
 * One statement, so that all figures are of one moment. An order counts on the day on which it was placed, if it has been
 * paid and the money was not given back; its revenue is what its items were sold for.
 */
export async function gatherSales(days: DayRange): Promise<SalesFacts> {
  const gatheredAt = new Date().toISOString()
  const [facts] = await db.execute(sql`
    with sold as (
      select ${orders.id} as order_id, ${products.id} as product_id, ${products.categoryId} as category_id,
        ${orderItems.quantity} as units, ${orderItems.quantity} * ${orderItems.price} * 100 as cents
      from ${orders}
      join ${orderItems} on ${orderItems.orderId} = ${orders.id}
      join ${products} on ${products.id} = ${orderItems.productId}
      where ${within(orders.createdAt, days)}
        and exists (select from ${payments} where ${payments.orderId} = ${orders.id} and ${payments.status} = 'succeeded')
    )
    select
      (select to_json(one) from (select ${figures} from sold) as one) as total,
      ${listOf(sql`select category_id as "categoryId", ${figures} from sold group by category_id`)} as categories,
      ${listOf(sql`select product_id as "productId", ${figures} from sold group by product_id
        order by "revenueCents" desc, product_id limit ${topMax}`)} as "topProducts"`)
  return salesFacts.parse({ ...facts, days, gatheredAt })
}

const figures = sql`count(distinct order_id) as orders, coalesce(sum(units), 0) as units,
  coalesce(sum(cents), 0)::bigint as "revenueCents"`

const listOf = (rows: SQL) => sql`(select coalesce(json_agg(one), '[]') from (${rows}) as one)`

export async function summariseSales({ total, ...facts }: SalesFacts): Promise<SalesReport> {
  const [categoryOf, productOf] = await Promise.all([
    categoriesNamed(facts.categories.map(({ categoryId }) => categoryId)),
    productsNamed(facts.topProducts.map(({ productId }) => productId)),
  ])
  return {
    ...total,
    averageOrderCents: total.orders === 0 ? 0 : Math.round(total.revenueCents / total.orders),
    categories: facts.categories
      .map(({ categoryId, ...figures }) => ({ ...categoryOf.get(categoryId)!, ...figures }))
      .sort((one, other) => other.revenueCents - one.revenueCents || one.id - other.id),
    topProducts: facts.topProducts.map(({ productId, ...figures }) => ({ ...productOf.get(productId)!, ...figures })),
  }
}

const departments = alias(categories, 'departments')

async function categoriesNamed(ids: number[]) {
  const { id, name, nameKo } = categories
  const rows = await db
    .select({
      id,
      name,
      nameKo,
      department: { id: departments.id, name: departments.name, nameKo: departments.nameKo },
    })
    .from(categories)
    .leftJoin(departments, eq(departments.id, categories.parentId))
    .where(inArray(id, ids))
  return new Map(rows.map((row) => [row.id, row]))
}

async function productsNamed(ids: number[]) {
  const { id, name, nameKo } = products
  const rows = await db.select({ id, name, nameKo }).from(products).where(inArray(id, ids))
  return new Map(rows.map((row) => [row.id, row]))
}
