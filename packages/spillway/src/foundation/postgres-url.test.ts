import { describe, expect, test } from 'bun:test'
import { hostUrls, placeOf } from './postgres-url.ts'

describe('a PostgreSQL URL', () => {
  test('of one host stays as it is', () => {
    const url = 'postgres://shop:p%40w@db:5432/shop?sslmode=require'
    expect(hostUrls(url)).toEqual([url])
    expect(hostUrls('postgresql://db')).toEqual(['postgresql://db'])
  })

  test('of several hosts is one for each, with the same user, database and options', () => {
    expect(hostUrls('postgres://shop:pw@a:5432,b,[::1]:5433/shop?sslmode=require')).toEqual([
      'postgres://shop:pw@a:5432/shop?sslmode=require',
      'postgres://shop:pw@b/shop?sslmode=require',
      'postgres://shop:pw@[::1]:5433/shop?sslmode=require',
    ])
  })

  test.each(['read-write', 'primary', 'any'])('may ask for %s, which is not for the server', (attributes) => {
    expect(hostUrls(`postgres://a,b/shop?target_session_attrs=${attributes}`)).toEqual([
      'postgres://a/shop',
      'postgres://b/shop',
    ])
  })

  test.each([
    'postgres://a,b/shop?target_session_attrs=standby',
    'postgres://a,/shop',
    'postgres://a:port/shop',
    'mysql://a/shop',
    'shop',
    '',
  ])('is not %p', (url) => {
    expect(hostUrls(url)).toEqual([])
  })

  test('is shown without its password', () => {
    expect(placeOf('postgres://shop:secret@a:5433,b/shop?sslmode=require')).toBe('a:5433,b:5432/shop')
  })
})
