import { expect, test } from 'bun:test'
import { indexFor } from './filter-index.ts'

const table = { name: 'shop.orders', rows: 1e6, columns: ['status', 'total', '"Total"', 'name', 'placed', 'shipped'] }

test('columns compared for equality come first, then one range', () => {
  const suggested = {
    "(o.status = 'new'::text)": 'create index concurrently on shop.orders (status)',
    "((o.total > 5) AND (o.placed < '2026-01-01'::date) AND ((o.name)::text = 'a OR b'::text))":
      'create index concurrently on shop.orders (name, total)',
    '(o."Total" = $1)': 'create index concurrently on shop.orders ("Total")',
    '((o.total >= 1) AND (o.total <= 9))': 'create index concurrently on shop.orders (total)',
    '(o.total = p.total)': 'create index concurrently on shop.orders (total)',
  }
  for (const [filter, fix] of Object.entries(suggested)) expect(indexFor(filter, 'o', table)).toBe(fix)
})

test('there is none for alternatives, expressions and what columns are compared among themselves', () => {
  for (const filter of [
    "((o.status = 'new'::text) OR (o.total > 5))",
    "(lower(o.name) = 'x'::text)",
    "(lower((o.name)::text) = 'x'::text)",
    '(o.placed = o.shipped)',
    "(o.name ~~ '%x%'::text)",
    '((o.total + 1) = 5)',
  ]) {
    expect(indexFor(filter, 'o', table)).toBeUndefined()
  }
})
