/** The table that bulk writes and streams are measured on, and a million rows for it. */
import { integer, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { defineDatabase } from 'spillway/database'
import { createLogger, platformSettings, readSettings } from 'spillway/foundation'
import { repositoryFolder } from './paths.ts'

const products = pgTable('bulk_products', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  price: numeric('price', { precision: 10, scale: 2 }).notNull(),
  stock: integer('stock').notNull(),
  category: text('category').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
})

export const createTable = `
  create table bulk_products (
    id integer primary key, name text not null, price numeric(10, 2) not null, stock integer not null,
    category text not null, created_at timestamptz(3) not null
  )`

/** The table through the platform, on one server. Stop `database` at the end. */
export function openProducts(url: string) {
  const database = defineDatabase({ schema: { products }, migrations: repositoryFolder })
  database.start({
    primaryUrl: url,
    replicaUrls: [],
    applicationName: 'benchmark',
    settings: readSettings(platformSettings, { NODE_ENV: 'test', DATABASE_STATEMENT_TIMEOUT_MS: '0' }),
    logger: createLogger('benchmark', 'silent'),
  })
  return { database, db: database.db, products }
}

const firstDay = Date.UTC(2026, 0, 1)

export function productAt(id: number) {
  return {
    id,
    name: `Product number ${id} of the benchmark`,
    price: `${id % 1_000}.99`,
    stock: id % 250,
    category: `category-${id % 200}`,
    createdAt: new Date(firstDay + id * 1_000),
  }
}

/** Made as they are asked for: what it costs to make them counts for every way alike. */
export function* productRows(count: number) {
  for (let id = 1; id <= count; id++) yield productAt(id)
}
