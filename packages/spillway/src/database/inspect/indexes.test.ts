import { afterAll, beforeAll, expect, test } from 'bun:test'
import { SQL } from 'bun'
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts'
import { until } from '../../testing/until.ts'
import { indexes } from './indexes.ts'

let server: TestDatabase
let replica: SQL
beforeAll(async () => {
  server = await testDatabase()
  replica = new SQL({ url: server.direct.replicaUrl, max: 1 })
  const { sql } = server
  await sql`create table customers (id int primary key)`
  await sql`
    create table orders (
      id int primary key, customer_id int not null references customers, seller_id int references customers,
      buyer_id int references customers, status text not null, total int not null, placed date not null, note text
    )`
  await sql`insert into customers select n from generate_series(1, 10) n`
  await sql`
    insert into orders select n, n % 10 + 1, null, null, 'new', n, date '2026-01-01' + n % 90
    from generate_series(1, 5000) n`
  for (const definition of [
    'customers_of_orders on orders (customer_id)',
    'customers_again on orders (customer_id)',
    'status_first on orders (status)',
    'status_and_total on orders (status, total desc)',
    'total_backwards on orders (total desc, id desc)',
    'total_forwards on orders (total, id)',
    'total_mixed on orders (total, id desc)',
    'new_only on orders (status) where total > 5',
    'lower_note on orders (lower(note))',
    'note_pattern on orders (note text_pattern_ops)',
    'note_plain on orders (note)',
    'placed_with_total on orders (placed) include (total)',
    'placed_alone on orders (placed)',
    'buyers on orders (buyer_id) where buyer_id is not null',
  ]) {
    await sql.unsafe(`create index ${definition}`)
  }
  await sql`create unique index status_id_unique on orders (status, id)`
  await sql`create unique index total_unique on orders (total)`
  await sql`analyze`
})
afterAll(async () => {
  await replica.close()
  await server.stop()
})

test('of indexes that do the same one is kept, and so is whatever a constraint or another order needs', async () => {
  const { duplicate } = await indexes([server.sql])
  const found = duplicate.map(({ name, coveredBy, kind }) => `${name} < ${coveredBy}: ${kind}`).sort()
  expect(found).toEqual([
    'customers_again < customers_of_orders: same',
    'placed_alone < placed_with_total: same',
    'status_first < status_id_unique: prefix',
    'total_forwards < total_backwards: same',
  ])
  expect(duplicate.find(({ name }) => name === 'customers_again')?.fix).toBe('drop index concurrently customers_again')
})

test('unused is what no server has used and nothing needs: the replicas count, too', async () => {
  await server.replicaCaughtUp()
  await replica.begin(async (tx) => {
    await tx`set local enable_seqscan = off`
    await tx`select * from orders where note = 'x'`
    await tx`select pg_stat_force_next_flush()`
  })
  const isCounted = async () => {
    const { unused } = await indexes([server.sql, replica])
    return unused.some(({ name }) => name === 'note_plain') ? undefined : unused
  }
  const unused = await until(isCounted, { what: 'the use on the replica to be counted' })
  expect(unused.map(({ name }) => name).sort()).toEqual([
    ...['lower_note', 'new_only', 'note_pattern', 'placed_with_total', 'status_and_total'],
    ...['total_backwards', 'total_mixed'],
  ])
  expect((await indexes([server.sql])).unused.map(({ name }) => name)).toContain('note_plain')
})

test('foreign keys that no index supports are listed with one that would', async () => {
  expect((await indexes([server.sql])).unindexedForeignKeys).toMatchObject([
    { columns: ['seller_id'], references: 'customers', fix: 'create index concurrently on orders (seller_id)' },
  ])
})

test('a table that is often read as a whole is named', async () => {
  expect((await indexes([server.sql])).scannedTables).toEqual([])
  await server.sql.begin(async (tx) => {
    for (let scan = 0; scan < 110; scan++) await tx`select count(*) from orders where note like '%x%'`
    await tx`select pg_stat_force_next_flush()`
  })
  const scanned = () => indexes([server.sql]).then(({ scannedTables }) => scannedTables[0])
  expect(await until(scanned, { what: 'the scans to be counted' })).toMatchObject({ table: 'orders', rows: 5000 })
})

test('an index whose concurrent build failed is invalid, with the way to mend it', async () => {
  await server.sql`create unique index concurrently broken on orders (status)`.catch((error) => error)
  const { invalid, unused } = await indexes([server.sql])
  expect(invalid).toMatchObject([{ name: 'broken', fix: 'reindex index concurrently broken' }])
  expect(unused.map(({ name }) => name)).not.toContain('broken')
  await server.sql`drop index broken`
})

test('the indexes of partitions count as the one that they are part of', async () => {
  const { sql } = server
  await sql`create table events (id int, at int) partition by range (at)`
  await sql`create table events_1 partition of events for values from (0) to (10)`
  await sql`create table events_2 partition of events for values from (10) to (20)`
  await sql`create index events_at on events (at)`
  const { unused } = await indexes([sql])
  expect(unused.filter(({ table }) => table.startsWith('events'))).toMatchObject([
    { name: 'events_at', sizeBytes: 16_384, fix: 'drop index events_at' },
  ])
})

test('a table that somebody holds is no reason to wait', async () => {
  await server.sql.begin(async (tx) => {
    await tx`lock table orders in access exclusive mode`
    const other = new SQL({ url: server.direct.primaryUrl, max: 1 })
    expect(await indexes([other]).catch((error) => error)).toMatchObject({ code: 'INSPECT_LOCKED' })
    await other.close()
  })
})
