import { expect, test } from 'bun:test'
import type { Product } from '../../catalog/product.ts'
import { viewOf } from '../view.ts'
import { Reviews } from './reviews.tsx'

test('the bars of the ratings are shares of all reviews', () => {
  const view = viewOf(new Request('http://localhost/products/1?lang=en'))
  const product = { id: 1, name: 'Cup', averageRating: '4.20', reviewCount: 5 } as Product // all that is read of it
  const review = { id: 1, rating: 5, title: '', body: '', author: 'Ann', createdAt: new Date(0) }
  const counts = { 1: 0, 2: 1, 3: 0, 4: 1, 5: 3 }
  const html = String(
    <Reviews view={view} product={product} reviews={{ items: [review], nextCursor: null }} counts={counts} />,
  )
  const bars = [...html.matchAll(/class="spread-bar" width="(\d+)"/g)].map(([, width]) => Number(width))
  expect(bars).toEqual([60, 20, 0, 20, 0])
})
