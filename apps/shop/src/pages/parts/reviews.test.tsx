import { expect, test } from 'bun:test'
import { viewOf } from '../view.ts'
import { Reviews } from './reviews.tsx'

test('the bars of the ratings are shares of all reviews', () => {
  const view = viewOf(new Request('http://localhost/products/1?lang=en'))
  const review = { id: 1, rating: 5, title: '', body: '', author: 'Ann', createdAt: '2026-01-01T00:00:00.000Z' }
  const reviews = { items: [review], nextCursor: null }
  const counts = { 1: 0, 2: 1, 3: 0, 4: 1, 5: 3 }
  const html = String(<Reviews view={view} productId={1} isFirst reviews={reviews} counts={counts} />)
  const bars = [...html.matchAll(/class="spread-bar" width="(\d+)"/g)].map(([, width]) => Number(width))
  expect(bars).toEqual([60, 20, 0, 20, 0])
  expect(html).toContain('4.2')
})
