import { describe, expect, test } from 'bun:test'
import { listQuery, pageQuery } from './list-query.ts'

describe('a list', () => {
  test('is sorted by newest unless it is told otherwise', () => {
    expect(listQuery.parse({})).toEqual({ sort: 'newest' })
    expect(listQuery.parse({ sort: '-price' })).toEqual({ sort: '-price' })
  })

  test.each(['19.99', '0', '99999999.99'])('takes %s as a price', (price) => {
    expect(listQuery.safeParse({ minPrice: price, maxPrice: price }).success).toBe(true)
  })

  test.each(['x', '-1', '1.999', '1e3', '', ' 5', '123456789', '0x10'])('refuses %p as a price', (price) => {
    expect(listQuery.safeParse({ minPrice: price }).success).toBe(false)
  })

  test('names the sorts that there are', () => {
    const { error } = listQuery.safeParse({ sort: 'name' })
    expect(error?.issues[0]?.message).toBe('must be one of newest, popular, rating, price, -price')
  })
})

test('a form may send fields that were left empty', () => {
  expect(pageQuery.parse({ sort: 'price', minPrice: '', maxPrice: '20' })).toEqual({ sort: 'price', maxPrice: '20' })
})
