/** The tables that writers are measured on, and what they do: once on a table that is watched, once on one that isn't. */
import type { SQL } from 'bun'
import { integer, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { watch } from 'spillway/database'

const productsMax = 10_000

const watchedProducts = pgTable('watched_products', {
  id: integer('id').primaryKey(),
  categoryId: integer('category_id').notNull(),
  status: text('status').notNull(),
  price: numeric('price', { precision: 10, scale: 2 }).notNull(),
  stock: integer('stock').notNull(),
  viewCount: integer('view_count').notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
})

/** Declared as the store declares its products. */
export const watched = [
  watch(watchedProducts, { columns: ['id', 'categoryId', 'status', 'price'], ignore: ['viewCount', 'updatedAt'] }),
]

export type Table = 'plain_products' | 'watched_products'

const createProducts = (table: Table) => `
  create table ${table} (
    id integer primary key, category_id integer not null, name text not null, status text not null,
    price numeric(10, 2) not null, stock integer not null, view_count integer not null default 0,
    updated_at timestamptz not null default now()
  ) with (fillfactor = 70);
  create index on ${table} (category_id, id) where status = 'active';
  create index on ${table} (price, id) where status = 'active';
  insert into ${table}
  select id, id % 50, 'Product number ' || id, 'active', id % 900 + 0.99, 1000000 from generate_series(1, ${productsMax}) id`

export const createTables = [
  createProducts('plain_products'),
  createProducts('watched_products'),
  'create table orders (id integer primary key generated always as identity, made_at timestamptz not null default now())',
  'create table order_items (order_id integer not null, product_id integer not null, price numeric(10, 2) not null)',
]

export interface Workload {
  label: string
  clients: number
  /** One transaction. */
  write: (sql: SQL, table: Table) => Promise<unknown>
}

export const workloads: readonly Workload[] = [
  { label: 'one row, one client', clients: 1, write: updateRow },
  { label: 'one row, 8 clients', clients: 8, write: updateRow },
  { label: 'an order, one client', clients: 1, write: order },
  { label: 'an order, 8 clients', clients: 8, write: order },
  { label: '1,000 rows in one statement', clients: 1, write: updateMany },
  { label: 'one row, an ignored column', clients: 1, write: countView },
]

const anyProduct = () => 1 + Math.floor(Math.random() * productsMax)

async function updateRow(sql: SQL, table: Table): Promise<void> {
  await sql`update ${sql(table)} set stock = stock - 1 where id = ${anyProduct()}`
}

async function countView(sql: SQL, table: Table): Promise<void> {
  await sql`update ${sql(table)} set view_count = view_count + 1 where id = ${anyProduct()}`
}

async function updateMany(sql: SQL, table: Table): Promise<void> {
  const first = Math.floor(Math.random() * (productsMax - 1_000))
  await sql`update ${sql(table)} set stock = stock - 1 where id > ${first} and id <= ${first + 1_000}`
}

/** Three products are read, ordered, and taken from the stock; in the order of their ids, for no two to wait for each other. */
async function order(sql: SQL, table: Table): Promise<void> {
  const [one, two, three] = [anyProduct(), anyProduct(), anyProduct()].sort((a, b) => a - b)
  await sql.begin(async (transaction) => {
    for (const id of [one, two, three]) await transaction`select * from ${sql(table)} where id = ${id}`
    const [{ id }] = await transaction`insert into orders default values returning id`
    await transaction`
      insert into order_items (order_id, product_id, price)
      values (${id}, ${one}, 9.99), (${id}, ${two}, 9.99), (${id}, ${three}, 9.99)`
    await transaction`
      update ${sql(table)} set stock = stock - 1
      where id in (select id from ${sql(table)} where id in (${one}, ${two}, ${three}) order by id for update)`
  })
}
