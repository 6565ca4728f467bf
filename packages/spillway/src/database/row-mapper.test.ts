import { afterAll, beforeAll, expect, test } from 'bun:test'
import { asc, eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/bun-sql'
import { alias } from 'drizzle-orm/pg-core'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { items, itemsDatabase } from './fixtures/items.ts'
import { drizzleOn } from './session.ts'

const database = itemsDatabase()
let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await server.sql`insert into items (name, rank) values ('a', 2), ('b', 3), ('c', 9)`
})
afterAll(() => server.stop())

const next = alias(items, 'next')

/** Selections of every shape, on a Drizzle client. */
const selections = (db: ReturnType<typeof drizzle>) => ({
  columns: db.select({ id: items.id, at: items.madeAt }).from(items).orderBy(asc(items.id)),
  expressions: db.select({ twice: sql<number>`${items.rank} * 2`.mapWith(Number), null: sql`null` }).from(items),
  joined: db.select().from(items).leftJoin(next, eq(next.id, items.rank)).orderBy(asc(items.id)),
  nested: db
    .select({ name: items.name, next: { name: next.name, rank: next.rank }, mixed: { own: items.id, other: next.id } })
    .from(items)
    .leftJoin(next, eq(next.id, items.rank))
    .orderBy(asc(items.id)),
  inner: db.select().from(items).innerJoin(next, eq(next.id, items.rank)).orderBy(asc(items.id)),
  subquery: (() => {
    const ranks = db
      .select({ id: items.id, top: sql<number>`max(${items.rank})`.as('top') })
      .from(items)
      .groupBy(items.id)
      .as('ranks')
    return db
      .select({ name: items.name, top: ranks.top })
      .from(items)
      .leftJoin(ranks, eq(ranks.id, items.id))
      .orderBy(asc(items.id))
  })(),
})

for (const shape of ['columns', 'expressions', 'joined', 'nested', 'inner', 'subquery'] as const) {
  test(`rows of ${shape} are what Drizzle makes of them`, async () => {
    const ours = selections(drizzleOn(server.sql, { items }) as never)[shape].prepare('ours')
    const theirs = selections(drizzle({ client: server.sql }))[shape].prepare('theirs')
    const rows = await ours.execute()
    expect(rows.length).toBeGreaterThan(0)
    expect(rows).toEqual(await theirs.execute())
    expect(await ours.execute()).toEqual(rows)
  })
}
