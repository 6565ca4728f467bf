/**
 * What the shop sells. Indexes follow the reads: every list is a keyset scan over active products,
 * so each sort order has a partial index that ends in `id` (the tie-breaker of the cursor).
 * Descending columns say `nullsFirst()`: Drizzle would write NULLS LAST, which a plain `ORDER BY … DESC` cannot use.
 *
 * @module
 */
import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'

const createdAt = () => timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow()
const updatedAt = () => timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull().defaultNow()

/** A tree of two levels: departments (`parentId` null) and the categories below them. */
export const categories = pgTable(
  'categories',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    parentId: integer('parent_id').references((): AnyPgColumn => categories.id),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    nameKo: text('name_ko').notNull(),
    position: integer('position').notNull().default(0),
  },
  (table) => [index('categories_parent_position_idx').on(table.parentId, table.position)],
)

export const products = pgTable(
  'products',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    categoryId: integer('category_id')
      .notNull()
      .references(() => categories.id),
    name: text('name').notNull(),
    nameKo: text('name_ko').notNull(),
    description: text('description').notNull(),
    descriptionKo: text('description_ko').notNull(),
    price: numeric('price', { precision: 10, scale: 2 }).notNull(),
    stock: integer('stock').notNull().default(0),
    status: text('status', { enum: ['active', 'inactive', 'pending'] })
      .notNull()
      .default('active'),
    viewCount: integer('view_count').notNull().default(0),
    /** Kept current by a trigger on `reviews`, so that any client's change counts. */
    averageRating: numeric('average_rating', { precision: 3, scale: 2 }).notNull().default('0'),
    /** Kept current by the same trigger. */
    reviewCount: integer('review_count').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => {
    const active = sql`${table.status} = 'active'`
    return [
      check('products_price_not_negative', sql`${table.price} >= 0`),
      check('products_stock_not_negative', sql`${table.stock} >= 0`),
      check('products_status_known', sql`${table.status} in ('active', 'inactive', 'pending')`),
      index('products_category_idx').on(table.categoryId),
      index('products_status_category_idx').on(table.status, table.categoryId),
      index('products_status_created_idx').on(table.status, table.createdAt.desc().nullsFirst()),
      index('products_active_name_idx').on(table.name).where(active),
      index('products_active_newest_idx')
        .on(table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
        .where(active),
      index('products_active_price_idx').on(table.price, table.id).where(active),
      index('products_active_popular_idx')
        .on(table.viewCount.desc().nullsFirst(), table.id.desc().nullsFirst())
        .where(active),
      index('products_active_rating_idx')
        .on(
          table.averageRating.desc().nullsFirst(),
          table.reviewCount.desc().nullsFirst(),
          table.id.desc().nullsFirst(),
        )
        .where(active),
      index('products_category_newest_idx')
        .on(table.categoryId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
        .where(active),
      index('products_category_price_idx').on(table.categoryId, table.price, table.id).where(active),
      index('products_category_popular_idx')
        .on(table.categoryId, table.viewCount.desc().nullsFirst(), table.id.desc().nullsFirst())
        .where(active),
      index('products_category_rating_idx')
        .on(
          table.categoryId,
          table.averageRating.desc().nullsFirst(),
          table.reviewCount.desc().nullsFirst(),
          table.id.desc().nullsFirst(),
        )
        .where(active),
    ]
  },
)

export const productImages = pgTable(
  'product_images',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    productId: integer('product_id')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    /** A path of this site or an absolute URL. */
    url: text('url').notNull(),
    alt: text('alt').notNull().default(''),
    position: smallint('position').notNull().default(0),
  },
  (table) => [unique('product_images_product_position_key').on(table.productId, table.position)],
)

export const tags = pgTable('tags', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  name: text('name').notNull().unique(),
  nameKo: text('name_ko').notNull(),
})

export const productTags = pgTable(
  'product_tags',
  {
    productId: integer('product_id')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    tagId: integer('tag_id')
      .notNull()
      .references(() => tags.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.productId, table.tagId] }), index('product_tags_tag_idx').on(table.tagId)],
)

/** One review a person and product. */
export const reviews = pgTable(
  'reviews',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    productId: integer('product_id')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    rating: smallint('rating').notNull(),
    title: text('title').notNull().default(''),
    body: text('body').notNull().default(''),
    createdAt: createdAt(),
  },
  (table) => [
    check('reviews_rating_range', sql`${table.rating} between 1 and 5`),
    unique('reviews_product_user_key').on(table.productId, table.userId),
    index('reviews_product_newest_idx').on(
      table.productId,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('reviews_user_idx').on(table.userId),
  ],
)
