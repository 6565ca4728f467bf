import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { defineDatabase } from '../database/index.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { PermanentTaskError } from './errors.ts'
import { forgetEffects, once } from './once.ts'

const migrations = new URL('../database/fixtures/migrations', import.meta.url)
const database = defineDatabase({ schema: {}, migrations })
let servers: TestDatabase
beforeAll(async () => {
  servers = await testDatabase({ database })
  await servers.sql`create table ledger (entry text)`
})
afterAll(() => servers.stop())

const write = (entry: string) => async (tx: Parameters<Parameters<typeof database.db.transaction>[0]>[0]) => {
  await tx.execute(sql`insert into ledger values (${entry})`)
  return { entry }
}
const entries = async (entry: string) => {
  const rows: { count: number }[] = await servers.sql`select count(*)::int from ledger where entry = ${entry}`
  return rows[0]!.count
}

describe('an effect', () => {
  test('happens once, and later calls get its result', async () => {
    expect(await once(database, 'a', write('a'))).toEqual({ entry: 'a' })
    expect(await once(database, 'a', write('a'))).toEqual({ entry: 'a' })
    expect(await entries('a')).toBe(1)
  })

  test('that fails has not happened', async () => {
    const failing = once(database, 'b', async (tx) => {
      await tx.execute(sql`insert into ledger values ('b')`)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await entries('b')).toBe(0)
    await once(database, 'b', write('b'))
    expect(await entries('b')).toBe(1)
  })

  test('of twins that run at the same time happens once, and both get its result', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => once(database, 'c', write('c'))))
    expect(results).toEqual(Array.from({ length: 5 }, () => ({ entry: 'c' })))
    expect(await entries('c')).toBe(1)
  })

  test('may have no result', async () => {
    expect(await once(database, 'd', async () => undefined)).toBeUndefined()
    expect(await once(database, 'd', async () => 'second')).toBeUndefined()
  })

  const cyclic: unknown[] = []
  cyclic.push(cyclic)
  test.each([
    ['a function', 'it is a function', () => 1],
    ['a symbol', 'it is a symbol', Symbol('x')],
    ['a BigInt', 'BigInt', 1n],
    ['a cycle', 'cycl', cyclic],
  ])('whose result is %s has not happened', async (kind, said, result) => {
    const effect = once(database, kind, async (tx) => {
      await write(kind)(tx)
      return result
    })
    const error = await effect.then(
      () => undefined,
      (reason: PermanentTaskError) => reason,
    )
    expect(error).toBeInstanceOf(PermanentTaskError)
    expect(error?.message).toContain(said)
    expect(await entries(kind)).toBe(0)
  })

  test('is forgotten two months after it was last asked for', async () => {
    const older = (days: number) =>
      servers.sql`update spillway_tasks.effects set at = at - ${days} * interval '1 day' where key = 'e'`
    await once(database, 'e', write('e'))
    await older(61)
    expect(await forgetEffects(database)).toBe(0)
    await once(database, 'e', write('e'))
    await older(61)
    expect(await forgetEffects(database)).toBe(0)
    await older(2)
    expect(await forgetEffects(database)).toBe(1)
    await once(database, 'e', write('e'))
    expect(await entries('e')).toBe(2)
  })

  test('needs a database', () => {
    expect(once(undefined, 'f', async () => 1)).rejects.toThrow('no database to remember in')
  })
})
