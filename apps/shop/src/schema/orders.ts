/** From the cart to the order and its payment. @module */
import { sql } from 'drizzle-orm'
import { check, index, integer, numeric, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { products } from './catalog.ts'

const createdAt = () => timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow()
const updatedAt = () => timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull().defaultNow()

/** A visitor's cart; it becomes a person's when `userId` is set at log-in. */
export const carts = pgTable(
  'carts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: integer('user_id')
      .unique()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    /** Whoever changes the items sets it: guests' carts that nobody changes are removed. */
    updatedAt: updatedAt(),
  },
  (table) => [index('carts_guests_updated_idx').on(table.updatedAt).where(sql`${table.userId} is null`)],
)

export const cartItems = pgTable(
  'cart_items',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    cartId: uuid('cart_id')
      .notNull()
      .references(() => carts.id, { onDelete: 'cascade' }),
    productId: integer('product_id')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    quantity: integer('quantity').notNull(),
  },
  (table) => [
    check('cart_items_quantity_positive', sql`${table.quantity} > 0`),
    unique('cart_items_cart_product_key').on(table.cartId, table.productId),
  ],
)

export const orderStatuses = ['PENDING', 'PAID', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'EXPIRED'] as const

export const orders = pgTable(
  'orders',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    status: text('status', { enum: orderStatuses }).notNull().default('PENDING'),
    totalAmount: numeric('total_amount', { precision: 12, scale: 2 }).notNull(),
    /** The client's `Idempotency-Key`: the same key of the same person is the same order. */
    idempotencyKey: text('idempotency_key'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check(
      'orders_status_known',
      sql`${table.status} in ('PENDING','PAID','SHIPPED','DELIVERED','CANCELLED','EXPIRED')`,
    ),
    check('orders_total_not_negative', sql`${table.totalAmount} >= 0`),
    unique('orders_user_idempotency_key').on(table.userId, table.idempotencyKey),
    index('orders_user_newest_idx').on(table.userId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('orders_pending_idx').on(table.createdAt).where(sql`${table.status} = 'PENDING'`),
    index('orders_created_idx').on(table.createdAt.desc().nullsFirst()),
  ],
)

export const orderItems = pgTable(
  'order_items',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    orderId: integer('order_id')
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    productId: integer('product_id')
      .notNull()
      .references(() => products.id),
    quantity: integer('quantity').notNull(),
    /** The product's price at the time of the order. */
    price: numeric('price', { precision: 10, scale: 2 }).notNull(),
  },
  (table) => [
    check('order_items_quantity_positive', sql`${table.quantity} > 0`),
    unique('order_items_order_product_key').on(table.orderId, table.productId),
    index('order_items_product_idx').on(table.productId),
  ],
)

export const payments = pgTable(
  'payments',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    orderId: integer('order_id')
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    provider: text('provider').notNull(),
    /** The provider's own name for this payment. */
    reference: text('reference'),
    status: text('status', { enum: ['pending', 'succeeded', 'failed', 'refunded'] })
      .notNull()
      .default('pending'),
    amount: numeric('amount', { precision: 12, scale: 2 }).notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('payments_order_idx').on(table.orderId),
    unique('payments_reference_key').on(table.provider, table.reference),
  ],
)
