/**
 * Fills an empty shop with demo data: the same scale and reference always give the same rows.
 *
 * @module
 */
import { SpillwayError } from 'spillway/foundation'
import { type Catalogue, categoryRows, planCatalogue } from './catalogue.ts'
import { type CopyValue, copyRows } from './copy.ts'
import { orderAt } from './orders.ts'
import { userAt } from './people.ts'
import { productAt } from './products.ts'
import { reviewsOf } from './reviews.ts'
import { tagRows, tagsOf } from './tags.ts'

export interface SeedProgress {
  /** The table that is being filled. */
  step: string
  done: number
  total: number
}

export interface SeedOptions {
  /** A client of the primary. */
  sql: Bun.SQL
  /** 1 is 10,000 products, 50,000 reviews, 2,000 users and 20,000 orders; at most 100. */
  scale?: number
  /** Empties the shop first. Without it, a shop that has data is refused. */
  replace?: boolean
  /** Every date lies before it; by default the start of the day in UTC. */
  reference?: Date
  progress?: (progress: SeedProgress) => void
}

/** How many rows went into each table. */
export type SeedSummary = Record<string, number>

const MAX_SCALE = 100

/**
 * Seeds everything in one transaction, so that an interrupted run leaves nothing behind.
 *
 * @throws SpillwayError `SEED_SCALE_INVALID` when the scale is not a whole number from 1 to 100
 * @throws SpillwayError `SEED_NOT_EMPTY` when the shop has data and `replace` is not set
 *
 * @example
 * await seedDemoData({ sql, scale: 1, progress: ({ step, done, total }) => bar.update(step, done / total) })
 */
export async function seedDemoData(options: SeedOptions): Promise<SeedSummary> {
  const { sql, scale = 1, replace = false, reference = startOfToday(), progress } = options
  if (!Number.isInteger(scale) || scale < 1 || scale > MAX_SCALE)
    throw new SpillwayError(
      'SEED_SCALE_INVALID',
      `The scale is ${scale}, which is not a whole number from 1 to ${MAX_SCALE}`,
      {
        hint: 'Give a scale such as 1 (10,000 products) or 10 (100,000 products).',
      },
    )

  return await sql.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`
    await clear(transaction, replace)
    const catalogue = planCatalogue({ scale, reference })
    const summary: SeedSummary = {}
    for (const { table, columns, rows, total } of tablesOf(catalogue)) {
      const report = (done: number) => progress?.({ step: table, done, total: Math.max(total, done) })
      report(0)
      summary[table] = await copyRows(transaction, { table, columns, rows, progress: report })
      if (columns.includes('id')) await advanceSequence(transaction, table)
    }
    await transaction.unsafe(`analyze ${TABLES.join(', ')}`)
    return summary
  })
}

function startOfToday(): Date {
  return new Date(new Date().setUTCHours(0, 0, 0, 0))
}

/** Every table that holds a shop's data; the demo fills those with rows of its own. */
const TABLES = [
  'users',
  'categories',
  'tags',
  'products',
  'product_images',
  'product_tags',
  'reviews',
  'orders',
  'order_items',
  'payments',
] as const

/** The lock keeps a second seed or an early customer out until the commit. */
async function clear(sql: Bun.SQL, replace: boolean): Promise<void> {
  await sql.unsafe(`lock table ${TABLES.join(', ')} in share row exclusive mode`)
  if (replace) {
    await sql.unsafe(`truncate ${TABLES.join(', ')} restart identity cascade`)
    return
  }
  for (const table of TABLES) {
    const rows = await sql.unsafe(`select 1 from ${table} limit 1`)
    if (rows.length === 0) continue
    throw new SpillwayError(
      'SEED_NOT_EMPTY',
      `The shop already has ${table.replace('_', ' ')}, so demo data was not added`,
      {
        hint: 'Seed an empty database, or allow the seed to replace all of the shop’s data.',
      },
    )
  }
}

async function advanceSequence(sql: Bun.SQL, table: string): Promise<void> {
  await sql.unsafe(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`)
}

