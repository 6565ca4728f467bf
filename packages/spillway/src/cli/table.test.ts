import { expect, test } from 'bun:test'
import { cut, table } from './table.ts'

const rows = [
  { name: 'orders', calls: 7 },
  { name: '주문 목록', calls: 1_200 },
]

test('columns are aligned by what a terminal shows, also of wide characters', () => {
  const text = table(rows, [
    { title: 'calls', align: 'right', of: ({ calls }) => `${calls}` },
    { title: 'name', of: ({ name }) => name },
    { title: 'last', of: () => 'x' },
  ])
  expect(text).toBe(['  calls  name       last', '      7  orders     x', '   1200  주문 목록  x'].join('\n'))
})

test('a line of its own stands below each row', () => {
  const text = table(rows, [{ title: 'calls', of: ({ calls }) => `${calls}` }], { below: ({ name }) => name })
  expect(text).toBe(['  calls', '  7', '    orders', '  1200', '    주문 목록'].join('\n'))
})

test('what is too wide is cut where the terminal ends, never inside a wide character', () => {
  expect(cut('orders', 6)).toBe('orders')
  expect(cut('orders', 5)).toBe('orde…')
  expect(cut('주문목록', 6)).toBe('주문…')
})
