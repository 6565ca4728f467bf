import { expect, test } from 'bun:test'
import { productPath } from './address.ts'

test('a product lives under its id and the words of its name', () => {
  expect(productPath({ id: 42, name: 'Oak Desk Lamp, 40 cm' })).toBe('/products/42-oak-desk-lamp-40-cm')
})

test('accents are dropped', () => {
  expect(productPath({ id: 42, name: 'Café Crème' })).toBe('/products/42-cafe-creme')
})

test('a name without Latin letters leaves the id alone', () => {
  expect(productPath({ id: 42, name: '오크 스탠드' })).toBe('/products/42')
})

test('long names are cut, and never end in a hyphen', () => {
  const path = productPath({ id: 1, name: `${'a'.repeat(59)} lamp` })
  expect(path).toBe(`/products/1-${'a'.repeat(59)}`)
})
