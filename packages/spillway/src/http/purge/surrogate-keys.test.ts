import { describe, expect, test } from 'bun:test'
import { notAtCdn } from './cdn-purge.ts'
import { keyHeader, surrogateKey } from './surrogate-keys.ts'

describe('a tag as a surrogate key', () => {
  test.each(['product:42', 'category/7', 'a.b-c_d~e!*@#$&=+;'])('stays as it is: %p', (tag) => {
    expect(surrogateKey(tag)).toBe(tag)
  })

  test.each(['red shoes', 'a,b', '50%', '신발', 'x\ny', 'x\r\nSet-Cookie: a=b', '"q"', '\ud800', '', 'ä'.repeat(500)])(
    'is visible ASCII without separators, whatever it was: %p',
    (tag) => {
      expect(surrogateKey(tag)).toMatch(/^[\x21-\x7e]+$/)
      expect(surrogateKey(tag)).not.toMatch(/[ ,"]/)
      expect(surrogateKey(tag).length).toBeLessThanOrEqual(200)
    },
  )

  test('differs for different tags, also where the plain form would be the other one', () => {
    const tags = ['a b', 'a%20b', 'a,b', 'ab', '', '%', 'x'.repeat(300), 'x'.repeat(301), '신', '발']
    // CDNs that don't tell upper from lower case must not mix up what was encoded.
    expect(new Set(tags.map((tag) => surrogateKey(tag).toLowerCase())).size).toBe(tags.length)
  })
})

describe('the header of a page', () => {
  test('lists each tag once', () => {
    const tags = ['product:42', 'red shoes', 'product:42']
    expect(keyHeader('Cache-Tag', ',', tags, { maxBytes: 100 })).toEqual([['Cache-Tag', 'product:42,red%20shoes']])
    expect(keyHeader('Surrogate-Key', ' ', tags, { maxBytes: 100 })).toEqual([
      ['Surrogate-Key', 'product:42 red%20shoes'],
    ])
  })

  test('is left out of a page without tags', () => {
    expect(keyHeader('Cache-Tag', ',', [], { maxBytes: 100 })).toEqual([])
  })

  test('of more than a CDN takes says that the page may not be kept there', () => {
    const tags = ['aa', 'bb', 'cc']
    expect(keyHeader('Cache-Tag', ',', tags, { maxBytes: 8 })).toEqual([['Cache-Tag', 'aa,bb,cc']])
    expect(keyHeader('Cache-Tag', ',', tags, { maxBytes: 7 })).toBe(notAtCdn)
    expect(keyHeader('Cache-Tag', ',', tags, { maxBytes: 100, maxKeys: 2 })).toBe(notAtCdn)
  })
})
