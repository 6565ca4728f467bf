import { expect, test } from 'bun:test'
import { canonicalAddress, rawAddress } from './address.ts'

test('the address is path and query, whatever the host', () => {
  expect(rawAddress('http://127.0.0.1:8000/a/b?c=d')).toBe('/a/b?c=d')
  expect(rawAddress('https://shop.example/')).toBe('/')
})

test('undeclared parameters are dropped', () => {
  expect(canonicalAddress('/list?utm_source=x&page=2&fbclid=1', ['page'])).toBe('/list?page=2')
  expect(canonicalAddress('/list?utm_source=x', ['page'])).toBe('/list')
  expect(canonicalAddress('/list?page=2', [])).toBe('/list')
})

test('parameters come in declared order and one spelling', () => {
  const declared = ['page', 'sort']
  expect(canonicalAddress('/list?sort=price&page=2', declared)).toBe('/list?page=2&sort=price')
  expect(canonicalAddress('/list?%70age=%32', declared)).toBe('/list?page=2')
  expect(canonicalAddress('/list?sort=a+b', declared)).toBe('/list?sort=a%20b')
  expect(canonicalAddress('/list?sort=%ED%95%9C', declared)).toBe(canonicalAddress('/list?sort=한', declared))
})

test('the first of repeated parameters counts, as it does for handlers', () => {
  expect(canonicalAddress('/list?page=1&page=2', ['page'])).toBe('/list?page=1')
})

test('broken escapes neither throw nor collide with whole ones', () => {
  expect(canonicalAddress('/list?page=%E0%A4%A', ['page'])).toBe('/list?page=%25E0%25A4%25A')
  expect(canonicalAddress('/list?page=\ud800', ['page'])).toBe('/list?page=%EF%BF%BD')
})
