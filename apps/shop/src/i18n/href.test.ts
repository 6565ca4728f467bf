import { expect, test } from 'bun:test'
import { address, linker } from './href.ts'

test('empty parameters are left out', () => {
  expect(address('/products', { sort: 'price', minPrice: '', cursor: undefined })).toBe('/products?sort=price')
  expect(address('/products', { cursor: undefined })).toBe('/products')
})

test('values are escaped', () => {
  expect(address('/search', { q: 'a&b=c d' })).toBe('/search?q=a%26b%3Dc+d')
})

test('links keep a language that was asked for', () => {
  expect(linker('ko')('/products', { sort: 'price' })).toBe('/products?sort=price&lang=ko')
})

test('links leave a negotiated language out, so that all visitors share their pages', () => {
  expect(linker(undefined)('/products')).toBe('/products')
})
