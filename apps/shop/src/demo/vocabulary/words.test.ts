import { expect, test } from 'bun:test'
import { fill, kind, titles, withParticle } from './words.ts'

test('articles follow the sound of the word', () => {
  expect(fill('{A noun} and {a other}', { noun: 'armchair', other: 'stool' })).toBe('An armchair and a stool')
  expect(fill('in {a finish} Pot', { finish: 'Ivory' })).toBe('in an Ivory Pot')
  expect(fill('{a noun} for {a while}', { noun: 'unicycle', while: 'hour' })).toBe('a unicycle for an hour')
})

test('particles follow the last letter of a Korean word', () => {
  expect(withParticle('주전자', '은/는')).toBe('주전자는')
  expect(withParticle('머그잔', '은/는')).toBe('머그잔은')
  expect(withParticle('스틸', '으로/로')).toBe('스틸로')
  expect(withParticle('원목', '으로/로')).toBe('원목으로')
  expect(fill('{noun:을/를} 샀다', { noun: '컵' })).toBe('컵을 샀다')
})

test('a category names its slug', () => {
  expect(kind('Chef’s Knives', 'chef’s knife', '식도', 1, 2).slug).toBe('chefs-knives')
})

test('titles are every opener with every topic', () => {
  const found = titles(
    [['On {topic}', '{topic:으로/로}']],
    [
      ['Paper', '종이'],
      ['Glass', '유리창'],
    ],
  )
  expect(found).toEqual([
    ['On Paper', '종이로'],
    ['On Glass', '유리창으로'],
  ])
})
