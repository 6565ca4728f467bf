/** What a product costs and whether it can be had. @module */
import { formatPrice } from '../../i18n/format.ts'
import type { View } from '../view.ts'

export function Price({ view, amount }: { view: View; amount: string }) {
  return (
    <data class="price" value={amount}>
      {formatPrice(view.language, amount)}
    </data>
  )
}

/** Below this a note says how many are left. */
const fewItems = 5

export function StockNote({ view, stock }: { view: View; stock: number }) {
  if (stock === 0) return <span class="stock stock-none">{view.t.soldOut}</span>
  if (stock <= fewItems) return <span class="stock stock-few">{view.t.fewLeft(stock)}</span>
  return <span class="stock stock-fine">{view.t.inStock}</span>
}
