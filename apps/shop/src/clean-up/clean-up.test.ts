import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { type TestDatabase, testDatabase } from 'spillway/testing'
import { insertSampleCatalogue } from '../catalog/sample-catalogue.ts'
import { database } from '../database.ts'
import { removeLeftCarts } from './carts.ts'
import { inBatches } from './in-batches.ts'
import { removeOldViews } from './recently-viewed.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase({ database })
  await insertSampleCatalogue(server.sql)
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.sql`truncate recently_viewed, carts cascade`
})

const numberOf = async (table: string) => {
  const [{ count }] = await server.sql.unsafe(`select count(*)::int from ${table}`)
  return count as number
}

describe('views', () => {
  const view = async (products: number, daysAgo: number, user = 1) => {
    await server.sql`
      insert into recently_viewed (user_id, product_id, viewed_at)
      select ${user}, n, now() - ${daysAgo} * interval '1 day' from generate_series(1, ${products}) n`
  }

  test('of ninety days stay, and older ones are removed in batches', async () => {
    await view(25, 91)
    await view(7, 89, 2)
    expect(await removeOldViews({ size: 10 })).toBe(25)
    expect(await numberOf('recently_viewed')).toBe(7)
    expect(await removeOldViews()).toBe(0)
  })

  test('that somebody is looking at again are neither waited for nor removed', async () => {
    await view(3, 91)
    await server.sql.begin(async (tx) => {
      await tx`update recently_viewed set viewed_at = now() where product_id = 2`
      expect(await removeOldViews()).toBe(2)
    })
    expect(await removeOldViews()).toBe(0)
    expect(await numberOf('recently_viewed')).toBe(1)
  })
})

describe('carts', () => {
  const cart = async (daysAgo: number, user: number | null = null) => {
    const [{ id }] = await server.sql`
      insert into carts (user_id, updated_at) values (${user}, now() - ${daysAgo} * interval '1 day') returning id`
    await server.sql`insert into cart_items (cart_id, product_id, quantity) values (${id}, 1, 1), (${id}, 2, 1)`
    return id as string
  }

  test('of guests are removed with their items after thirty days, and those of people stay', async () => {
    for (const daysAgo of [31, 40, 50, 60, 70]) await cart(daysAgo)
    await cart(29)
    await cart(400, 1)
    expect(await removeLeftCarts({ size: 2 })).toBe(5)
    expect(await numberOf('carts')).toBe(2)
    expect(await numberOf('cart_items')).toBe(4)
  })

  test('of a guest who comes back just now stay', async () => {
    const id = await cart(31)
    await server.sql.begin(async (tx) => {
      // The trigger on carts sets the time.
      await tx`update carts set user_id = null where id = ${id}`
      expect(await removeLeftCarts()).toBe(0)
    })
    expect(await removeLeftCarts()).toBe(0)
  })
})

test('what is to be removed is found by an index', async () => {
  const planOf = async (condition: string) => {
    const lines = await server.sql.begin(async (tx) => {
      await tx`set local enable_seqscan = off`
      return await tx.unsafe(`explain select 1 from ${condition}`)
    })
    return JSON.stringify(lines)
  }
  expect(await planOf('recently_viewed where viewed_at < now() order by viewed_at limit 10')).toContain('_oldest_idx')
  expect(await planOf('carts where user_id is null and updated_at < now() order by updated_at limit 10')).toContain(
    'carts_guests_updated_idx',
  )
})

test('batches end with the first that is not full, and between two when they are told to', async () => {
  const left = [10, 10, 3, 10]
  expect(await inBatches(async () => left.shift()!, { size: 10 })).toBe(23)
  const leaving = new AbortController()
  const remove = async () => {
    leaving.abort(new Error('time is up'))
    return 10
  }
  expect(inBatches(remove, { size: 10, signal: leaving.signal })).rejects.toThrow('time is up')
})