interface TableRows {
  table: string
  columns: readonly string[]
  rows: Iterable<readonly CopyValue[]>
  /** For progress; estimated where the draws decide. */
  total: number
}

/** In the order of the foreign keys. Nothing is generated before it is asked for. */
function tablesOf(catalogue: Catalogue): TableRows[] {
  const { products, reviews, users, orders } = catalogue.counts
  return [
    {
      table: 'users',
      columns: ['id', 'name', 'email', 'language', 'phone', 'created_at'],
      total: users,
      rows: each(users, (id) => {
        const user = userAt(catalogue, id)
        return [[id, user.name, user.email, user.language, user.phone, user.createdAt]]
      }),
    },
    {
      table: 'categories',
      columns: ['id', 'parent_id', 'slug', 'name', 'name_ko', 'position'],
      total: categoryRows.length,
      rows: categoryRows.map((row) => [row.id, row.parentId, row.slug, row.name, row.nameKo, row.position]),
    },
    {
      table: 'tags',
      columns: ['id', 'name', 'name_ko'],
      total: tagRows.length,
      rows: tagRows.map((row) => [row.id, row.name, row.nameKo]),
    },
    {
      table: 'products',
      columns: [
        'id',
        'category_id',
        'name',
        'name_ko',
        'description',
        'description_ko',
        'price',
        'stock',
        'status',
        'view_count',
        'average_rating',
        'review_count',
        'created_at',
        'updated_at',
      ],
      total: products,
      rows: each(products, (id) => {
        const product = productAt(catalogue, id)
        return [
          [
            id,
            product.categoryId,
            product.name,
            product.nameKo,
            product.description,
            product.descriptionKo,
            product.price,
            product.stock,
            product.status,
            product.viewCount,
            product.averageRating,
            product.reviewCount,
            product.createdAt,
            product.updatedAt,
          ],
        ]
      }),
    },
    {
      table: 'product_images',
      columns: ['product_id', 'position', 'url', 'alt'],
      total: Math.round(products * 2.4),
      rows: each(products, (id) =>
        productAt(catalogue, id).images.map(({ url, alt }, position) => [id, position, url, alt]),
      ),
    },
    {
      table: 'product_tags',
      columns: ['product_id', 'tag_id'],
      total: products * 2,
      rows: each(products, (id) => tagsOf(catalogue, id).map((tagId) => [id, tagId])),
    },
    {
      table: 'reviews',
      columns: ['product_id', 'user_id', 'rating', 'title', 'body', 'created_at'],
      total: reviews,
      rows: each(products, (id) =>
        Array.from(reviewsOf(catalogue, id), (review) => [
          id,
          review.userId,
          review.rating,
          review.title,
          review.body,
          review.createdAt,
        ]),
      ),
    },
    {
      table: 'orders',
      columns: ['id', 'user_id', 'status', 'total_amount', 'created_at', 'updated_at'],
      total: orders,
      rows: each(orders, (id) => {
        const order = orderAt(catalogue, id)
        return [[id, order.userId, order.status, order.totalAmount, order.createdAt, order.updatedAt]]
      }),
    },
    {
      table: 'order_items',
      columns: ['order_id', 'product_id', 'quantity', 'price'],
      total: Math.round(orders * 2.5),
      rows: each(orders, (id) =>
        orderAt(catalogue, id).items.map(({ productId, quantity, price }) => [id, productId, quantity, price]),
      ),
    },
    {
      table: 'payments',
      columns: ['order_id', 'provider', 'reference', 'status', 'amount', 'created_at', 'updated_at'],
      total: Math.round(orders * 1.03),
      rows: each(orders, (id) =>
        orderAt(catalogue, id).payments.map(({ reference, status, amount, createdAt }) => [
          id,
          'test',
          reference,
          status,
          amount,
          createdAt,
          createdAt,
        ]),
      ),
    },
  ]
}

/** The rows of ids 1 to `count`, made one id at a time. */
function* each(
  count: number,
  rowsOf: (id: number) => readonly (readonly CopyValue[])[],
): Generator<readonly CopyValue[]> {
  for (let id = 1; id <= count; id++) yield* rowsOf(id)
}
